package dev.zhixing.engine;

import dev.zhixing.engine.transformer.CacheType;
import dev.zhixing.engine.transformer.KeyValueCache;
import dev.zhixing.engine.transformer.ModelConfig;
import dev.zhixing.engine.transformer.Span;
import dev.zhixing.engine.transformer.Transformer;
import dev.zhixing.engine.transformer.Workspace;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A transcript of tokens with its key-value cache: what has been appended is never computed again.
 *
 * <p>Used by one thread at a time. A position's logits are the same bits however the tokens before
 * it were split into calls, and whatever was appended and truncated before. Many sessions share a
 * model; a session must not be used after its model is closed.
 */
public final class Session implements AutoCloseable {
  private final Transformer transformer;
  private final LongSupplier fingerprint;
  private final ModelConfig config;
  private final int contextLength;
  private final KeyValueCache cache;
  private final Passes passes;
  private int[] tokens = new int[64];
  private int length;
  private long computed;
  private boolean closed;

  /**
   * @param fingerprint tells the model's content from another's
   * @param cache empty
   * @param passes memory for its passes, used by nobody else until it is closed
   * @param contextLength how many tokens it can hold
   */
  Session(
      Transformer transformer,
      LongSupplier fingerprint,
      KeyValueCache cache,
      Passes passes,
      int contextLength) {
    this.transformer = transformer;
    this.fingerprint = fingerprint;
    this.config = transformer.config();
    this.contextLength = contextLength;
    this.cache = cache;
    this.passes = passes;
  }

  /** Starts with tokens whose keys and values are in the cache. */
  void begin(int[] ids, int count) {
    tokens = Arrays.copyOf(ids, roomFor(count));
    length = count;
  }

  /** The keys and values, to be shared. */
  KeyValueCache cache() {
    return cache;
  }

  /**
   * Returns a session with the same tokens, which goes on by itself. Keys and values of the tokens
   * so far are shared and not copied, but for up to 63 tokens by the first that appends. The two
   * may be used by different threads.
   */
  public Session fork() {
    checkOpen();
    Passes own = new Passes(transformer);
    Session fork = new Session(transformer, fingerprint, cache.fork(length), own, contextLength);
    fork.tokens = tokens.clone();
    fork.length = length;
    return fork;
  }

  /** Returns the number of tokens so far. */
  public int length() {
    return length;
  }

  /** Returns the tokens so far, as a new array. */
  public int[] tokens() {
    return Arrays.copyOf(tokens, length);
  }

  /** Returns how many tokens the session can hold. */
  public int contextLength() {
    return contextLength;
  }

  /**
   * Returns how many tokens this session has run through the model so far; those that it shares
   * with the session that it was forked from, and restored ones, do not count.
   */
  public long computed() {
    return computed;
  }

  /** Returns how keys and values are stored. */
  public CacheType cacheType() {
    return cache.type();
  }

  /**
   * Appends tokens and returns the logits after the last one.
   *
   * @param ids one token or more
   * @return one number per token of the vocabulary; the session's own array, which the caller may
   *     change, valid until the next call
   * @throws ContextFullException if they do not fit
   */
  public float[] append(int... ids) {
    if (ids.length == 0) {
      throw new IllegalArgumentException("append: expected one token or more, found none");
    }
    int rows = advance(ids, (first, count) -> {});
    return passes.head().of(rows - 1, passes.work());
  }

  /**
   * Appends tokens and hands over the logits after each of them, in order.
   *
   * @throws ContextFullException if they do not fit
   */
  public void append(int[] ids, LogitsConsumer consumer) {
    advance(
        ids,
        (first, count) -> {
          int[] rows = new int[count];
          for (int row = 0; row < count; row++) {
            rows[row] = row;
          }
          passes.each(rows, (row, logits) -> consumer.accept(first + row, logits));
        });
  }

  /**
   * Appends tokens and hands over the logits after some of them, in order; the others' are not
   * computed.
   *
   * @param wanted the indices of those ids, ascending
   * @throws ContextFullException if they do not fit
   */
  public void append(int[] ids, int[] wanted, LogitsConsumer consumer) {
    checkWanted(wanted, ids.length);
    int start = length;
    advance(
        ids,
        (first, count) -> {
          int[] rows = new int[wanted.length];
          int found = 0;
          for (int index : wanted) {
            int row = start + index - first;
            if (row >= 0 && row < count) {
              rows[found++] = row;
            }
          }
          int[] here = Arrays.copyOf(rows, found);
          passes.each(here, (i, logits) -> consumer.accept(first + here[i], logits));
        });
  }

  static void checkWanted(int[] wanted, int count) {
    int before = -1;
    for (int index : wanted) {
      if (index <= before || index >= count) {
        throw new IllegalArgumentException(
            "wanted: expected ascending indices below %d, found %s"
                .formatted(count, Arrays.toString(wanted)));
      }
      before = index;
    }
  }

  /**
   * Appends tokens whose logits nobody needs.
   *
   * @throws ContextFullException if they do not fit
   */
  public void appendWithoutLogits(int... ids) {
    advance(ids, (first, count) -> {});
  }

  /**
   * Forgets the tokens from this length on.
   *
   * @param newLength from 0 to {@link #length()}
   */
  public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException(
          "truncate: expected 0 to %d tokens, found %d".formatted(length, newLength));
    }
    cache.truncate(newLength);
    length = newLength;
  }

  /** As {@link #save(int, String, Path)} without a template. */
  public void save(int count, Path file) {
    save(count, "", file);
  }

  /**
   * Writes the first tokens with their keys and values to a file, for {@link #restore}, in place of
   * a file that is there; whole or not at all.
   *
   * @param count from 1 to {@link #length()}
   * @param template what made the tokens of messages; a file of another is not restored
   * @throws UncheckedIOException if it cannot be written
   */
  public void save(int count, String template, Path file) {
    checkOpen();
    if (count < 1 || count > length) {
      throw new IllegalArgumentException(
          "save: expected 1 to %d tokens, found %d".formatted(length, count));
    }
    saved(template, Arrays.copyOf(tokens, count)).write(cache, file);
  }

  /** As {@link #restore(Path, String, int...)} without a template; whether it was done. */
  public boolean restore(Path file, int... ids) {
    return restore(file, "", ids).done();
  }

  /**
   * Appends tokens to an empty session from a file that {@link #save} wrote for the same tokens and
   * the same model, so that they need not be computed. A file of more than a few megabytes is
   * mapped and not copied, so that sessions and processes share its memory; it may be deleted or
   * replaced meanwhile, but nobody must write into it. It is not trusted: whatever it holds, the
   * session works, and with any other content than expected the file is not used.
   *
   * @return whether they are here now, and why not
   */
  public Restoration restore(Path file, String template, int... ids) {
    return restore(file, template, SavedTokens.MOST_COPIED, ids);
  }

  /**
   * As {@link #restore(Path, String, int...)}.
   *
   * @param mostCopied from more bytes on the file is mapped
   */
  Restoration restore(Path file, String template, long mostCopied, int... ids) {
    check(ids);
    if (length > 0 || ids.length == 0) {
      throw new IllegalStateException(
          "restore: expected an empty session and one token or more, found %d and %d tokens"
              .formatted(length, ids.length));
    }
    @Nullable String reason = saved(template, ids).read(file, cache, mostCopied);
    if (reason != null) {
      return Restoration.refused(file, reason);
    }
    tokens = Arrays.copyOf(ids, Math.max(tokens.length, ids.length));
    length = ids.length;
    return Restoration.DONE;
  }

  private SavedTokens saved(String template, int[] ids) {
    long model = fingerprint.getAsLong();
    return SavedTokens.of(transformer, model, contextLength, cache.type(), template, ids);
  }

  /** Gives back the cache. The session cannot be used afterwards. */
  @Override
  public void close() {
    truncate(0);
    closed = true;
  }

  @FunctionalInterface
  private interface AfterChunk {
    void run(int first, int count);
  }

  /** Runs the tokens in chunks; returns the last chunk's size. */
  private int advance(int[] ids, AfterChunk after) {
    check(ids);
    Workspace work = passes.work();
    int count = 0;
    for (int from = 0; from < ids.length; from += count) {
      count = Math.min(work.capacity(), ids.length - from);
      transformer.forward(List.of(span(ids, from, count)), work);
      commit(ids, from, count);
      after.run(length - count, count);
    }
    return count;
  }

  /** The next tokens, for a pass. */
  Span span(int[] ids, int from, int count) {
    return new Span(cache, length, ids, from, count, contextLength);
  }

  /** Takes note of tokens that a pass has computed. */
  void commit(int[] ids, int from, int count) {
    if (length + count > tokens.length) {
      tokens = Arrays.copyOf(tokens, roomFor(length + count));
    }
    System.arraycopy(ids, from, tokens, length, count);
    length += count;
    computed += count;
  }

  boolean runsOn(Transformer other) {
    return transformer == other;
  }

  private static int roomFor(int count) {
    return Integer.highestOneBit(Math.max(32, count - 1)) << 1;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("session: expected an open one, found it closed");
    }
  }

  void check(int[] ids) {
    checkOpen();
    if (ids.length > contextLength - length) {
      throw new ContextFullException(length, ids.length, contextLength);
    }
    for (int id : ids) {
      if (id < 0 || id >= config.vocabularySize()) {
        throw new IllegalArgumentException(
            "token id: expected 0 to %d, found %d".formatted(config.vocabularySize() - 1, id));
      }
    }
  }
}

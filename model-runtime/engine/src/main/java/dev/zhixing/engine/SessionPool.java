package dev.zhixing.engine;

import dev.zhixing.engine.transformer.KeyValueCache;
import dev.zhixing.engine.transformer.PageCounter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tokens of several conversations with their keys and values within a memory limit, the
 * least recently used out first. Whoever takes a session for some tokens gets one that holds as
 * many of them as any kept conversation begins with, whether that goes on otherwise or somebody
 * else has taken it, too: what conversations have in common, such as a system prompt with its
 * tools, is computed once and lies in the same pages.
 *
 * <p>Safe for all threads. Memory is set aside when a session is taken: for its tokens that are not
 * there yet and {@link PoolOptions#room} more; a session that grows further may exceed the limit
 * until it is given back.
 */
public final class SessionPool implements AutoCloseable {
  /** Memory for passes is kept for so many sessions that are taken later. */
  private static final int MOST_IDLE = 4;

  private final Model model;
  private final PoolOptions options;
  private final PageCounter pages = new PageCounter();
  private final long pageBytes;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition givenBack = lock.newCondition();
  private final KeptTranscripts transcripts = new KeptTranscripts(pages);
  private final ArrayDeque<Passes> idle = new ArrayDeque<>();
  private final Set<SessionLease> leases = new HashSet<>();
  private long taken;
  private long asked;
  private long reused;
  private long evicted;
  private boolean closed;

  /** An empty pool of sessions of a model, which outlives it. */
  public SessionPool(Model model, PoolOptions options) {
    this.model = model;
    this.options = options;
    pageBytes =
        new KeyValueCache(model.config(), options.sessions().cacheType(), pages).pageBytes();
  }

  /** As {@link #take(String, int, int...)}, for no named conversation, with the usual room. */
  public SessionLease take(int... ids) {
    return take(null, options.room(), ids);
  }

  /**
   * Takes a session for a transcript. It holds the longest beginning that is there, but never the
   * last token, which must be appended for its logits.
   *
   * @param conversation a name that holds on to what is given back, in place of what it held
   *     before: that goes last where memory is needed; null for none
   * @param room tokens for which memory is set aside beyond the transcript, 0 or more
   * @param ids the transcript, one token or more
   * @throws ContextFullException if they do not fit in a session
   * @throws PoolFullException if there is no memory for them, or none became free in time
   */
  public SessionLease take(@Nullable String conversation, int room, int... ids) {
    int contextLength = options.sessions().contextLength(model.config().contextLength());
    if (ids.length == 0) {
      throw new IllegalArgumentException("take: expected one token or more, found none");
    }
    if (ids.length > contextLength) {
      throw new ContextFullException(0, ids.length, contextLength);
    }
    int most = (int) Math.min(contextLength, (long) ids.length + room);
    lock.lock();
    try {
      waitFor(KeyValueCache.pagesFor(most) * pageBytes, ids);
      return lease(conversation, ids, most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PoolFullException("session pool: interrupted while waiting for memory", true);
    } finally {
      lock.unlock();
    }
  }

  /** Makes room; what the transcript begins with stays if anything can. */
  private void waitFor(long whole, int... ids) throws InterruptedException {
    long nanos = options.patience().toNanos();
    while (true) {
      checkOpen();
      TokenTree.@Nullable Match<KeptTranscripts.Kept> match = find(ids);
      boolean goesOn = match != null && isSame(match, ids);
      if (match != null && goesOn) {
        transcripts.touch(match.value());
      }
      long shared = sharedBytes(match);
      long needed = whole - shared;
      if (makeRoom(needed, match != null && (goesOn || shared > 0) ? match.value() : null)) {
        return;
      }
      if (leases.isEmpty() && match != null && makeRoom(whole, null)) {
        return;
      }
      if (leases.isEmpty() || nanos <= 0) {
        throw new PoolFullException(
            "session pool: expected %,d bytes for %d tokens, found %,d of %,d free with %d sessions taken; give sessions back or raise the limit"
                .formatted(
                    needed,
                    ids.length,
                    options.bytes() - committed(),
                    options.bytes(),
                    leases.size()),
            whole <= options.bytes());
      }
      nanos = givenBack.awaitNanos(nanos);
    }
  }

  /** Whether a kept transcript goes on to become another or the other way round. */
  private static boolean isSame(TokenTree.Match<KeptTranscripts.Kept> match, int... ids) {
    return match.length() >= ids.length - 1 || match.length() == match.value().tokens.length;
  }

  /** Bytes of the full pages that a session would share. */
  private long sharedBytes(TokenTree.@Nullable Match<KeptTranscripts.Kept> match) {
    return match == null ? 0 : match.length() / KeyValueCache.PAGE * pageBytes;
  }

  private TokenTree.@Nullable Match<KeptTranscripts.Kept> find(int... ids) {
    TokenTree.@Nullable Match<KeptTranscripts.Kept> match = transcripts.find(ids);
    if (match == null || match.length() < ids.length) {
      return match;
    }
    return ids.length == 1 ? null : new TokenTree.Match<>(match.value(), ids.length - 1);
  }

  private SessionLease lease(@Nullable String conversation, int[] ids, int most) {
    TokenTree.@Nullable Match<KeptTranscripts.Kept> match = find(ids);
    PageCounter own = new PageCounter(pages);
    KeyValueCache cache =
        match == null
            ? new KeyValueCache(model.config(), options.sessions().cacheType(), own)
            : match.value().cache.fork(match.length(), own);
    Passes passes = idle.isEmpty() ? model.newPasses() : idle.pop();
    Session session = model.newSession(options.sessions(), cache, passes);
    int divergence = -1;
    if (match != null) {
      session.begin(ids, match.length());
      int[] found = match.value().tokens;
      int at = match.length();
      divergence = at < found.length && ids[at] != found[at] ? at : -1;
    }
    long bytes = KeyValueCache.pagesFor(most) * pageBytes - sharedBytes(match);
    SessionLease lease =
        new SessionLease(this, conversation, session, passes, own, bytes, divergence);
    leases.add(lease);
    taken++;
    asked += ids.length;
    reused += session.length();
    return lease;
  }

  /** Bytes in use and those that were set aside. */
  private long committed() {
    long bytes = pages.bytes();
    for (SessionLease lease : leases) {
      bytes += lease.outstanding();
    }
    return bytes;
  }

  /** Forgets transcripts until so many bytes are free. */
  private boolean makeRoom(long bytes, KeptTranscripts.@Nullable Kept but) {
    while (committed() + bytes > options.bytes() && transcripts.forgetOldest(but)) {
      evicted++;
    }
    return committed() + bytes <= options.bytes();
  }

  /**
   * Writes the beginning of a transcript, as far as it is kept, with its keys and values to a file
   * for {@link #restore}, in place of a file that is there; whole or not at all. Nothing of what
   * kept conversations go on with otherwise is written.
   *
   * @param template what made the tokens of messages; a file of another is not restored
   * @param mostBytes so many of keys and values at most: of a longer beginning, the first pages
   * @param ids the transcript
   * @return how many tokens were written; with 0 the file is as it was
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public int save(String template, Path file, long mostBytes, int... ids) {
    KeyValueCache cache;
    int count;
    lock.lock();
    try {
      TokenTree.@Nullable Match<KeptTranscripts.Kept> match = transcripts.find(ids);
      if (match == null) {
        return 0;
      }
      long most = mostBytes / pageBytes * KeyValueCache.PAGE;
      count = (int) Math.min(match.length(), most);
      cache = match.value().cache.fork(count, new PageCounter());
    } finally {
      lock.unlock();
    }
    try {
      if (count > 0) {
        model.saved(options.sessions(), template, Arrays.copyOf(ids, count)).write(cache, file);
      }
      return count;
    } finally {
      cache.truncate(0);
    }
  }

  /**
   * Keeps the tokens of a file that {@link #save} wrote, with their keys and values, as those of a
   * session that was given back. The file is not trusted, and large ones are mapped, see {@link
   * Session#restore(Path, String, int...)}.
   *
   * @return whether they are kept now, and why not
   */
  public Restoration restore(Path file, String template) {
    return restore(file, template, SavedTokens.MOST_COPIED);
  }

  /**
   * As {@link #restore(Path, String)}.
   *
   * @param mostCopied from more bytes on the file is mapped
   */
  Restoration restore(Path file, String template, long mostCopied) {
    int contextLength = options.sessions().contextLength(model.config().contextLength());
    int[] ids = SavedTokens.claimedBy(file, contextLength, model.config().vocabularySize());
    if (ids.length == 0) {
      return Restoration.refused(
          file, "it is not there, or no file of at most %d saved tokens".formatted(contextLength));
    }
    if (isKept(ids)) {
      return Restoration.DONE;
    }
    KeyValueCache cache =
        new KeyValueCache(model.config(), options.sessions().cacheType(), new PageCounter(pages));
    @Nullable String reason =
        model.saved(options.sessions(), template, ids).read(file, cache, mostCopied);
    if (reason != null) {
      return Restoration.refused(file, reason);
    }
    keep(ids, cache);
    cache.truncate(0);
    return Restoration.DONE;
  }

  private boolean isKept(int... ids) {
    lock.lock();
    try {
      TokenTree.@Nullable Match<KeptTranscripts.Kept> match = transcripts.find(ids);
      return match != null && match.length() == ids.length;
    } finally {
      lock.unlock();
    }
  }

  /** Keeps what a fork of a taken session holds. */
  void keep(Session fork) {
    if (fork.length() > 0) {
      keep(fork.tokens(), fork.cache());
    }
  }

  private void keep(int[] tokens, KeyValueCache cache) {
    lock.lock();
    try {
      if (!closed) {
        transcripts.keep(tokens, cache, null);
        makeRoom(0, null);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a session back. */
  void end(SessionLease lease, Session session, Passes passes) {
    lock.lock();
    try {
      leases.remove(lease);
      if (!closed && session.length() > 0) {
        transcripts.keep(session.tokens(), session.cache(), lease.conversation());
      }
      session.close();
      if (!closed && idle.size() < MOST_IDLE) {
        idle.push(passes);
      }
      makeRoom(0, null);
      givenBack.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns what it has done and holds. */
  public PoolCounts counts() {
    lock.lock();
    try {
      return new PoolCounts(taken, asked, reused, evicted, transcripts.size(), pages.bytes());
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("session pool: expected an open one, found it closed");
    }
  }

  /** Forgets all transcripts. Taken sessions go on until they are given back. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      transcripts.clear();
      idle.clear();
      givenBack.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

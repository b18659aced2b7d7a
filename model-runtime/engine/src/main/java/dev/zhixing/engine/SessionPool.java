package dev.zhixing.engine;

import dev.zhixing.engine.transformer.KeyValueCache;
import dev.zhixing.engine.transformer.PageCounter;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
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
  /** A kept transcript. */
  private static final class Kept {
    final int[] tokens;
    final KeyValueCache cache;

    Kept(int[] tokens, KeyValueCache cache) {
      this.tokens = tokens;
      this.cache = cache;
    }
  }

  private final Model model;
  private final PoolOptions options;
  private final PageCounter pages = new PageCounter();
  private final long pageBytes;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition givenBack = lock.newCondition();
  private final TokenTree<Kept> tree = new TokenTree<>();
  private final Set<Kept> byUse = new LinkedHashSet<>(); // the least recently used first
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

  /**
   * Takes a session for a transcript. It holds the longest beginning that is there, but never the
   * last token, which must be appended for its logits.
   *
   * @param ids the transcript, one token or more
   * @throws ContextFullException if they do not fit in a session
   * @throws PoolFullException if there is no memory for them, or none became free in time
   */
  public SessionLease take(int... ids) {
    int contextLength = options.sessions().contextLength(model.config().contextLength());
    if (ids.length == 0) {
      throw new IllegalArgumentException("take: expected one token or more, found none");
    }
    if (ids.length > contextLength) {
      throw new ContextFullException(0, ids.length, contextLength);
    }
    int most = (int) Math.min(contextLength, (long) ids.length + options.room());
    lock.lock();
    try {
      waitFor(KeyValueCache.pagesFor(most) * pageBytes, ids);
      return lease(ids, most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PoolFullException("session pool: interrupted while waiting for memory");
    } finally {
      lock.unlock();
    }
  }

  /** Makes room; what the transcript begins with is used last and stays if anything can. */
  private void waitFor(long whole, int... ids) throws InterruptedException {
    long nanos = options.patience().toNanos();
    while (true) {
      checkOpen();
      TokenTree.@Nullable Match<Kept> match = find(ids);
      if (match != null) {
        touch(match.value());
      }
      long needed = whole - sharedBytes(match);
      if (makeRoom(needed, match == null ? null : match.value())) {
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
                    leases.size()));
      }
      nanos = givenBack.awaitNanos(nanos);
    }
  }

  /** Bytes of the full pages that a session would share. */
  private long sharedBytes(TokenTree.@Nullable Match<Kept> match) {
    return match == null ? 0 : match.length() / KeyValueCache.PAGE * pageBytes;
  }

  private TokenTree.@Nullable Match<Kept> find(int... ids) {
    TokenTree.@Nullable Match<Kept> match = tree.find(ids);
    if (match == null || match.length() < ids.length) {
      return match;
    }
    return ids.length == 1 ? null : new TokenTree.Match<>(match.value(), ids.length - 1);
  }

  private SessionLease lease(int[] ids, int most) {
    TokenTree.@Nullable Match<Kept> match = find(ids);
    PageCounter own = new PageCounter(pages);
    KeyValueCache cache =
        match == null
            ? new KeyValueCache(model.config(), options.sessions().cacheType(), own)
            : match.value().cache.fork(match.length(), own);
    Session session = model.newSession(options.sessions(), cache);
    int divergence = -1;
    if (match != null) {
      session.begin(ids, match.length());
      int[] found = match.value().tokens;
      int at = match.length();
      divergence = at < found.length && ids[at] != found[at] ? at : -1;
    }
    long bytes = KeyValueCache.pagesFor(most) * pageBytes - sharedBytes(match);
    SessionLease lease = new SessionLease(this, session, own, bytes, divergence);
    leases.add(lease);
    taken++;
    asked += ids.length;
    reused += session.length();
    return lease;
  }

  private void touch(Kept kept) {
    byUse.remove(kept);
    byUse.add(kept);
  }

  /** Bytes in use and those that were set aside. */
  private long committed() {
    long bytes = pages.bytes();
    for (SessionLease lease : leases) {
      bytes += lease.outstanding();
    }
    return bytes;
  }

  /** Evicts transcripts until so many bytes are free. */
  private boolean makeRoom(long bytes, @Nullable Kept but) {
    Iterator<Kept> oldest = byUse.iterator();
    while (committed() + bytes > options.bytes() && oldest.hasNext()) {
      Kept kept = oldest.next();
      if (kept != but) {
        oldest.remove();
        tree.remove(kept.tokens);
        kept.cache.truncate(0);
        evicted++;
      }
    }
    return committed() + bytes <= options.bytes();
  }

  /** Takes a session back. */
  void end(SessionLease lease, Session session, boolean keep) {
    lock.lock();
    try {
      leases.remove(lease);
      if (keep && !closed && session.length() > 0) {
        keep(session.tokens(), session.cache());
      }
      session.close();
      makeRoom(0, null);
      givenBack.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void keep(int[] tokens, KeyValueCache cache) {
    TokenTree.@Nullable Match<Kept> match = tree.find(tokens);
    if (match != null && match.length() == tokens.length) {
      touch(match.value());
      return;
    }
    if (match != null) {
      cache.sharePages(match.value().cache, match.length());
    }
    for (Kept beginning : tree.beginnings(tokens)) {
      tree.remove(beginning.tokens);
      byUse.remove(beginning);
      beginning.cache.truncate(0);
    }
    Kept kept = new Kept(tokens, cache.fork(tokens.length, pages));
    tree.put(tokens, kept);
    byUse.add(kept);
  }

  /** Returns what it has done and holds. */
  public PoolCounts counts() {
    lock.lock();
    try {
      return new PoolCounts(taken, asked, reused, evicted, byUse.size(), pages.bytes());
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
      for (Kept kept : byUse) {
        tree.remove(kept.tokens);
        kept.cache.truncate(0);
      }
      byUse.clear();
      givenBack.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

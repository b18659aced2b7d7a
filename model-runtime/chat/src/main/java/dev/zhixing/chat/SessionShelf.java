package dev.zhixing.chat;

import dev.zhixing.engine.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sessions that keep their tokens between requests. A request gets the one that begins with most of
 * its tokens; a new one, in place of the least recently used where the shelf is full, if it would
 * have to forget more than it keeps. Safe for all threads.
 */
final class SessionShelf implements AutoCloseable {
  private static final int MOST_FORKS = 64;
  private final int capacity;
  private final Supplier<Session> maker;

  /** Idle sessions, the least recently used first. */
  private final List<Session> idle = new ArrayList<>();

  private boolean closed;

  SessionShelf(int capacity, Supplier<Session> maker) {
    if (capacity < 1) {
      throw new IllegalArgumentException("conversations: expected at least 1, found " + capacity);
    }
    this.capacity = capacity;
    this.maker = maker;
  }

  /**
   * Takes a session that holds a beginning of these tokens, all but the last at most; nobody else
   * has it until it is given back.
   */
  synchronized Session take(int[] ids) {
    if (closed) {
      throw new IllegalStateException("chat model: expected an open one, found it closed");
    }
    Session best = null;
    int most = 0;
    for (Session session : idle) {
      int same = commonPrefix(session.tokens(), ids);
      if (same > most) {
        best = session;
        most = same;
      }
    }
    boolean isFull = idle.size() >= capacity;
    if (best != null && !isFull && most < best.length() - most) {
      best = null;
    }
    if (best == null && isFull) {
      best = idle.getFirst();
    }
    if (best == null) {
      return maker.get();
    }
    idle.remove(best);
    int same = commonPrefix(best.tokens(), ids);
    best.truncate(Math.min(same, ids.length - 1));
    return best;
  }

  private static int commonPrefix(int[] a, int[] b) {
    int at = Arrays.mismatch(a, b);
    return at < 0 ? a.length : at;
  }

  /** Puts a session back, or closes it where the shelf is full or closed. */
  synchronized void giveBack(Session session) {
    if (closed || idle.size() >= capacity) {
      session.close();
    } else {
      idle.add(session);
    }
  }

  /**
   * Keeps forks beside the other sessions: what they share takes no memory of its own. The oldest
   * sessions are closed where there are too many.
   */
  synchronized void keep(List<Session> forks) {
    idle.addAll(forks);
    while (idle.size() > (closed ? 0 : capacity + MOST_FORKS)) {
      idle.removeFirst().close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(Session::close);
    idle.clear();
  }
}

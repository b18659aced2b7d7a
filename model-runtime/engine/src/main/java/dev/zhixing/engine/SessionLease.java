package dev.zhixing.engine;

import dev.zhixing.engine.transformer.PageCounter;

/**
 * A session of a pool, which nobody else has until it is given back. Used by one thread at a time.
 */
public final class SessionLease implements AutoCloseable {
  private final SessionPool pool;
  private final Session session;
  private final PageCounter pages;
  private final long bytes;
  private final int divergence;
  private final int reused;
  private boolean ended;

  /**
   * @param pages counts the pages that the session makes
   * @param bytes memory that is kept for them
   */
  SessionLease(SessionPool pool, Session session, PageCounter pages, long bytes, int divergence) {
    this.pool = pool;
    this.session = session;
    this.pages = pages;
    this.bytes = bytes;
    this.divergence = divergence;
    this.reused = session.length();
  }

  /**
   * The session. It holds the first {@link #reused()} of the tokens that it was taken for; the
   * others are to be appended.
   */
  public Session session() {
    if (ended) {
      throw new IllegalStateException("lease: expected one that is not given back");
    }
    return session;
  }

  /** How many of the tokens were there. */
  public int reused() {
    return reused;
  }

  /**
   * The position of the first token that differs from those of the kept transcript which has most
   * in common; -1 if that transcript ends there or there is none.
   */
  public int divergence() {
    return divergence;
  }

  /** Gives the session back; its tokens are kept for whoever goes on with them. */
  @Override
  public void close() {
    end(true);
  }

  /** Gives the session back and keeps nothing of what was appended. */
  public void discard() {
    end(false);
  }

  private void end(boolean keep) {
    if (!ended) {
      ended = true;
      pool.end(this, session, keep);
    }
  }

  /** Memory that the session may still take. */
  long outstanding() {
    return Math.max(0, bytes - pages.bytes());
  }
}

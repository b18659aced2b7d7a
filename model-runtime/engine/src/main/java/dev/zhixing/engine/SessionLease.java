package dev.zhixing.engine;

import dev.zhixing.engine.transformer.PageCounter;
import org.jspecify.annotations.Nullable;

/**
 * A session of a pool, which nobody else has until it is given back. Used by one thread at a time.
 */
public final class SessionLease implements AutoCloseable {
  private final SessionPool pool;
  private final @Nullable String conversation;
  private final Session session;
  private final Passes passes;
  private final PageCounter pages;
  private final long bytes;
  private final int divergence;
  private final int reused;
  private boolean ended;

  /**
   * @param conversation holds on to what is given back, null for none
   * @param passes the session's
   * @param pages counts the pages that the session makes
   * @param bytes memory that is kept for them
   */
  SessionLease(
      SessionPool pool,
      @Nullable String conversation,
      Session session,
      Passes passes,
      PageCounter pages,
      long bytes,
      int divergence) {
    this.pool = pool;
    this.conversation = conversation;
    this.session = session;
    this.passes = passes;
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
    if (!ended) {
      ended = true;
      pool.end(this, session, passes);
    }
  }

  /**
   * Keeps what a fork of the session holds, too, for whoever goes on with it. The fork is still to
   * be closed.
   */
  public void keep(Session fork) {
    if (ended) {
      throw new IllegalStateException("lease: expected one that is not given back");
    }
    pool.keep(fork);
  }

  @Nullable String conversation() {
    return conversation;
  }

  /** Memory that the session may still take. */
  long outstanding() {
    return Math.max(0, bytes - pages.bytes());
  }
}

package dev.zhixing.chat;

import dev.zhixing.engine.SessionLease;
import java.lang.System.Logger.Level;

/**
 * How much of a request needed not be read.
 *
 * @param tokens of the request
 * @param cached those of them that were in memory or on disk
 * @param divergedAt the first that differs from what is kept in memory, -1 where none does
 */
record Reuse(int tokens, int cached, int divergedAt) {
  private static final System.Logger LOG = System.getLogger(Reuse.class.getName());

  /** What {@code lease} brought, after the opening was looked for on disk. */
  static Reuse of(SessionLease lease, Prompt prompt) {
    int tokens = prompt.ids().length;
    Reuse reuse = new Reuse(tokens, lease.session().length(), lease.divergence());
    LOG.log(Level.DEBUG, reuse::inWords);
    return reuse;
  }

  /** The same for one that finds all of the request. */
  Reuse whole() {
    return new Reuse(tokens, tokens, divergedAt);
  }

  private String inWords() {
    return "prefix: %d of %d tokens are kept, %d are read%s"
        .formatted(
            cached,
            tokens,
            tokens - cached,
            divergedAt < 0
                ? ""
                : "; the kept conversation that has most in common goes on otherwise from token %d"
                    .formatted(divergedAt));
  }
}

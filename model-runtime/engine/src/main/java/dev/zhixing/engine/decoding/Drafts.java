package dev.zhixing.engine.decoding;

import dev.zhixing.engine.grammar.GrammarState;
import dev.zhixing.engine.tokenizer.Tokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The sources of drafts in their order: what the grammar forces, else what is found in the context.
 * Each at a pace of its own, so that drafts that are always wrong cost next to nothing.
 */
final class Drafts {
  private static final int FIRST_LOOKUP = 4;

  private final Drafter drafter;
  private final Lookup lookup = new Lookup();
  private final Pace forced;
  private final Pace lookedUp;
  private final boolean looksUp;

  /** Tokens to be verified, and the pace of their source. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, not compared
  record Draft(Pace pace, int[] ids) {}

  Drafts(Tokenizer vocabulary, DecodingOptions options) {
    drafter = new Drafter(vocabulary);
    looksUp = options.mostLookups() > 0;
    forced = new Pace(options.mostDrafts(), options.mostDrafts());
    lookedUp = new Pace(FIRST_LOOKUP, options.mostLookups());
  }

  /** Begins behind the tokens of a session. */
  void start(int[] ids) {
    if (looksUp) {
      lookup.start(ids);
    }
  }

  void prefer(int from, int to) {
    lookup.prefer(from, to);
  }

  /** Takes note of a token of the text. */
  void written(int id) {
    drafter.written(id);
    if (looksUp) {
      lookup.written(id);
    }
  }

  /** A draft of at most {@code room} tokens, perhaps of none. */
  Draft next(@Nullable GrammarState grammar, int room) {
    if (grammar != null && room > 0) {
      int most = Math.min(room, forced.next());
      int[] ids = most > 0 ? drafter.propose(grammar, most) : new int[0];
      if (ids.length > 0) {
        return new Draft(forced, ids);
      }
    }
    int most = looksUp ? Math.min(room, lookedUp.next()) : 0;
    most = most > 0 ? Math.min(most, lookup.worth()) : 0;
    return new Draft(lookedUp, most > 0 ? lookup.propose(grammar, most) : new int[0]);
  }

  /** The counts of what the grammar forces. */
  Pace forced() {
    return forced;
  }

  /** The counts of what is found in the context. */
  Pace lookedUp() {
    return lookedUp;
  }
}

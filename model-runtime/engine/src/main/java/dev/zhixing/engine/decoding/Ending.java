package dev.zhixing.engine.decoding;

import dev.zhixing.engine.grammar.GrammarState;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a text within a grammar is complete when its tokens are used up. A token may come
 * if a shortest end and a stop token still fit behind it; else the shortest end that fitted before
 * it is written instead, which leaves nothing to choose any more. One generation, one thread.
 */
final class Ending {
  /** With more tokens than this left nothing is looked at: no end is that long in practice. */
  private static final int WATCHED = 512;

  private final List<Integer> stopTokens;
  private final int reserve; // tokens kept for the stop token
  private int @Nullable [] plan;
  private int written; // tokens of the plan
  private boolean cutShort;
  private int needed = -1; // tokens of what begins with a trigger; -1: not known yet

  Ending(List<Integer> stopTokens) {
    this.stopTokens = stopTokens;
    reserve = stopTokens.isEmpty() ? 0 : 1;
  }

  /** Whether anything else was written than what the model chose. */
  boolean cutShort() {
    return cutShort;
  }

  /**
   * The token to write.
   *
   * @param at where the text is
   * @param chosen what the model would write
   * @param left how many tokens may still be written, this one included
   * @return {@link Decoder#ENDED} where the text must end here and there is no stop token
   */
  int instead(GrammarState at, int chosen, int left) {
    int[] following = plan;
    if (following != null) {
      return written < following.length ? following[written++] : stop();
    }
    if (left > WATCHED || fits(at, chosen, left - 1 - reserve)) {
      return chosen;
    }
    int[] end = at.shortestEnd();
    if (end == null || end.length > left) {
      return chosen; // it never fitted, or nobody knows
    }
    cutShort = true;
    plan = end;
    written = 1;
    return end.length == 0 ? stop() : end[0];
  }

  /** Ends a complete text. */
  private int stop() {
    return stopTokens.isEmpty() ? Decoder.ENDED : stopTokens.getFirst();
  }

  private boolean fits(GrammarState at, int chosen, int left) {
    if (!at.allows(chosen)) {
      return stopTokens.contains(chosen); // the grammar has it only where the text is complete
    }
    GrammarState behind = at.copy();
    behind.accept(chosen);
    return behind.canEndWithin(left);
  }

  /** Whether {@code left} tokens are enough for what begins with a trigger. */
  boolean hasRoom(Supplier<GrammarState> then, int left) {
    if (left > WATCHED) {
      return true;
    }
    if (needed < 0) {
      int[] end = then.get().shortestEnd();
      needed = end == null ? 0 : end.length;
    }
    return needed <= left;
  }
}

package dev.zhixing.engine.decoding;

import dev.zhixing.engine.grammar.GrammarState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proposes what followed the last few tokens earlier in the context, preferably in regions that are
 * likely to be copied from. The longest match wins, of equal ones the latest.
 *
 * <p>Source: Saxena, "Prompt Lookup Decoding" (2023).
 */
final class Lookup {
  private static final int LONGEST_MATCH = 32;
  private static final int SHORTEST_MATCH = 2;

  /** Match of which one token is worth a draft, where nothing says that the text is copied. */
  private static final int CERTAIN_MATCH = 4;

  private record Region(int from, int to) {}

  private final List<Region> preferred = new ArrayList<>();
  private int[] context = new int[256];
  private int length;
  private int found = -1; // where the best continuation begins
  private int foundEnd;
  private int foundMatch;
  private boolean isFoundPreferred;
  private int foundFor = -1; // the length of the context then

  /** Begins with the tokens of a session. */
  void start(int[] ids) {
    context = Arrays.copyOf(ids, Math.max(256, 2 * ids.length));
    length = ids.length;
    foundFor = -1;
  }

  /** Prefers what lies at these positions, {@code to} excluded. */
  void prefer(int from, int to) {
    preferred.add(new Region(from, to));
    foundFor = -1;
  }

  /** Takes note of a token of the text. */
  void written(int id) {
    if (length == context.length) {
      context = Arrays.copyOf(context, 2 * length);
    }
    context[length++] = id;
  }

  /**
   * How many tokens are worth a draft: the longer the match, the likelier is what followed it. With
   * today's kernels a token more in a pass costs half to seven tenths of a pass with one, so that a
   * draft pays where each of its tokens is right in about as many cases. In the dialogues of the
   * embedded model, the first one was right in 0.8 of them in tools' results; elsewhere in 0.5
   * behind two or three tokens, and in 0.7 behind four.
   */
  int worth() {
    find();
    if (found < 0) {
      return 0;
    }
    int beyond = foundMatch / CERTAIN_MATCH;
    return isFoundPreferred ? 1 + beyond : beyond;
  }

  /**
   * Up to {@code most} tokens that may come next.
   *
   * @param state cuts the draft before the first token that it does not allow; not changed
   */
  int[] propose(@Nullable GrammarState state, int most) {
    find();
    if (found < 0 || most <= 0) {
      return new int[0];
    }
    int[] draft = Arrays.copyOfRange(context, found, Math.min(foundEnd, found + most));
    return state == null ? draft : allowed(draft, state.copy());
  }

  private static int[] allowed(int[] draft, GrammarState state) {
    int count = 0;
    while (count < draft.length && state.allows(draft[count])) {
      state.accept(draft[count]);
      count++;
    }
    return Arrays.copyOf(draft, count);
  }

  /** Finds the best earlier continuation, if it isn't known yet. */
  private void find() {
    if (foundFor == length) {
      return;
    }
    foundFor = length;
    isFoundPreferred = true;
    for (int i = preferred.size() - 1; i >= 0; i--) {
      Region region = preferred.get(i);
      find(region.from() + 1, Math.min(region.to(), length));
      if (found >= 0) {
        return;
      }
    }
    isFoundPreferred = false;
    find(SHORTEST_MATCH, length);
  }

  /** As {@link #find()} among continuations from {@code low} to {@code high} - 1. */
  private void find(int low, int high) {
    found = -1;
    foundEnd = high;
    foundMatch = SHORTEST_MATCH - 1;
    for (int at = high - 1; at >= low && foundMatch < LONGEST_MATCH; at--) {
      if (context[at - 1] == context[length - 1]) {
        int match = match(at);
        if (match > foundMatch) {
          foundMatch = match;
          found = at;
        }
      }
    }
  }

  /** How many tokens before {@code at} are those at the end of the context. */
  private int match(int at) {
    int most = Math.min(LONGEST_MATCH, at);
    int match = 1;
    while (match < most && context[at - 1 - match] == context[length - 1 - match]) {
      match++;
    }
    return match;
  }
}

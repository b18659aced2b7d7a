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
  private static final int LONGEST_MATCH = 8;
  private static final int SHORTEST_MATCH = 2;

  private record Region(int from, int to) {}

  private final List<Region> preferred = new ArrayList<>();
  private int[] context = new int[256];
  private int length;

  /** Begins with the tokens of a session. */
  void start(int[] ids) {
    context = Arrays.copyOf(ids, Math.max(256, 2 * ids.length));
    length = ids.length;
  }

  /** Prefers what lies at these positions, {@code to} excluded. */
  void prefer(int from, int to) {
    preferred.add(new Region(from, to));
  }

  /** Takes note of a token of the text. */
  void written(int id) {
    if (length == context.length) {
      context = Arrays.copyOf(context, 2 * length);
    }
    context[length++] = id;
  }

  /**
   * Up to {@code most} tokens that may come next.
   *
   * @param state cuts the draft before the first token that it does not allow; not changed
   */
  int[] propose(@Nullable GrammarState state, int most) {
    int from = find();
    if (from < 0 || most <= 0) {
      return new int[0];
    }
    int[] draft = Arrays.copyOfRange(context, from, Math.min(length, from + most));
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

  /** Where the best earlier continuation begins, or -1. */
  private int find() {
    for (int i = preferred.size() - 1; i >= 0; i--) {
      Region region = preferred.get(i);
      int at = find(region.from() + 1, Math.min(region.to(), length));
      if (at >= 0) {
        return at;
      }
    }
    return find(SHORTEST_MATCH, length);
  }

  /** As {@link #find()} among continuations from {@code low} to {@code high} - 1. */
  private int find(int low, int high) {
    int best = -1;
    int longest = SHORTEST_MATCH - 1;
    for (int at = high - 1; at >= low && longest < LONGEST_MATCH; at--) {
      if (context[at - 1] == context[length - 1]) {
        int match = match(at);
        if (match > longest) {
          longest = match;
          best = at;
        }
      }
    }
    return best;
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

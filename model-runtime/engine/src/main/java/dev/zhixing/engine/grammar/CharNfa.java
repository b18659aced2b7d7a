package dev.zhixing.engine.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The automaton that a regular expression spells, with empty edges, some of which hold at the
 * beginning or the end of the text only. Source: Thompson, "Regular Expression Search Algorithm"
 * (1968).
 */
final class CharNfa {
  private static final int MOST_STATES = 50_000;

  private static final int ALWAYS = 0;
  private static final int AT_BEGIN = 1;
  private static final int AT_END = 2;

  private final List<@Nullable CodePoints> sets = new ArrayList<>(); // per state, null: empty edges
  private int[] first = new int[64]; // target, or first empty edge's target, or -1
  private int[] second = new int[64]; // second empty edge's target, or -1
  private byte[] conditions = new byte[64];
  private final int start;
  private final int end;

  CharNfa(CharTree tree) {
    end = state(null, -1, -1, ALWAYS);
    start = build(tree, end);
  }

  private int state(@Nullable CodePoints set, int a, int b, int condition) {
    int id = sets.size();
    if (id >= MOST_STATES) {
      throw new IllegalArgumentException(
          "expected a pattern of at most %d characters when its repetitions are written out, found more"
              .formatted(MOST_STATES));
    }
    if (id == first.length) {
      first = Arrays.copyOf(first, 2 * id);
      second = Arrays.copyOf(second, 2 * id);
      conditions = Arrays.copyOf(conditions, 2 * id);
    }
    sets.add(set);
    first[id] = a;
    second[id] = b;
    conditions[id] = (byte) condition;
    return id;
  }

  /** The state from which the tree leads to {@code then}. */
  private int build(CharTree tree, int then) {
    return switch (tree) {
      case CharTree.Chars chars -> state(chars.set(), then, -1, ALWAYS);
      case CharTree.Begin begin -> state(null, then, -1, AT_BEGIN);
      case CharTree.End atEnd -> state(null, then, -1, AT_END);
      case CharTree.Sequence sequence -> {
        int at = then;
        for (CharTree part : sequence.parts().reversed()) {
          at = build(part, at);
        }
        yield at;
      }
      case CharTree.Choice choice -> {
        int at = build(choice.options().getLast(), then);
        for (int i = choice.options().size() - 2; i >= 0; i--) {
          at = state(null, build(choice.options().get(i), then), at, ALWAYS);
        }
        yield at;
      }
      case CharTree.Repeat repeat -> repeat(repeat, then);
    };
  }

  private int repeat(CharTree.Repeat repeat, int then) {
    int at = then;
    if (repeat.max() == Bounds.ANY) {
      at = state(null, -1, then, ALWAYS);
      int body = build(repeat.part(), at);
      first[at] = body; // in the array that is there after building
    } else {
      for (int i = repeat.min(); i < repeat.max(); i++) {
        at = state(null, build(repeat.part(), at), then, ALWAYS);
      }
    }
    for (int i = 0; i < repeat.min(); i++) {
      at = build(repeat.part(), at);
    }
    return at;
  }

  int size() {
    return sets.size();
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** The code points that lead on from a state, null if only empty edges do. */
  @Nullable CodePoints set(int state) {
    return sets.get(state);
  }

  /** Where the code points of {@link #set} lead. */
  int target(int state) {
    return first[state];
  }

  /** Whether its empty edges hold at the end only. */
  boolean waitsForEnd(int state) {
    return sets.get(state) == null && conditions[state] == AT_END;
  }

  /** The targets of the empty edges that hold, -1 for none. */
  int empty(int state, boolean secondEdge, boolean atBegin, boolean atEnd) {
    if (sets.get(state) != null) {
      return -1;
    }
    int condition = conditions[state];
    if ((condition == AT_BEGIN && !atBegin) || (condition == AT_END && !atEnd)) {
      return -1;
    }
    return secondEdge ? second[state] : first[state];
  }
}

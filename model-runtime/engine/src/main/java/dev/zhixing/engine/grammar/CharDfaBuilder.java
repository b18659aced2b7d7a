package dev.zhixing.engine.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes deterministic automata: from an expression, by following sets of states, and from two
 * others by following pairs. All within bounds of size and work. For one thread, one use.
 */
final class CharDfaBuilder {
  private static final int MOST_STATES = 50_000;
  private static final int MOST_FOUND = 10_000; // from an expression
  private static final int MOST_EDGES = 4_000_000;
  private static final long MOST_WORK = 8_000_000;

  private final Map<IntList, Integer> ids = new HashMap<>();
  private final List<IntList> found = new ArrayList<>();
  private int[] table = new int[256];
  private boolean[] accepting = new boolean[64];
  private int[] stack = new int[0];
  private int[] marks = new int[0]; // per state of the other automaton: when it was last reached
  private int[] collected = new int[0];
  private int mark;
  private boolean reachedEnd;
  private boolean blocked; // an edge was not followed that holds at the end
  private long work;

  private final int limit;

  private CharDfaBuilder(int limit) {
    this.limit = limit;
  }

  /** A list of numbers that can be a key. */
  private static final class IntList {
    private final int[] values;

    IntList(int[] values) {
      this.values = values;
    }

    int[] values() {
      return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof IntList that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  /** The texts that match as a whole. */
  static CharDfa of(CharTree tree) {
    return new CharDfaBuilder(MOST_FOUND).determine(new CharNfa(tree));
  }

  /** The texts that both accept. */
  static CharDfa both(CharDfa a, CharDfa b) {
    return new CharDfaBuilder(MOST_STATES).pair(a, b, false);
  }

  /** The texts that the first accepts and the second does not. */
  static CharDfa without(CharDfa a, CharDfa b) {
    return new CharDfaBuilder(MOST_STATES).pair(a, b, true);
  }

  /** The texts of {@code min} to {@code max} code points, {@link Bounds#ANY} for no bound. */
  static CharDfa limited(CharDfa dfa, Bounds bounds) {
    return new CharDfaBuilder(MOST_STATES).count(dfa, bounds);
  }

  private CharDfa determine(CharNfa nfa) {
    Map<CodePoints, Integer> sets = new LinkedHashMap<>();
    int[] setOf = new int[nfa.size()];
    TreeSet<Integer> edges = new TreeSet<>(List.of(0));
    for (int state = 0; state < setOf.length; state++) {
      CodePoints set = nfa.set(state);
      Integer known = set == null ? Integer.valueOf(-1) : sets.get(set);
      setOf[state] = known == null ? sets.size() : known;
      if (set != null && known == null) {
        sets.put(set, sets.size());
        for (int i = 0; i < set.ranges(); i++) {
          edges.add(set.first(i));
          edges.add(set.last(i) + 1);
        }
      }
    }
    int[] starts = edges.stream().mapToInt(Integer::intValue).toArray();
    Map<BitSet, Integer> signatures = new LinkedHashMap<>();
    int[] classes = classes(starts, List.copyOf(sets.keySet()), signatures);
    List<BitSet> members = List.copyOf(signatures.keySet());
    reached(nfa, new int[] {nfa.start()}, true, members.size());
    for (int state = 0; state < found.size(); state++) {
      int[] from = found.get(state).values();
      for (int type = 0; type < members.size(); type++) {
        int[] targets = new int[from.length];
        int n = 0;
        for (int i = 1; i < from.length; i++) {
          if (members.get(type).get(setOf[from[i]])) {
            targets[n++] = nfa.target(from[i]);
          }
        }
        spend(from.length);
        targets = Arrays.copyOf(targets, n);
        int to = n == 0 ? CharDfa.DEAD : reached(nfa, targets, false, members.size());
        table[state * members.size() + type] = to; // which may be a larger one by now
      }
    }
    return finish(starts, classes, members.size());
  }

  /** Numbers the kinds of intervals by the sets that they are in. */
  private static int[] classes(
      int[] starts, List<CodePoints> sets, Map<BitSet, Integer> signatures) {
    int[] classes = new int[starts.length];
    for (int i = 0; i < starts.length; i++) {
      BitSet in = new BitSet();
      for (int s = 0; s < sets.size(); s++) {
        in.set(s, sets.get(s).contains(starts[i]));
      }
      Integer known = signatures.putIfAbsent(in, signatures.size());
      classes[i] = known == null ? signatures.size() - 1 : known;
    }
    return classes;
  }

  /**
   * The number of what is reached: whether the text may end, which anchors decide, and the states
   * with edges of code points, sorted.
   */
  private int reached(CharNfa nfa, int[] from, boolean atBegin, int width) {
    int n = reach(nfa, from, atBegin, false);
    boolean ends = reachedEnd;
    int[] key = new int[n + 1];
    System.arraycopy(collected, 0, key, 1, n);
    if (!ends && blocked) {
      reach(nfa, from, atBegin, true);
      ends = reachedEnd;
    }
    key[0] = ends ? 1 : 0;
    Arrays.sort(key, 1, key.length);
    return id(new IntList(key), ends, width);
  }

  /** Follows empty edges; collects states with edges of code points and gives their number. */
  private int reach(CharNfa nfa, int[] from, boolean atBegin, boolean atEnd) {
    if (marks.length < nfa.size()) {
      marks = new int[nfa.size()];
      stack = new int[nfa.size()];
      collected = new int[nfa.size()];
    }
    mark++;
    reachedEnd = false;
    blocked = false;
    int count = 0;
    int top = 0;
    for (int q : from) {
      top = push(q, top);
    }
    while (top > 0) {
      int q = stack[--top];
      spend(1);
      reachedEnd |= q == nfa.end();
      if (nfa.set(q) != null) {
        collected[count++] = q;
        continue;
      }
      blocked |= !atEnd && nfa.waitsForEnd(q);
      for (int edge = 0; edge < 2; edge++) {
        int to = nfa.empty(q, edge == 1, atBegin, atEnd);
        top = to >= 0 ? push(to, top) : top;
      }
    }
    return count;
  }

  private int push(int q, int top) {
    if (marks[q] == mark) {
      return top;
    }
    marks[q] = mark;
    stack[top] = q;
    return top + 1;
  }

  private CharDfa pair(CharDfa a, CharDfa b, boolean without) {
    TreeSet<Integer> edges = new TreeSet<>();
    for (int start : a.starts()) {
      edges.add(start);
    }
    for (int start : b.starts()) {
      edges.add(start);
    }
    int[] starts = edges.stream().mapToInt(Integer::intValue).toArray();
    Map<Long, Integer> pairs = new LinkedHashMap<>();
    int[] classes = new int[starts.length];
    for (int i = 0; i < starts.length; i++) {
      long both = (long) typeAt(a, starts[i]) << 32 | typeAt(b, starts[i]);
      Integer known = pairs.putIfAbsent(both, pairs.size());
      classes[i] = known == null ? pairs.size() - 1 : known;
    }
    long[] types = pairs.keySet().stream().mapToLong(Long::longValue).toArray();
    pairId(a, b, 0, 0, without, types.length);
    for (int state = 0; state < found.size(); state++) {
      int atA = found.get(state).values()[0];
      int atB = found.get(state).values()[1];
      for (int type = 0; type < types.length; type++) {
        int toA = a.move(atA, (int) (types[type] >> 32));
        int toB = atB < 0 ? CharDfa.DEAD : b.move(atB, (int) types[type]);
        boolean dead = toA < 0 || (toB < 0 && !without);
        int to = dead ? CharDfa.DEAD : pairId(a, b, toA, toB, without, types.length);
        table[state * types.length + type] = to;
      }
    }
    return finish(starts, classes, types.length);
  }

  private int pairId(CharDfa a, CharDfa b, int atA, int atB, boolean without, int width) {
    boolean inB = atB >= 0 && b.accepts(atB);
    return id(new IntList(new int[] {atA, atB}), a.accepts(atA) && inB != without, width);
  }

  private static int typeAt(CharDfa dfa, int start) {
    int at = Arrays.binarySearch(dfa.starts(), start);
    return dfa.classAt(at >= 0 ? at : -at - 2);
  }

  private CharDfa count(CharDfa dfa, Bounds bounds) {
    int width = dfa.width();
    countId(dfa, 0, bounds, 0, width);
    for (int state = 0; state < found.size(); state++) {
      int at = found.get(state).values()[0];
      int length = found.get(state).values()[1];
      boolean full = bounds.most() != Bounds.ANY && length >= bounds.most();
      for (int type = 0; type < width; type++) {
        int to = full ? CharDfa.DEAD : dfa.move(at, type);
        if (to >= 0) {
          to = countId(dfa, to, bounds, length + 1, width);
        }
        table[state * width + type] = to;
      }
    }
    int[] classes = new int[dfa.starts().length];
    Arrays.setAll(classes, dfa::classAt);
    return finish(dfa.starts(), classes, width);
  }

  private int countId(CharDfa dfa, int at, Bounds bounds, int length, int width) {
    int counted = bounds.most() == Bounds.ANY ? Math.min(length, bounds.least()) : length;
    boolean accepted = dfa.accepts(at) && length >= bounds.least();
    return id(new IntList(new int[] {at, counted}), accepted, width);
  }

  private int id(IntList state, boolean accepted, int width) {
    Integer known = ids.get(state);
    if (known != null) {
      return known;
    }
    int id = found.size();
    if (id >= limit || (long) (id + 1) * width > MOST_EDGES) {
      throw new IllegalArgumentException(
          "expected a pattern, with its limits of length, of at most %d states, found more"
              .formatted(Math.min(limit, MOST_EDGES / width)));
    }
    spend(width + state.values().length);
    ids.put(state, id);
    found.add(state);
    if ((id + 1) * width > table.length) {
      table = Arrays.copyOf(table, Math.max(2 * table.length, (id + 1) * width));
    }
    if (id == accepting.length) {
      accepting = Arrays.copyOf(accepting, 2 * id);
    }
    accepting[id] = accepted;
    return id;
  }

  private void spend(int steps) {
    work += steps;
    if (work > MOST_WORK) {
      throw new IllegalArgumentException(
          "expected a pattern that %d steps turn into an automaton, found one that needs more"
              .formatted(MOST_WORK));
    }
  }

  private CharDfa finish(int[] starts, int[] classes, int width) {
    int states = found.size();
    return new CharDfa(
        starts,
        classes,
        width,
        Arrays.copyOf(table, states * width),
        Arrays.copyOf(accepting, states));
  }
}

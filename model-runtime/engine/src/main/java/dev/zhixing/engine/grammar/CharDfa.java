package dev.zhixing.engine.grammar;

import java.util.Arrays;

/**
 * A deterministic automaton over code points, of which every state leads to an accepting one.
 * Immutable, safe for all threads; equal only to itself.
 */
final class CharDfa {
  static final int DEAD = -1;
  static final int MIXED = -2;

  private final int[] starts; // first code point of each interval, from 0 on
  private final int[] classes; // per interval: its class
  private final int width; // number of classes
  private final int[] table; // [state][class], the next state or DEAD
  private final boolean[] accepting;
  private final int[] ascii = new int[128]; // class of each
  private final boolean[] goesOn;

  /** Takes a table as it is found and removes what leads nowhere. State 0 is the beginning. */
  CharDfa(int[] starts, int[] classes, int width, int[] table, boolean[] accepting) {
    this.starts = starts;
    this.classes = classes;
    this.width = width;
    this.table = table;
    this.accepting = accepting;
    this.goesOn = new boolean[accepting.length];
    for (int c = 0; c < 128; c++) {
      ascii[c] = classes[interval(c)];
    }
    trim();
  }

  /** Cuts the edges to states from which no accepting one can be reached. */
  private void trim() {
    boolean[] alive = accepting.clone();
    int[] firstBack = new int[accepting.length]; // per state: edges that lead to it, as a list
    Arrays.fill(firstBack, -1);
    int[] nextBack = new int[table.length];
    int[] queue = new int[accepting.length];
    int n = 0;
    for (int state = 0; state < alive.length; state++) {
      if (alive[state]) {
        queue[n++] = state;
      }
    }
    for (int edge = 0; edge < table.length; edge++) {
      if (table[edge] >= 0) {
        nextBack[edge] = firstBack[table[edge]];
        firstBack[table[edge]] = edge;
      }
    }
    for (int i = 0; i < n; i++) {
      for (int edge = firstBack[queue[i]]; edge >= 0; edge = nextBack[edge]) {
        int from = edge / width;
        if (!alive[from]) {
          alive[from] = true;
          queue[n++] = from;
        }
      }
    }
    for (int edge = 0; edge < table.length; edge++) {
      if (table[edge] >= 0 && !alive[table[edge]]) {
        table[edge] = DEAD;
      }
      goesOn[edge / width] |= table[edge] >= 0;
    }
  }

  /** Whether no text is accepted at all. */
  boolean isEmpty() {
    return !accepting[0] && !goesOn[0];
  }

  boolean accepts(int state) {
    return accepting[state];
  }

  /** Whether any code point may follow. */
  boolean goesOn(int state) {
    return goesOn[state];
  }

  int size() {
    return accepting.length;
  }

  int next(int state, int codePoint) {
    int type = codePoint < 128 ? ascii[codePoint] : classes[interval(codePoint)];
    return table[state * width + type];
  }

  /** Whether any of the code points {@code from..to} may follow. */
  boolean leadsOn(int state, int from, int to) {
    return common(state, from, to) != DEAD;
  }

  /**
   * The next state that all code points {@code from..to} lead to, {@link #MIXED} if they differ.
   */
  int common(int state, int from, int to) {
    int first = interval(from);
    int next = table[state * width + classes[first]];
    for (int i = first + 1; i < starts.length && starts[i] <= to; i++) {
      if (table[state * width + classes[i]] != next) {
        return MIXED;
      }
    }
    return next;
  }

  /** Whether it accepts the text. */
  boolean matches(String text) {
    int state = 0;
    for (int i = 0;
        i < text.length() && state >= 0;
        i += Character.charCount(text.codePointAt(i))) {
      state = next(state, text.codePointAt(i));
    }
    return state >= 0 && accepting[state];
  }

  int[] starts() {
    return starts;
  }

  int classAt(int interval) {
    return classes[interval];
  }

  int width() {
    return width;
  }

  int move(int state, int type) {
    return table[state * width + type];
  }

  private int interval(int codePoint) {
    int at = Arrays.binarySearch(starts, codePoint);
    return at >= 0 ? at : -at - 2;
  }
}

package dev.zhixing.engine.sampling;

import java.util.Arrays;
import java.util.List;

/**
 * Finds strings in a text, reading each character once. A state stands for the longest end of the
 * text that begins one of the strings; 0 is the empty one. Immutable.
 *
 * <p>Source: Aho, Corasick, "Efficient String Matching: An Aid to Bibliographic Search" (1975).
 */
final class PrefixAutomaton {
  private static final int NONE = -1;

  private char[] labels = {0}; // of the edge that leads to a state
  private int[] children = {NONE}; // the first one of a state
  private int[] siblings = {NONE}; // the next child of the same parent
  private int[] depths = {0};
  private int[] matched = {0};
  private int[] fallbacks = {0}; // the state of the next shorter end of the text
  private int size = 1;

  /** For strings that are not empty. */
  PrefixAutomaton(List<String> strings) {
    for (String string : strings) {
      int at = 0;
      for (int i = 0; i < string.length(); i++) {
        int child = child(at, string.charAt(i));
        at = child == NONE ? add(at, string.charAt(i)) : child;
      }
      matched[at] = string.length();
    }
    link();
  }

  /** The state after one more character. */
  int next(int state, char c) {
    int at = state;
    int child = child(at, c);
    while (child == NONE && at != 0) {
      at = fallbacks[at];
      child = child(at, c);
    }
    return child == NONE ? 0 : child;
  }

  /** How many characters at the end of the text may become one of the strings. */
  int depth(int state) {
    return depths[state];
  }

  /** The length of the longest string that the text ends with, 0 for none. */
  int matched(int state) {
    return matched[state];
  }

  private int child(int state, char c) {
    int child = children[state];
    while (child != NONE && labels[child] != c) {
      child = siblings[child];
    }
    return child;
  }

  private int add(int parent, char c) {
    if (size == labels.length) {
      int room = 2 * size;
      labels = Arrays.copyOf(labels, room);
      children = Arrays.copyOf(children, room);
      siblings = Arrays.copyOf(siblings, room);
      depths = Arrays.copyOf(depths, room);
      matched = Arrays.copyOf(matched, room);
    }
    labels[size] = c;
    children[size] = NONE;
    siblings[size] = children[parent];
    depths[size] = depths[parent] + 1;
    children[parent] = size;
    return size++;
  }

  /** Links each state, the shallow ones first, to the one to fall back to. */
  private void link() {
    fallbacks = new int[size];
    int[] queue = new int[size];
    int queued = 1;
    for (int i = 0; i < queued; i++) {
      int parent = queue[i];
      for (int child = children[parent]; child != NONE; child = siblings[child]) {
        int fallback = parent == 0 ? 0 : next(fallbacks[parent], labels[child]);
        fallbacks[child] = fallback;
        matched[child] = Math.max(matched[child], matched[fallback]);
        queue[queued++] = child;
      }
    }
  }
}

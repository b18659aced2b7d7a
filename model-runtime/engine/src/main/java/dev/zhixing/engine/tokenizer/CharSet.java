package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/** A set of code points given by ranges. Immutable. */
final class CharSet {
  private final int[] first;
  private final int[] last;

  /** Ranges such as {@code 41-5a b5}, in hexadecimal and ascending order. */
  CharSet(String ranges) {
    String[] parts = ranges.strip().split("\\s+");
    first = new int[parts.length];
    last = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      int dash = parts[i].indexOf('-');
      first[i] = Integer.parseInt(dash < 0 ? parts[i] : parts[i].substring(0, dash), 16);
      last[i] = Integer.parseInt(parts[i].substring(dash + 1), 16);
    }
  }

  boolean has(int codePoint) {
    int at = Arrays.binarySearch(first, codePoint);
    return at >= 0 || (at < -1 && codePoint <= last[-at - 2]);
  }
}

package dev.zhixing.engine.tokenizer;

import java.util.Arrays;
import java.util.StringTokenizer;

/** A set of code points given by ranges. Immutable. */
final class CharSet {
  private final int[] first;
  private final int[] last;

  /** Ranges such as {@code 41-5a b5}, in hexadecimal and ascending order. */
  CharSet(String ranges) {
    StringTokenizer parts = new StringTokenizer(ranges);
    first = new int[parts.countTokens()];
    last = new int[first.length];
    for (int i = 0; i < first.length; i++) {
      String part = parts.nextToken();
      int dash = part.indexOf('-');
      first[i] = Integer.parseInt(dash < 0 ? part : part.substring(0, dash), 16);
      last[i] = Integer.parseInt(part.substring(dash + 1), 16);
    }
  }

  boolean has(int codePoint) {
    int at = Arrays.binarySearch(first, codePoint);
    return at >= 0 || (at < -1 && codePoint <= last[-at - 2]);
  }
}

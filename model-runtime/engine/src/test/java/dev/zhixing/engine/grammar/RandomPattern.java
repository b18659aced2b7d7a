package dev.zhixing.engine.grammar;

import java.util.Random;

/** Patterns, and strings that nearly match them, from a seed. */
final class RandomPattern {
  private static final String[] ATOMS = {
    "a", "b", "c", ".", "\\d", "\\w", "[a-c]", "[^a]", "灯", "😀", "\\\"", "\\\\", "[b\\n]", "\\s",
    "x", "[^\\s灯]", "\\u00e9"
  };
  private static final String[] PIECES = {
    "a", "b", "c", "1", "x", "灯", "😀", "\"", "\\", "\n", " ", "é", "ab", "", "\t"
  };
  private static final String[] QUANTIFIERS = {
    "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "+?", "{0,9}"
  };

  private final Random random;

  RandomPattern(long seed) {
    random = new Random(seed);
  }

  /** A pattern without anchors inside. */
  String next(int depth) {
    int kind = random.nextInt(depth > 0 ? 8 : 3);
    if (kind < 3) {
      return ATOMS[random.nextInt(ATOMS.length)];
    }
    if (kind < 5) {
      return next(depth - 1) + next(depth - 1);
    }
    if (kind == 5) {
      return "(?:" + next(depth - 1) + "|" + next(depth - 1) + ")";
    }
    return "(" + next(depth - 1) + ")" + QUANTIFIERS[random.nextInt(QUANTIFIERS.length)];
  }

  /** The same with anchors at its ends, or not. */
  String anchored(int depth) {
    return (random.nextBoolean() ? "^" : "")
        + (random.nextInt(4) == 0
            ? "(?:" + next(depth) + "|^" + next(depth - 1) + "$)"
            : next(depth))
        + (random.nextBoolean() ? "$" : "");
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(6); n > 0; n--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}

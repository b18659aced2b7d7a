package dev.zhixing.engine.grammar;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the automaton of the decimals of one sign whose magnitude lies between two bounds. A state
 * is how many digits there are and how they compare with the first digits of either bound: that is
 * all that decides whether a longer number can still be in the range, so the states are few and the
 * range is exact.
 */
final class NumberRange {
  /** The most digits of a number without narrower bounds; a double holds fifteen exactly. */
  static final int MOST_DIGITS = 15;

  private static final int LESS = -1;
  private static final int EQUAL = 0;
  private static final int GREATER = 1;

  /** Digits before the point, digits behind it (-1: no point yet), comparison with the bounds. */
  private record Key(int whole, int fraction, int low, int high) {
    /** A number for each key. */
    int index() {
      return ((whole * 32 + fraction + 1) * 3 + low + 1) * 3 + high + 1;
    }
  }

  private record Bound(String whole, String fraction) {
    /** The magnitude of a decimal in plain notation. */
    static Bound of(String decimal) {
      String text = decimal.startsWith("-") ? decimal.substring(1) : decimal;
      int point = text.indexOf('.');
      if (point < 0) {
        return new Bound(text, "");
      }
      int end = text.length();
      while (text.charAt(end - 1) == '0') {
        end--;
      }
      return new Bound(
          text.substring(0, point), text.substring(point + 1, Math.max(point + 1, end)));
    }

    /** Compares a digit that makes the number {@code n} digits long before the point. */
    int compareWhole(int soFar, int n, int digit) {
      if (soFar != EQUAL || n > whole.length()) {
        return soFar;
      }
      return Integer.signum(digit - (whole.charAt(n - 1) - '0'));
    }

    /** The comparison once no more digits come before the point. */
    int endWhole(int soFar, int n) {
      return n == whole.length() ? soFar : n < whole.length() ? LESS : GREATER;
    }

    int compareFraction(int soFar, int n, int digit) {
      if (soFar != EQUAL) {
        return soFar;
      }
      return Integer.signum(digit - (n <= fraction.length() ? fraction.charAt(n - 1) - '0' : 0));
    }
  }

  private final Bound low;
  private final boolean aboveLow;
  private final @Nullable Bound high;
  private final boolean belowHigh;
  private final int digits;
  private final boolean points;
  private final Map<Integer, NumberNode> nodes = new HashMap<>();

  private NumberRange(
      String low,
      boolean aboveLow,
      @Nullable String high,
      boolean belowHigh,
      int digits,
      boolean points) {
    this.low = Bound.of(low);
    this.aboveLow = aboveLow;
    this.high = high == null ? null : Bound.of(high);
    this.belowHigh = belowHigh;
    this.digits = digits;
    this.points = points;
  }

  /**
   * The decimals between two others in plain notation, null for no bound; null if there are none.
   * Bounds are text, as the classes for large numbers are slow to start.
   *
   * @param above whether the minimum is not included
   * @param below whether the maximum is not included
   */
  static @Nullable NumberNode decimals(
      @Nullable String min, boolean above, @Nullable String max, boolean below) {
    return signed(min, above, max, below, MOST_DIGITS, true);
  }

  /** The integers from {@code min} to {@code max}; null if there are none. */
  static @Nullable NumberNode integers(long min, long max) {
    return signed(Long.toString(min), false, Long.toString(max), false, 19, false);
  }

  private static @Nullable NumberNode signed(
      @Nullable String min,
      boolean above,
      @Nullable String max,
      boolean below,
      int digits,
      boolean points) {
    NumberNode start = new NumberNode(false);
    if (max == null || !isNegative(max)) {
      boolean bounded = min != null && !isNegative(min);
      String low = min != null && bounded ? min : "0";
      new NumberRange(low, bounded && above, max, below, digits, points).begin(start);
    }
    if (min == null || isNegative(min)) {
      String low = max == null || !isNegative(max) ? "0" : max;
      boolean aboveLow = low.equals("0") || below; // there is no -0
      NumberNode negative = new NumberNode(false);
      new NumberRange(low, aboveLow, min, above, digits, points).begin(negative);
      start.minus(negative.alive() ? negative : null);
    }
    return start.alive() ? start : null;
  }

  private static boolean isNegative(String decimal) {
    if (!decimal.startsWith("-")) {
      return false;
    }
    for (int i = 1; i < decimal.length(); i++) {
      if (decimal.charAt(i) >= '1' && decimal.charAt(i) <= '9') {
        return true;
      }
    }
    return false; // -0.0
  }

  private void begin(NumberNode start) {
    for (int digit = 0; digit < 10; digit++) {
      start.digit(digit, afterWhole(0, EQUAL, high == null ? LESS : EQUAL, digit));
    }
  }

  private @Nullable NumberNode afterWhole(int whole, int lowSoFar, int highSoFar, int digit) {
    int newHigh = high == null ? LESS : high.compareWhole(highSoFar, whole + 1, digit);
    int newLow = low.compareWhole(lowSoFar, whole + 1, digit);
    // A leading zero stands alone: zero digits more may come, which the key must know.
    boolean zero = whole == 0 && digit == 0;
    return node(new Key(zero ? 0 : whole + 1, -1, newLow, newHigh));
  }

  private @Nullable NumberNode node(Key key) {
    NumberNode known = nodes.get(key.index());
    if (known == null) {
      known = key.fraction() < 0 ? whole(key) : fraction(key);
      nodes.put(key.index(), known);
    }
    return known.alive() ? known : null;
  }

  /** Before the point; no digits counted means a zero, after which only a point may come. */
  private NumberNode whole(Key key) {
    int count = Math.max(1, key.whole());
    int lowEnd = low.endWhole(key.low(), count);
    int highEnd = high == null ? LESS : high.endWhole(key.high(), count);
    NumberNode node = new NumberNode(inRange(lowEnd, highEnd, 0));
    if (key.whole() > 0 && key.whole() < digits) {
      for (int digit = 0; digit < 10; digit++) {
        node.digit(digit, afterWhole(key.whole(), key.low(), key.high(), digit));
      }
    }
    if (points && count < digits) {
      NumberNode point = new NumberNode(false);
      addFraction(point, count, 0, lowEnd, highEnd);
      node.point(point.alive() ? point : null);
    }
    return node;
  }

  private NumberNode fraction(Key key) {
    NumberNode node = new NumberNode(inRange(key.low(), key.high(), key.fraction()));
    if (key.whole() + key.fraction() < digits) {
      addFraction(node, key.whole(), key.fraction(), key.low(), key.high());
    }
    return node;
  }

  private void addFraction(NumberNode node, int whole, int fraction, int lowSoFar, int highSoFar) {
    for (int digit = 0; digit < 10; digit++) {
      int newLow = low.compareFraction(lowSoFar, fraction + 1, digit);
      int newHigh = high == null ? LESS : high.compareFraction(highSoFar, fraction + 1, digit);
      node.digit(digit, node(new Key(whole, fraction + 1, newLow, newHigh)));
    }
  }

  /** Whether a number that ends here is in the range. */
  private boolean inRange(int lowEnd, int highEnd, int fraction) {
    boolean atLow = lowEnd == EQUAL && !aboveLow && low.fraction().length() <= fraction;
    boolean atHigh =
        high != null && highEnd == EQUAL && high.fraction().length() <= fraction && belowHigh;
    return (atLow || lowEnd == GREATER) && highEnd != GREATER && !atHigh;
  }
}

package dev.zhixing.engine.grammar;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps of the numbers of a range those that are multiples of a step: a state knows the remainder
 * of the digits so far, taken as an integer, and how many of them are behind the point.
 */
final class Multiples {
  private static final int MOST_NODES = 200_000;

  private record Key(NumberNode node, int remainder, int fraction) {}

  private final int step; // of the digits behind the point, if there are `digits` of them
  private final int digits;
  private final Map<Key, NumberNode> nodes = new HashMap<>();

  private Multiples(int step, int digits) {
    this.step = step;
    this.digits = digits;
  }

  /**
   * The numbers that a node leads to and that are multiples of {@code step}; not alive if there are
   * none.
   *
   * @throws IllegalArgumentException if the step is not above 0, or has too many digits
   */
  static NumberNode of(NumberNode numbers, BigDecimal step) {
    BigDecimal plain = step.stripTrailingZeros();
    int digits = Math.max(0, plain.scale());
    if (plain.signum() <= 0
        || digits > NumberRange.MOST_DIGITS
        || plain.movePointRight(digits).compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
      throw new IllegalArgumentException(
          "expected multipleOf to be above 0 and of at most 6 digits, found " + step);
    }
    return new Multiples(plain.movePointRight(digits).intValueExact(), digits).node(numbers, 0, -1);
  }

  private NumberNode node(NumberNode from, int remainder, int fraction) {
    Key key = new Key(from, remainder, fraction);
    NumberNode known = nodes.get(key);
    if (known != null) {
      return known;
    }
    if (nodes.size() > MOST_NODES) {
      throw new IllegalArgumentException(
          "expected multipleOf to be small enough for its range, found that it takes more than %d states"
              .formatted(MOST_NODES));
    }
    NumberNode node = new NumberNode(from.end() && isMultiple(remainder, fraction));
    for (int symbol = 0; symbol <= NumberNode.MINUS; symbol++) {
      NumberNode next = from.after(symbol);
      boolean digit = symbol < NumberNode.POINT;
      if (next != null && !(digit && fraction == digits)) {
        int behind =
            symbol == NumberNode.POINT ? 0 : digit && fraction >= 0 ? fraction + 1 : fraction;
        int now = digit ? (int) ((remainder * 10L + symbol) % step) : remainder;
        NumberNode then = node(next, now, behind);
        if (then.alive()) {
          node.put(symbol, then);
        }
      }
    }
    nodes.put(key, node);
    return node;
  }

  private boolean isMultiple(int remainder, int fraction) {
    long value = remainder;
    for (int i = Math.max(0, fraction); i < digits; i++) {
      value = value * 10 % step;
    }
    return value % step == 0;
  }
}

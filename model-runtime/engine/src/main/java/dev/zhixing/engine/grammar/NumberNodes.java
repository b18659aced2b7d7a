package dev.zhixing.engine.grammar;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the schemas of numbers into nodes; the same range is made once. For one thread. */
final class NumberNodes {
  private static final long MOST_INTEGER = 999_999_999_999_999L;

  /** By bounds, as tools repeat them; spelt, since a record's own hash is slow to start. */
  private final Map<String, NumberNode> ranges = new HashMap<>();

  Node integer(Schema.Int integer, String path) {
    Long min = integer.min();
    Long max = integer.max();
    long low =
        min != null ? min : max != null && max < -MOST_INTEGER ? Long.MIN_VALUE : -MOST_INTEGER;
    long high =
        max != null ? max : min != null && min > MOST_INTEGER ? Long.MAX_VALUE : MOST_INTEGER;
    String bounds = Long.toString(low).concat("..").concat(Long.toString(high));
    NumberNode node = ranges.get(bounds);
    if (node == null) {
      node = NumberRange.integers(low, high);
    }
    if (node == null) {
      throw new IllegalArgumentException(
          "%s: expected a minimum of at most the maximum, found minimum %d, maximum %d"
              .formatted(path, low, high));
    }
    ranges.put(bounds, node);
    Long step = integer.multipleOf();
    return step == null ? node : multiples(node, BigDecimal.valueOf(step), path);
  }

  Node number(Schema.Num number, String path) {
    String min = decimal(number.min(), path, Double.NEGATIVE_INFINITY);
    String max = decimal(number.max(), path, Double.POSITIVE_INFINITY);
    String bounds =
        (number.aboveMin() ? "decimals >" : "decimals ")
            .concat(String.valueOf(min))
            .concat(number.belowMax() ? "..<" : "..")
            .concat(String.valueOf(max));
    NumberNode node = ranges.get(bounds);
    if (node == null) {
      node = NumberRange.decimals(min, number.aboveMin(), max, number.belowMax());
    }
    if (node == null) {
      throw new IllegalArgumentException(
          "%s: expected that a number of at most %d digits lies in the range, found minimum %s, maximum %s"
              .formatted(path, NumberRange.MOST_DIGITS, number.min(), number.max()));
    }
    ranges.put(bounds, node);
    BigDecimal step = number.multipleOf();
    return step == null ? node : multiples(node, step, path);
  }

  private static Node multiples(NumberNode range, BigDecimal step, String path) {
    NumberNode node;
    try {
      node = Multiples.of(range, step);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
    if (!node.alive()) {
      throw new IllegalArgumentException(
          "%s: expected that a multiple of %s lies in the range, found none".formatted(path, step));
    }
    return node;
  }

  private static @Nullable String decimal(@Nullable Double bound, String path, double none) {
    if (bound == null || bound == none) {
      return null;
    }
    if (bound.isNaN() || bound.isInfinite()) {
      throw new IllegalArgumentException(
          "%s: expected finite bounds, found %s".formatted(path, bound));
    }
    return JsonLiteral.plain(bound.toString());
  }
}

package dev.zhixing.samples.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhixing.tool.calculator.Expression;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an argument of an expected call must be. Immutable. */
public sealed interface ArgumentMatcher {

  /** How far a computed value may be from the expected one, relative to it (or to 1, if larger). */
  BigDecimal TOLERANCE = new BigDecimal("1e-6");

  /** Whether {@code actual} is what is expected; null (and JSON's null) is an absent argument. */
  boolean matches(@Nullable JsonNode actual);

  /** The same JSON: numbers by value, strings trimmed and case-folded. */
  record Same(JsonNode expected) implements ArgumentMatcher {
    @Override
    public boolean matches(@Nullable JsonNode actual) {
      return same(expected, actual);
    }
  }

  /** An expression (or a number) with this value. */
  record Value(BigDecimal expected) implements ArgumentMatcher {
    @Override
    public boolean matches(@Nullable JsonNode actual) {
      if (actual == null) {
        return false;
      }
      if (actual.isNumber()) {
        return isNear(actual.decimalValue());
      }
      try {
        return actual.isTextual() && isNear(Expression.evaluate(actual.textValue()));
      } catch (IllegalArgumentException | ArithmeticException notAnExpression) {
        return false;
      }
    }

    private boolean isNear(BigDecimal value) {
      BigDecimal scale = expected.abs().max(BigDecimal.ONE);
      return value.subtract(expected).abs().compareTo(TOLERANCE.multiply(scale)) <= 0;
    }
  }

  /** A string in which every one of these words stands. */
  record Contains(List<String> words) implements ArgumentMatcher {
    public Contains {
      words = words.stream().map(ArgumentMatcher::fold).toList();
    }

    @Override
    public boolean matches(@Nullable JsonNode actual) {
      if (actual == null || !actual.isValueNode() || actual.isNull()) {
        return false;
      }
      String text = fold(actual.asText());
      return words.stream().allMatch(text::contains);
    }
  }

  /** One of these. */
  record AnyOf(List<ArgumentMatcher> choices) implements ArgumentMatcher {
    public AnyOf {
      choices = List.copyOf(choices);
    }

    @Override
    public boolean matches(@Nullable JsonNode actual) {
      return choices.stream().anyMatch(choice -> choice.matches(actual));
    }
  }

  /** Absent, or this. */
  record Maybe(ArgumentMatcher expected) implements ArgumentMatcher {
    @Override
    public boolean matches(@Nullable JsonNode actual) {
      return actual == null || actual.isNull() || expected.matches(actual);
    }
  }

  /**
   * Reads an argument of {@code expect.calls}: plain JSON, or an object whose one key is a matcher.
   *
   * @throws IllegalArgumentException if the key is no matcher, or its value does not fit
   */
  static ArgumentMatcher parse(JsonNode expected) {
    if (!expected.isObject() || expected.size() != 1) {
      return new Same(expected);
    }
    var entry = expected.properties().iterator().next();
    JsonNode value = entry.getValue();
    return switch (entry.getKey()) {
      case "~value" -> new Value(number(value));
      case "~contains" -> new Contains(items("~contains", value).map(JsonNode::asText).toList());
      case "~any" -> new AnyOf(items("~any", value).map(ArgumentMatcher::parse).toList());
      case "~optional" -> new Maybe(parse(value));
      default -> {
        if (entry.getKey().startsWith("~")) {
          throw new IllegalArgumentException(
              "matcher: expected ~value, ~contains, ~any or ~optional, found " + entry.getKey());
        }
        yield new Same(expected);
      }
    };
  }

  private static BigDecimal number(JsonNode value) {
    if (!value.isNumber()) {
      throw new IllegalArgumentException("~value: expected a number, found " + value);
    }
    return value.decimalValue();
  }

  private static Stream<JsonNode> items(String matcher, JsonNode list) {
    if (!list.isArray()) {
      throw new IllegalArgumentException(matcher + ": expected a list, found " + list);
    }
    List<JsonNode> items = new ArrayList<>();
    list.forEach(items::add);
    return items.stream();
  }

  private static String fold(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  private static boolean same(JsonNode expected, @Nullable JsonNode actual) {
    if (actual == null) {
      return expected.isNull();
    }
    if (expected.isNumber()) {
      return actual.isNumber() && expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    if (expected.isTextual()) {
      return actual.isTextual() && fold(expected.textValue()).equals(fold(actual.textValue()));
    }
    if (expected.isArray()) {
      return actual.isArray() && sameItems(expected, actual);
    }
    if (expected.isObject()) {
      return actual.isObject()
          && expected.size() == actual.size()
          && expected.properties().stream()
              .allMatch(p -> actual.has(p.getKey()) && same(p.getValue(), actual.get(p.getKey())));
    }
    return expected.equals(actual);
  }

  private static boolean sameItems(JsonNode expected, JsonNode actual) {
    if (expected.size() != actual.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!same(expected.get(i), actual.get(i))) {
        return false;
      }
    }
    return true;
  }
}

package dev.zhixing.engine.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns schemas into nodes and refuses what cannot be satisfied, with the path to it. */
final class SchemaCompiler {
  private static final long MOST_INTEGER = 999_999_999_999_999L;
  private static final int DEEPEST = 64;

  /** By bounds, as tools repeat them; spelt, since a record's own hash is slow to start. */
  private final Map<String, Node> numbers = new HashMap<>();

  Node compile(Schema schema, String path) {
    return switch (schema) {
      case Schema.Obj object -> object(object, path);
      case Schema.Str string -> string(string, path);
      case Schema.Int integer -> integer(integer, path);
      case Schema.Num number -> number(number, path);
      case Schema.Bool bool -> new Alternatives(literal("true"), literal("false"));
      case Schema.Null none -> literal("null");
      case Schema.Enum choice -> choice(choice, path);
      case Schema.Const constant -> literal(JsonLiteral.of(constant.value(), path));
      case Schema.Arr array -> array(array, path);
      case Schema.AnyOf any -> anyOf(any, path);
      case Schema.Any any -> any(any, path);
    };
  }

  private Node object(Schema.Obj object, String path) {
    Set<String> names = new HashSet<>();
    for (Schema.Property property : object.properties()) {
      if (!names.add(property.name())) {
        throw new IllegalArgumentException(
            "%s: expected each property once, found '%s' twice".formatted(path, property.name()));
      }
    }
    Node close = literal("}");
    Node first = close; // what comes when no property was written yet
    Node later = close;
    for (Schema.Property property : object.properties().reversed()) {
      StringBuilder name = new StringBuilder();
      JsonLiteral.string(property.name(), path, name);
      Node value = compile(property.schema(), path + "." + property.name());
      Node tail = new Node.Sequence(value, later);
      Node writeFirst = new Node.Sequence(literal(name + ":"), tail);
      Node writeLater = new Node.Sequence(literal("," + name + ":"), tail);
      first = property.required() ? writeFirst : new Alternatives(writeFirst, first);
      later = property.required() ? writeLater : new Alternatives(writeLater, later);
    }
    return new Node.Sequence(literal("{"), first);
  }

  private static Node string(Schema.Str string, String path) {
    Bounds bounds = bounds(string.min(), string.max(), path, "characters");
    return new Node.Sequence(literal("\""), new StringBody(bounds));
  }

  private Node integer(Schema.Int integer, String path) {
    Long min = integer.min();
    Long max = integer.max();
    long low =
        min != null ? min : max != null && max < -MOST_INTEGER ? Long.MIN_VALUE : -MOST_INTEGER;
    long high =
        max != null ? max : min != null && min > MOST_INTEGER ? Long.MAX_VALUE : MOST_INTEGER;
    String bounds = Long.toString(low).concat("..").concat(Long.toString(high));
    Node node = numbers.get(bounds);
    if (node == null) {
      node = NumberRange.integers(low, high);
    }
    if (node == null) {
      throw new IllegalArgumentException(
          "%s: expected a minimum of at most the maximum, found minimum %d, maximum %d"
              .formatted(path, low, high));
    }
    numbers.put(bounds, node);
    return node;
  }

  private Node number(Schema.Num number, String path) {
    String min = decimal(number.min(), path, Double.NEGATIVE_INFINITY);
    String max = decimal(number.max(), path, Double.POSITIVE_INFINITY);
    String bounds =
        "decimals ".concat(String.valueOf(min)).concat("..").concat(String.valueOf(max));
    Node node = numbers.get(bounds);
    if (node == null) {
      node = NumberRange.decimals(min, max);
    }
    if (node == null) {
      throw new IllegalArgumentException(
          "%s: expected that a number of at most %d digits lies in the range, found minimum %s, maximum %s"
              .formatted(path, NumberRange.MOST_DIGITS, number.min(), number.max()));
    }
    numbers.put(bounds, node);
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

  private static Node choice(Schema.Enum choice, String path) {
    if (choice.values().isEmpty()) {
      throw new IllegalArgumentException(
          path + ": expected at least one value, found an empty enum");
    }
    List<Node> options = new ArrayList<>();
    for (Object value : choice.values()) {
      options.add(literal(JsonLiteral.of(value, path)));
    }
    return new Alternatives(options);
  }

  private Node array(Schema.Arr array, String path) {
    Bounds bounds = bounds(array.min(), array.max(), path, "items");
    return array(compile(array.items(), path + "[]"), bounds);
  }

  private static Node array(Node item, Bounds bounds) {
    Node later = new Node.Sequence(literal(","), item);
    return new Node.Sequence(literal("["), new ArrayBody(item, later, literal("]"), bounds, false));
  }

  private Node anyOf(Schema.AnyOf any, String path) {
    if (any.options().isEmpty()) {
      throw new IllegalArgumentException(path + ": expected at least one option, found none");
    }
    List<Node> options = new ArrayList<>();
    for (int i = 0; i < any.options().size(); i++) {
      options.add(compile(any.options().get(i), path + "|" + i));
    }
    return new Alternatives(options);
  }

  private Node any(Schema.Any any, String path) {
    if (any.depth() < 0 || any.depth() > DEEPEST) {
      throw new IllegalArgumentException(
          "%s: expected a depth of 0..%d, found %d".formatted(path, DEEPEST, any.depth()));
    }
    Bounds free = new Bounds(0, Bounds.ANY);
    Node string = compile(new Schema.Str(), path);
    Node number = compile(new Schema.Num(), path);
    Node value =
        new Alternatives(string, number, literal("true"), literal("false"), literal("null"));
    Node flat = value;
    for (int depth = 0; depth < any.depth(); depth++) {
      Node member = new Node.Sequence(string, new Node.Sequence(literal(":"), value));
      Node later = new Node.Sequence(literal(","), member);
      Node object =
          new Node.Sequence(literal("{"), new ArrayBody(member, later, literal("}"), free, false));
      value = new Alternatives(flat, array(value, free), object);
    }
    return value;
  }

  /** Checks a pair of length limits. */
  static Bounds bounds(@Nullable Integer min, @Nullable Integer max, String path, String what) {
    int least = min == null ? 0 : min;
    int most = max == null ? Bounds.ANY : max;
    if (least < 0 || least > most) {
      throw new IllegalArgumentException(
          "%s: expected 0 <= minimum <= maximum %s, found minimum %d, maximum %d"
              .formatted(path, what, least, most));
    }
    return new Bounds(least, most);
  }

  static Node literal(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}

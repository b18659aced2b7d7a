package dev.zhixing.engine.grammar;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns schemas into nodes and refuses what cannot be satisfied, with the path to it. */
final class SchemaCompiler {
  private static final int DEEPEST = 64;
  private static final String KEYWORD = "[^\\s=,()'\"]+";

  private static final int MOST_NAMES = 1_000;
  private static final int MOST_NESTED = 400;

  private final Notation notation;
  private final NumberNodes numbers = new NumberNodes();
  private final StringNodes strings = new StringNodes();
  private Map<String, Reference> references = Map.of();
  private int nested;

  SchemaCompiler(Notation notation) {
    this.notation = notation;
  }

  Node compile(Schema schema, String path) {
    if (++nested > MOST_NESTED) {
      throw new IllegalArgumentException(
          "schema: expected at most %d levels, found more".formatted(MOST_NESTED));
    }
    Node node = node(schema, path);
    nested--;
    return node;
  }

  private Node node(Schema schema, String path) {
    return switch (schema) {
      case Schema.Obj object -> object(object, path);
      case Schema.Str string -> new Node.Sequence(literal("\""), strings.body(string, path));
      case Schema.Int integer -> numbers.integer(integer, path);
      case Schema.Num number -> numbers.number(number, path);
      case Schema.Bool bool ->
          new Alternatives(literal(notation.isTrue), literal(notation.isFalse));
      case Schema.Null none -> literal(notation.none);
      case Schema.Enum choice -> choice(choice, path);
      case Schema.Const constant -> literal(JsonLiteral.of(constant.value(), path, notation));
      case Schema.Arr array -> array(array, path);
      case Schema.Subset subset -> subset(subset, path);
      case Schema.Tuple tuple -> tuple(tuple, path);
      case Schema.Ref ref -> reference(ref, path);
      case Schema.Definitions definitions -> definitions(definitions, this::compile, path);
      case Schema.AnyOf any -> anyOf(any, path);
      case Schema.Any any -> any(any, path);
    };
  }

  /** The properties of an object as the keyword arguments of a call. */
  Node keywords(Schema schema, String path) {
    return switch (schema) {
      case Schema.Obj object -> {
        for (Schema.Property property : object.properties()) {
          if (!property.name().matches(KEYWORD)) {
            throw new IllegalArgumentException(
                "%s.%s: expected the name of an argument, without spaces and marks, as this model calls tools in Python"
                    .formatted(path, property.name()));
          }
        }
        Node end = new Node.Empty();
        yield members(object, end, end, name -> name + "=", ", ", path);
      }
      case Schema.Definitions definitions -> definitions(definitions, this::keywords, path);
      default ->
          throw new IllegalArgumentException(
              path + ": expected an object, whose properties are the arguments of a call");
    };
  }

  private Node object(Schema.Obj object, String path) {
    Node first = literal("}"); // what comes when no property was written yet
    Node later = first;
    if (!object.others().isEmpty()) {
      Node member = others(object, path);
      Node next = new Node.Sequence(literal(","), member);
      Bounds free = new Bounds(0, Bounds.ANY);
      later = new ArrayBody(member, next, first, free, true);
      first = new ArrayBody(member, next, first, free, false);
    }
    UnaryOperator<String> name =
        text -> {
          StringBuilder json = new StringBuilder();
          JsonLiteral.string(text, path, json);
          return json.append(':').toString();
        };
    return new Node.Sequence(literal("{"), members(object, first, later, name, ",", path));
  }

  /**
   * The listed properties.
   *
   * @param none what comes behind them if none was written
   * @param some what comes behind them otherwise
   */
  private Node members(
      Schema.Obj object,
      Node none,
      Node some,
      UnaryOperator<String> spelling,
      String separator,
      String path) {
    Set<String> names = new HashSet<>();
    Node first = none;
    Node later = some;
    for (Schema.Property property : object.properties().reversed()) {
      if (!names.add(property.name())) {
        throw new IllegalArgumentException(
            "%s: expected each property once, found '%s' twice".formatted(path, property.name()));
      }
      String name = spelling.apply(property.name());
      Node value = compile(property.schema(), path + "." + property.name());
      Node tail = new Node.Sequence(value, later);
      Node writeFirst = new Node.Sequence(literal(name), tail);
      Node writeLater = new Node.Sequence(literal(separator + name), tail);
      first = property.required() ? writeFirst : new Alternatives(writeFirst, first);
      later = property.required() ? writeLater : new Alternatives(writeLater, later);
    }
    return first;
  }

  /** One of the properties that are not listed. */
  private Node others(Schema.Obj object, String path) {
    List<String> listed = new ArrayList<>();
    for (Schema.Property property : object.properties()) {
      listed.add(property.name());
    }
    List<Node> kinds = new ArrayList<>();
    for (int i = 0; i < object.others().size(); i++) {
      Node name = strings.name(object.others(), i, listed, path + ".*");
      Node value = compile(object.others().get(i).schema(), path + ".*");
      kinds.add(new Node.Sequence(name, new Node.Sequence(literal(":"), value)));
    }
    return new Node.Sequence(literal("\""), new Alternatives(kinds));
  }

  private Node choice(Schema.Enum choice, String path) {
    if (choice.values().isEmpty()) {
      throw new IllegalArgumentException(
          path + ": expected at least one value, found an empty enum");
    }
    List<Node> options = new ArrayList<>();
    for (Object value : choice.values()) {
      options.add(literal(JsonLiteral.of(value, path, notation)));
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

  private Node subset(Schema.Subset subset, String path) {
    Bounds bounds = bounds(subset.min(), subset.max(), path, "items");
    Map<String, Node> values = new LinkedHashMap<>(); // by what equal values have in common
    for (Object value : subset.values()) {
      String spelt = JsonLiteral.of(value, path, notation);
      boolean number = value instanceof Number;
      String key = number ? new BigDecimal(spelt).stripTrailingZeros().toPlainString() : spelt;
      values.putIfAbsent(key, literal(spelt));
    }
    if (values.size() > DifferentItems.MOST || values.size() < bounds.least()) {
      throw new IllegalArgumentException(
          "%s: expected %d to %d different values, found %d"
              .formatted(path, bounds.least(), DifferentItems.MOST, values.size()));
    }
    List<Node> options = List.copyOf(values.values());
    Node items = new DifferentItems(options, literal(","), literal("]"), 0, bounds);
    return new Node.Sequence(literal("["), items);
  }

  private Node tuple(Schema.Tuple tuple, String path) {
    Bounds bounds = bounds(tuple.min(), tuple.max(), path, "items");
    int first = tuple.prefix().size();
    if (tuple.items() == null && bounds.least() > first) {
      throw new IllegalArgumentException(
          "%s: expected at least %d items, found shapes for %d"
              .formatted(path, bounds.least(), first));
    }
    Node close = literal("]");
    Node tail = close; // what comes behind the first items
    Bounds left = bounds;
    for (int i = 0; i < first; i++) {
      left = left.mayGoOn() ? left.less() : left;
    }
    Schema items = tuple.items();
    if (items != null && bounds.most() > first) {
      Node item = compile(items, path + "[]");
      Node later = new Node.Sequence(literal(","), item);
      tail = new ArrayBody(item, later, close, left, first > 0);
    }
    for (int i = Math.min(first, bounds.most()) - 1; i >= 0; i--) {
      Node item = compile(tuple.prefix().get(i), path + "[" + i + "]");
      Node written = new Node.Sequence(i == 0 ? item : new Node.Sequence(literal(","), item), tail);
      tail = bounds.least() <= i ? new Alternatives(close, written) : written;
    }
    return new Node.Sequence(literal("["), tail);
  }

  private Node reference(Schema.Ref ref, String path) {
    Reference known = references.get(ref.name());
    if (known == null) {
      throw new IllegalArgumentException(
          "%s: expected a reference to one of %s, found '%s'"
              .formatted(path, references.keySet().stream().sorted().toList(), ref.name()));
    }
    return known;
  }

  private Node definitions(
      Schema.Definitions definitions, BiFunction<Schema, String, Node> root, String path) {
    if (definitions.named().size() > MOST_NAMES) {
      throw new IllegalArgumentException(
          "definitions: expected at most %d, found %d"
              .formatted(MOST_NAMES, definitions.named().size()));
    }
    Map<String, Reference> outer = references;
    references = new TreeMap<>();
    for (String name : definitions.named().keySet()) {
      references.put(name, new Reference(name));
    }
    for (Map.Entry<String, Reference> reference : references.entrySet()) {
      Schema schema = definitions.named().get(reference.getKey());
      if (schema != null) {
        reference.getValue().define(compile(schema, reference.getKey()));
      }
    }
    Node node = root.apply(definitions.root(), path);
    references = outer;
    SchemaCycles.check(definitions);
    return node;
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
        new Alternatives(
            string,
            number,
            literal(notation.isTrue),
            literal(notation.isFalse),
            literal(notation.none));
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

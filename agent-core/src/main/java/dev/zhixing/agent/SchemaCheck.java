package dev.zhixing.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Checks a value against a JSON Schema, as far as tools use it: type, enum, const, properties,
 * required, additionalProperties, items, anyOf, oneOf, $ref into $defs, and the limits of numbers,
 * strings and arrays. Unlike the standard, an object takes no properties that its schema does not
 * name, unless {@code additionalProperties} says so; and {@code null} stands for an optional
 * property that is left out. Unknown keywords are not checked.
 */
final class SchemaCheck {
  private static final int MOST_FAULTS = 5;
  private static final int DEEPEST = 32;

  private final JsonNode root;
  private final List<String> faults = new ArrayList<>();

  SchemaCheck(JsonNode root) {
    this.root = root;
  }

  /** What is wrong with {@code value}, the first few only; empty if nothing is. */
  List<String> faults(JsonNode value) {
    faults.clear();
    check("", value, root, 0);
    return List.copyOf(faults.subList(0, Math.min(MOST_FAULTS, faults.size())));
  }

  private void check(String path, JsonNode value, JsonNode schema, int depth) {
    if (depth > DEEPEST) {
      fault(path, "is nested too deeply");
      return;
    }
    JsonNode rule = resolve(schema);
    JsonNode choices = rule.has("anyOf") ? rule.get("anyOf") : rule.path("oneOf");
    if (choices.isArray()
        && !choices.isEmpty()
        && elements(choices).noneMatch(c -> fits(value, c, depth))) {
      fault(path, "fits none of the forms allowed");
    }
    if (rule.has("enum") && elements(rule.get("enum")).noneMatch(option -> same(option, value))) {
      String options =
          String.join(", ", elements(rule.get("enum")).map(SchemaCheck::plain).toList());
      fault(path, "must be one of " + options + ", found " + describe(value));
    } else if (rule.has("const") && !same(rule.get("const"), value)) {
      fault(path, "must be " + plain(rule.get("const")) + ", found " + describe(value));
    } else if (rule.has("type") && !rule.has("enum") && !hasType(value, rule.get("type"))) {
      fault(path, "must be " + typeName(rule.get("type")) + ", found " + describe(value));
    } else {
      checkLimits(path, value, rule, depth);
    }
  }

  private void checkLimits(String path, JsonNode value, JsonNode rule, int depth) {
    if (value.isObject() && rule.has("properties")) {
      checkProperties(path, value, rule, depth);
    } else if (value.isArray()) {
      int i = 0;
      for (JsonNode item : rule.has("items") ? value : List.<JsonNode>of()) {
        check(path + "[" + i++ + "]", item, rule.get("items"), depth + 1);
      }
      checkSize(path, value.size(), rule, "Items", "items");
    } else if (value.isTextual()) {
      checkSize(
          path,
          value.textValue().codePointCount(0, value.textValue().length()),
          rule,
          "Length",
          "characters");
    } else if (value.isNumber()) {
      checkRange(path, value, rule);
    }
  }

  private void checkProperties(String path, JsonNode value, JsonNode rule, int depth) {
    JsonNode properties = rule.get("properties");
    List<String> required = elements(rule.path("required")).map(JsonNode::asText).toList();
    for (String name : required) {
      if (!value.has(name)) {
        faults.add("`" + child(path, name) + "` is missing");
      }
    }
    JsonNode others = rule.path("additionalProperties");
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String name = entry.getKey();
      if (properties.has(name)) {
        if (!entry.getValue().isNull() || required.contains(name)) {
          check(child(path, name), entry.getValue(), properties.get(name), depth + 1);
        }
      } else if (others.isObject()) {
        check(child(path, name), entry.getValue(), others, depth + 1);
      } else if (!others.asBoolean(false)) {
        String known =
            String.join(", ", properties.properties().stream().map(Map.Entry::getKey).toList());
        faults.add(
            "`"
                + child(path, name)
                + "` is unknown"
                + (known.isEmpty() ? "" : ", there is " + known));
      }
    }
  }

  private void checkSize(String path, int size, JsonNode rule, String keyword, String unit) {
    if (size < rule.path("min" + keyword).asInt(0)
        || size > rule.path("max" + keyword).asInt(Integer.MAX_VALUE)) {
      fault(
          path,
          "has "
              + size
              + " "
              + unit
              + ", allowed are "
              + range(rule, "min" + keyword, "max" + keyword));
    }
  }

  private void checkRange(String path, JsonNode value, JsonNode rule) {
    double number = value.doubleValue();
    if (number < rule.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
        || number > rule.path("maximum").asDouble(Double.POSITIVE_INFINITY)
        || number <= rule.path("exclusiveMinimum").asDouble(Double.NEGATIVE_INFINITY)
        || number >= rule.path("exclusiveMaximum").asDouble(Double.POSITIVE_INFINITY)) {
      fault(path, "is " + value.asText() + ", allowed are " + range(rule, "minimum", "maximum"));
    }
  }

  private static String range(JsonNode rule, String least, String most) {
    JsonNode from = rule.has(least) ? rule.get(least) : rule.path("exclusiveMinimum");
    JsonNode to = rule.has(most) ? rule.get(most) : rule.path("exclusiveMaximum");
    return (from.isMissingNode() ? "" : from.asText())
        + ".."
        + (to.isMissingNode() ? "" : to.asText());
  }

  private boolean fits(JsonNode value, JsonNode schema, int depth) {
    SchemaCheck other = new SchemaCheck(root);
    other.check("", value, schema, depth + 1);
    return other.faults.isEmpty();
  }

  private JsonNode resolve(JsonNode schema) {
    JsonNode rule = schema;
    for (int hops = 0; rule.path("$ref").asText("").startsWith("#") && hops < DEEPEST; hops++) {
      rule = root.at(rule.get("$ref").asText().substring(1));
    }
    return rule;
  }

  private void fault(String path, String what) {
    faults.add((path.isEmpty() ? "the value" : "`" + path + "`") + " " + what);
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static boolean hasType(JsonNode value, JsonNode type) {
    if (type.isArray()) {
      return elements(type).anyMatch(one -> hasType(value, one));
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
      case "number" -> value.isNumber();
      case "null" -> value.isNull();
      default -> true;
    };
  }

  private static String typeName(JsonNode type) {
    if (type.isArray()) {
      return String.join(" or ", elements(type).map(SchemaCheck::typeName).toList());
    }
    String name = type.asText();
    return switch (name) {
      case "object", "array", "integer" -> "an " + name;
      case "null" -> name;
      default -> "a " + name;
    };
  }

  static String describe(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "the string " + shortened(value.toString());
      case NUMBER -> "the number " + value.asText();
      case BOOLEAN, NULL -> value.asText();
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, text.offsetByCodePoints(0, 50)) + "…\"";
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private static boolean same(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue()) == 0;
    }
    return a.equals(b);
  }

  private static java.util.stream.Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}

package dev.zhixing.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhixing.engine.grammar.Format;
import dev.zhixing.engine.grammar.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keywords of one JSON Schema object: which there may be, and the plain ones among them. */
final class SchemaKeys {
  /** Say nothing about a value's shape. */
  static final Set<String> NOTES =
      Set.of(
          "title",
          "description",
          "default",
          "examples",
          "example",
          "deprecated",
          "readOnly",
          "writeOnly",
          "$comment",
          "$schema",
          "$id",
          "id",
          "$anchor",
          "$defs",
          "definitions",
          "externalDocs",
          "xml",
          "contentEncoding",
          "contentMediaType",
          "discriminator",
          "strict",
          "propertyOrdering",
          "enumNames",
          "enumDescriptions",
          "markdownDescription");

  private static final Set<String> SHAPES =
      Set.of(
          "$ref",
          "allOf",
          "anyOf",
          "oneOf",
          "enum",
          "const",
          "type",
          "nullable",
          "properties",
          "required",
          "additionalProperties",
          "patternProperties",
          "propertyNames",
          "minProperties",
          "maxProperties",
          "items",
          "prefixItems",
          "additionalItems",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minLength",
          "maxLength",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf");

  private static final Set<String> NUMBER_FORMATS =
      Set.of("int32", "int64", "float", "double", "decimal");

  private static final List<String> TYPES =
      List.of("object", "array", "string", "integer", "number", "boolean", "null", "any");

  private SchemaKeys() {}

  /** Refuses keywords that are not enforced. */
  static void check(JsonNode schema, String where) {
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      String key = entry.getKey();
      if (!SHAPES.contains(key) && !NOTES.contains(key) && !key.startsWith("x-")) {
        throw refused(where, "keywords that can be enforced", "'" + key + "'");
      }
      checkKind(key, entry.getValue(), where);
    }
  }

  /** Refuses values of a keyword that are of another kind than it has. */
  private static void checkKind(String key, JsonNode value, String where) {
    boolean right =
        switch (key) {
          case "allOf", "anyOf", "oneOf", "prefixItems", "enum" ->
              value.isArray() && !value.isEmpty();
          case "properties", "patternProperties" -> value.isObject();
          case "required" -> value.isArray() && isText(value);
          case "$ref" -> value.isTextual();
          case "pattern", "format", "type" -> isText(value);
          case "uniqueItems", "nullable" -> value.isBoolean();
          default -> true;
        };
    if (!right) {
      throw refused(where, "'" + key + "' of the kind that JSON Schema says", value.toString());
    }
  }

  private static boolean isText(JsonNode value) {
    for (JsonNode each : value) {
      if (!each.isTextual()) {
        return false;
      }
    }
    return value.isTextual() || value.isArray();
  }

  /** Refuses keywords other than these and notes. */
  static void only(JsonNode schema, String where, String... keys) {
    List<String> known = List.of(keys);
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      String key = entry.getKey();
      if (!known.contains(key) && !NOTES.contains(key) && !key.startsWith("x-")) {
        throw refused(where, "beside " + known.getFirst() + " only " + known, "'" + key + "'");
      }
    }
  }

  static IllegalArgumentException refused(String where, String expected, String found) {
    String shown = found.length() <= 300 ? found : found.substring(0, 300) + "…";
    return new IllegalArgumentException(where + ": expected " + expected + ", found " + shown);
  }

  /** The types that a value may have; inferred from other keywords where none is named. */
  static List<String> types(JsonNode schema, String where) {
    List<String> types = new ArrayList<>();
    JsonNode type = schema.path("type");
    if (type.isTextual()) {
      types.add(type.asText());
    } else if (type.isArray() && !type.isEmpty()) {
      type.forEach(each -> types.add(each.asText()));
    } else if (!type.isMissingNode()) {
      throw refused(where, "a JSON type such as object, string or number", type.toString());
    } else {
      types.add(inferred(schema));
    }
    if (types.contains("number")) {
      types.remove("integer");
    }
    if (schema.path("nullable").asBoolean() && !types.contains("null")) {
      types.add("null");
    }
    for (String each : types) {
      if (!TYPES.contains(each)) {
        throw refused(where, "a JSON type such as object, string or number", "\"" + each + "\"");
      }
    }
    return types;
  }

  /** A schema without a type that has keywords of one: a value of that type fits it. */
  private static String inferred(JsonNode schema) {
    String[][] keys = {
      {"object", "properties", "required", "additionalProperties", "patternProperties"},
      {"array", "items", "prefixItems", "minItems", "maxItems", "uniqueItems"},
      {"string", "pattern", "format", "minLength", "maxLength"},
      {"number", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
      {"object", "propertyNames", "minProperties", "maxProperties"}
    };
    for (String[] group : keys) {
      for (int i = 1; i < group.length; i++) {
        if (schema.has(group[i])) {
          return group[0];
        }
      }
    }
    return "any";
  }

  /** Whether a value has a type that the schema allows. */
  static boolean fitsType(JsonNode schema, JsonNode value) {
    JsonNode type = schema.path("type");
    if (type.isMissingNode()) {
      return true;
    }
    boolean fits = value.isNull() && schema.path("nullable").asBoolean();
    for (JsonNode each : type.isArray() ? type : List.of(type)) {
      fits |=
          switch (each.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isNumber() && isWhole(value.decimalValue());
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
          };
    }
    return fits;
  }

  private static boolean isWhole(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0;
  }

  /**
   * A value as the engine's schemas take it. By hand, as a mapper takes 40 ms for its first one.
   */
  static Object value(JsonNode node) {
    if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      for (JsonNode item : node) {
        items.add(value(item));
      }
      return items;
    }
    if (node.isObject()) {
      Map<String, Object> members = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        members.put(member.getKey(), value(member.getValue()));
      }
      return members;
    }
    return node.isNull()
        ? new Schema.Null()
        : node.isBoolean()
            ? node.asBoolean()
            : node.isNumber() ? node.numberValue() : node.asText();
  }

  static Schema.Str string(JsonNode schema, String where) {
    List<String> patterns = new ArrayList<>();
    for (JsonNode pattern : all(schema.path("pattern"))) {
      patterns.add(pattern.asText());
    }
    for (JsonNode name : all(schema.path("format"))) {
      Format format = Format.named(name.asText());
      if (format == null && !NUMBER_FORMATS.contains(name.asText())) {
        throw refused(
            where, "a format that can be enforced, such as date-time, email or uuid", name + "");
      }
      if (format != null) {
        patterns.add(format.pattern());
      }
    }
    return new Schema.Str(
        count(schema, "minLength", where), count(schema, "maxLength", where), patterns);
  }

  /** One value, or several where schemas were merged. */
  private static Iterable<JsonNode> all(JsonNode value) {
    return value.isArray() ? value : value.isMissingNode() ? List.of() : List.of(value);
  }

  static @Nullable Integer count(JsonNode schema, String key, String where) {
    JsonNode value = number(schema, key, where);
    if (value == null) {
      return null;
    }
    double count = value.doubleValue();
    if (!(count >= 0) || Math.rint(count) != count) {
      throw refused(where, key + " to be a whole number from 0 on", value + "");
    }
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  static @Nullable Double real(JsonNode schema, String key, String where) {
    JsonNode value = number(schema, key, where);
    return value == null ? null : Double.valueOf(value.doubleValue());
  }

  static @Nullable BigDecimal decimal(JsonNode schema, String key, String where) {
    JsonNode value = number(schema, key, where);
    return value == null ? null : value.decimalValue();
  }

  static @Nullable JsonNode number(JsonNode schema, String key, String where) {
    JsonNode value = schema.get(key);
    if (value != null && !value.isNumber()) {
      throw refused(where, key + " to be a number", value.toString());
    }
    return value;
  }
}

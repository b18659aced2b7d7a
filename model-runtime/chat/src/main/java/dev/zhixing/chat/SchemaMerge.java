package dev.zhixing.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Merges JSON Schemas that must hold at once into one, where a plain merge says the same. */
final class SchemaMerge {
  private static final int DEEPEST = 30;
  private static final int MOST_MERGES = 10_000;

  private final BiFunction<String, String, JsonNode> resolve;
  private int depth;
  private int merges;

  /** Merges with a function that finds what a reference in a place means. */
  SchemaMerge(BiFunction<String, String, JsonNode> resolve) {
    this.resolve = resolve;
  }

  /** Whether a schema's reference has no other keywords beside it. */
  static boolean isAlone(JsonNode schema) {
    ObjectNode beside = ((ObjectNode) schema).deepCopy();
    beside.remove("$ref");
    return hasNoKeywords(beside);
  }

  static boolean hasNoKeywords(JsonNode schema) {
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      if (!SchemaKeys.NOTES.contains(entry.getKey()) && !entry.getKey().startsWith("x-")) {
        return false;
      }
    }
    return true;
  }

  /** A schema that has no {@code allOf}, and no {@code $ref} with others beside it. */
  ObjectNode flat(JsonNode schema, String where) {
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    JsonNode parts = whole.path("allOf");
    JsonNode reference = whole.path("$ref");
    whole.remove("allOf");
    whole.remove("$ref");
    if (reference.isTextual()) {
      whole = both(resolve.apply(reference.asText(), where), whole, where);
    }
    for (int i = 0; i < parts.size(); i++) {
      whole = both(whole, parts.get(i), where + ".allOf[" + i + "]");
    }
    return whole;
  }

  /** A schema of what fits both. */
  ObjectNode both(JsonNode a, JsonNode b, String where) {
    if (++depth > DEEPEST) {
      throw SchemaKeys.refused(
          where, "allOf without recursion, nested at most " + DEEPEST + " deep", "more");
    }
    if (++merges > MOST_MERGES) {
      throw SchemaKeys.refused(where, "at most " + MOST_MERGES + " parts of allOf", "more");
    }
    ObjectNode merged = plain(a, where).deepCopy();
    ObjectNode other = plain(b, where);
    checkProperties(merged, other, where);
    for (Map.Entry<String, JsonNode> entry : other.properties()) {
      String key = entry.getKey();
      JsonNode value = entry.getValue();
      JsonNode known = merged.get(key);
      if (known == null || SchemaKeys.NOTES.contains(key) || known.equals(value)) {
        merged.set(key, value);
      } else {
        merged.set(key, keyword(key, known, value, where));
      }
    }
    depth--;
    return merged;
  }

  /** An object form of a schema without {@code $ref} and {@code allOf}. */
  private ObjectNode plain(JsonNode schema, String where) {
    if (schema.isBoolean() && schema.asBoolean()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!schema.isObject()) {
      throw SchemaKeys.refused(where, "a schema that some value fits", schema.toString());
    }
    SchemaKeys.check(schema, where);
    return schema.has("$ref") || schema.has("allOf") ? flat(schema, where) : (ObjectNode) schema;
  }

  private JsonNode keyword(String key, JsonNode a, JsonNode b, String where) {
    return switch (key) {
      case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties" ->
          a.decimalValue().compareTo(b.decimalValue()) >= 0 ? a : b;
      case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties" ->
          a.decimalValue().compareTo(b.decimalValue()) <= 0 ? a : b;
      case "type" -> types(a, b, where);
      case "required", "pattern", "format" -> union(a, b);
      case "enum" -> intersection(a, b, where);
      case "properties" -> properties(a, b);
      case "items" -> conjunction(a, b);
      default -> throw SchemaKeys.refused(where, "one '" + key + "'", "several: " + a + ", " + b);
    };
  }

  private static ArrayNode union(JsonNode a, JsonNode b) {
    Set<JsonNode> all = new LinkedHashSet<>();
    (a.isArray() ? a : one(a)).forEach(all::add);
    (b.isArray() ? b : one(b)).forEach(all::add);
    return JsonNodeFactory.instance.arrayNode().addAll(all);
  }

  private static ArrayNode one(JsonNode value) {
    return JsonNodeFactory.instance.arrayNode().add(value);
  }

  private static JsonNode intersection(JsonNode a, JsonNode b, String where) {
    Set<JsonNode> second = new LinkedHashSet<>();
    b.forEach(second::add);
    ArrayNode common = JsonNodeFactory.instance.arrayNode();
    for (JsonNode value : a) {
      if (second.contains(value)) {
        common.add(value);
      }
    }
    if (common.isEmpty()) {
      throw SchemaKeys.refused(where, "values that both enums have", "none");
    }
    return common;
  }

  private static JsonNode types(JsonNode a, JsonNode b, String where) {
    ArrayNode common = JsonNodeFactory.instance.arrayNode();
    for (JsonNode first : a.isArray() ? a : one(a)) {
      for (JsonNode second : b.isArray() ? b : one(b)) {
        boolean whole = Set.of(first.asText(), second.asText()).equals(Set.of("integer", "number"));
        if (first.equals(second) || whole) {
          common.add(whole ? "integer" : first.asText());
        }
      }
    }
    if (common.isEmpty()) {
      throw SchemaKeys.refused(where, "a type that both have", a + " and " + b);
    }
    return common.size() == 1 ? common.get(0) : common;
  }

  private static JsonNode properties(JsonNode a, JsonNode b) {
    ObjectNode all = ((ObjectNode) a).deepCopy();
    for (Map.Entry<String, JsonNode> entry : b.properties()) {
      JsonNode known = all.get(entry.getKey());
      all.set(
          entry.getKey(),
          known == null || known.equals(entry.getValue())
              ? entry.getValue()
              : conjunction(known, entry.getValue()));
    }
    return all;
  }

  private static ObjectNode conjunction(JsonNode a, JsonNode b) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.putArray("allOf").add(a).add(b);
    return all;
  }

  /** Refuses to merge objects of which one closes itself to the other's properties. */
  private static void checkProperties(ObjectNode a, ObjectNode b, String where) {
    boolean limits = (limitsOthers(a) && !covers(a, b)) || (limitsOthers(b) && !covers(b, a));
    if (limits) {
      throw SchemaKeys.refused(
          where,
          "parts that list the same properties where one limits additionalProperties",
          "different ones");
    }
  }

  private static boolean limitsOthers(JsonNode schema) {
    JsonNode additional = schema.path("additionalProperties");
    boolean open = additional.isMissingNode() || (additional.isBoolean() && additional.asBoolean());
    return !open || schema.has("patternProperties") || schema.has("propertyNames");
  }

  private static boolean covers(JsonNode a, JsonNode b) {
    for (Map.Entry<String, JsonNode> property : b.path("properties").properties()) {
      if (!a.path("properties").has(property.getKey())) {
        return false;
      }
    }
    return true;
  }

  /** Refuses a {@code oneOf} of which two options may fit the same value. */
  static void checkDisjoint(
      JsonNode options, BiFunction<String, String, JsonNode> resolve, String where) {
    for (int i = 0; i < options.size(); i++) {
      for (int j = i + 1; j < options.size(); j++) {
        if (!SchemaKinds.differ(options.get(i), options.get(j), resolve, where, 0)) {
          throw SchemaKeys.refused(
              where,
              "oneOf with options that differ in type, in values, or in a required property's"
                  + " values; use anyOf",
              "that options " + i + " and " + j + " may fit the same value");
        }
      }
    }
  }
}

package dev.zhixing.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Tells JSON Schemas apart that no value fits at once, as far as that is easily seen. */
final class SchemaKinds {
  private static final int DEEPEST = 3;
  private static final int MOST_REFERENCES = 20;

  private SchemaKinds() {}

  /** Whether it is certain that no value fits both. */
  static boolean differ(
      JsonNode first,
      JsonNode second,
      BiFunction<String, String, JsonNode> resolve,
      String where,
      int depth) {
    JsonNode a = followed(first, resolve, where);
    JsonNode b = followed(second, resolve, where);
    if (depth > DEEPEST || !a.isObject() || !b.isObject()) {
      return false;
    }
    Set<JsonNode> valuesA = values(a);
    Set<JsonNode> valuesB = values(b);
    if (!valuesA.isEmpty() && !valuesB.isEmpty()) {
      return valuesA.stream().noneMatch(valuesB::contains);
    }
    if (!valuesA.isEmpty() || !valuesB.isEmpty()) {
      JsonNode typed = valuesA.isEmpty() ? a : b;
      Set<JsonNode> values = valuesA.isEmpty() ? valuesB : valuesA;
      return typed.has("type") && values.stream().noneMatch(v -> SchemaKeys.fitsType(typed, v));
    }
    if (a.has("type") && b.has("type") && typesDiffer(a, b, where)) {
      return true;
    }
    Set<String> names = new HashSet<>();
    a.path("required").forEach(name -> names.add(name.asText()));
    boolean objects = isObject(a) && isObject(b);
    for (JsonNode name : b.path("required")) {
      JsonNode inA = a.path("properties").path(name.asText());
      JsonNode inB = b.path("properties").path(name.asText());
      if (objects && names.contains(name.asText()) && differ(inA, inB, resolve, where, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isObject(JsonNode schema) {
    return schema.path("type").asText().equals("object");
  }

  private static JsonNode followed(
      JsonNode schema, BiFunction<String, String, JsonNode> resolve, String where) {
    JsonNode at = schema;
    for (int i = 0; i < MOST_REFERENCES && at.path("$ref").isTextual(); i++) {
      at = resolve.apply(at.get("$ref").asText(), where);
    }
    return at;
  }

  private static Set<JsonNode> values(JsonNode schema) {
    Set<JsonNode> values = new HashSet<>();
    if (schema.has("const")) {
      values.add(schema.get("const"));
    } else {
      schema.path("enum").forEach(values::add);
    }
    return values;
  }

  private static boolean typesDiffer(JsonNode a, JsonNode b, String where) {
    List<String> typesA = SchemaKeys.types(a, where);
    List<String> typesB = SchemaKeys.types(b, where);
    for (String first : typesA) {
      for (String second : typesB) {
        boolean numbers = Set.of("integer", "number").containsAll(List.of(first, second));
        if (first.equals(second) || numbers || first.equals("any") || second.equals("any")) {
          return false;
        }
      }
    }
    return true;
  }
}

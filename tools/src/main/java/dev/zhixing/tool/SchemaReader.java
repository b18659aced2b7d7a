package dev.zhixing.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a JSON Schema into LangChain4j's classes. A schema whose keywords LangChain4j's class
 * carries in full becomes that class; every other one (a range, a length, a pattern, numbers as
 * enum values) becomes a {@link JsonRawSchema} of its own text, so that nothing is lost.
 */
final class SchemaReader {

  private static final Set<String> PLAIN = Set.of("type", "description");
  private static final Set<String> ENUM = Set.of("type", "description", "enum");
  private static final Set<String> ARRAY = Set.of("type", "description", "items");
  private static final Set<String> OBJECT =
      Set.of("type", "description", "properties", "required", "additionalProperties");

  private SchemaReader() {}

  /** The schema of a tool's arguments, always an object. */
  static JsonObjectSchema parameters(@Nullable JsonNode schema, String where) {
    if (schema == null || schema.isNull()) {
      return JsonObjectSchema.builder().build();
    }
    if (!schema.isObject() || !schema.path("type").asText("object").equals("object")) {
      throw new IllegalArgumentException(
          where + ": expected a schema of type object, found " + schema);
    }
    return object(schema, where);
  }

  private static JsonSchemaElement element(JsonNode schema, String where) {
    if (!schema.isObject()) {
      throw new IllegalArgumentException(
          where + ": expected a JSON Schema object, found " + schema);
    }
    String description = schema.path("description").asText(null);
    return switch (schema.path("type").asText()) {
      case "string" -> string(schema, description);
      case "integer" ->
          has(schema, PLAIN)
              ? JsonIntegerSchema.builder().description(description).build()
              : raw(schema);
      case "number" ->
          has(schema, PLAIN)
              ? JsonNumberSchema.builder().description(description).build()
              : raw(schema);
      case "boolean" ->
          has(schema, PLAIN)
              ? JsonBooleanSchema.builder().description(description).build()
              : raw(schema);
      case "array" ->
          has(schema, ARRAY) && schema.path("items").isObject()
              ? JsonArraySchema.builder()
                  .description(description)
                  .items(element(schema.path("items"), where + ".items"))
                  .build()
              : raw(schema);
      case "object" -> has(schema, OBJECT) ? object(schema, where) : raw(schema);
      default -> raw(schema);
    };
  }

  private static JsonSchemaElement string(JsonNode schema, @Nullable String description) {
    if (has(schema, PLAIN)) {
      return JsonStringSchema.builder().description(description).build();
    }
    if (has(schema, ENUM) && schema.path("enum").isArray() && allText(schema.path("enum"))) {
      return JsonEnumSchema.builder()
          .description(description)
          .enumValues(texts(schema.path("enum")))
          .build();
    }
    return raw(schema);
  }

  private static JsonObjectSchema object(JsonNode schema, String where) {
    var builder = JsonObjectSchema.builder();
    builder.description(schema.path("description").asText(null));
    for (var property : schema.path("properties").properties()) {
      builder.addProperty(
          property.getKey(), element(property.getValue(), where + "." + property.getKey()));
    }
    List<String> required = texts(schema.path("required"));
    for (String name : required) {
      if (!schema.path("properties").has(name)) {
        throw new IllegalArgumentException(
            where + ": required property '" + name + "' is not among the properties");
      }
    }
    builder.required(required);
    if (schema.path("additionalProperties").isBoolean()) {
      builder.additionalProperties(schema.path("additionalProperties").booleanValue());
    }
    return builder.build();
  }

  private static JsonRawSchema raw(JsonNode schema) {
    return JsonRawSchema.from(schema.toString());
  }

  private static boolean has(JsonNode schema, Set<String> onlyKeywords) {
    for (var keyword : schema.properties()) {
      if (!onlyKeywords.contains(keyword.getKey())) {
        return false;
      }
    }
    return true;
  }

  private static boolean allText(JsonNode values) {
    for (JsonNode value : values) {
      if (!value.isTextual()) {
        return false;
      }
    }
    return !values.isEmpty();
  }

  private static List<String> texts(JsonNode values) {
    var texts = new ArrayList<String>();
    values.forEach(value -> texts.add(value.asText()));
    return texts;
  }
}

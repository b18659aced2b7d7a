package dev.zhixing.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's schema types as one JSON Schema tree, the form that signatures and grammars are
 * made from.
 */
final class JsonSchemas {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEFINITIONS = "#/$defs/";

  private JsonSchemas() {}

  /** The schema of a tool's arguments; an object without properties where the tool has none. */
  static ObjectNode parameters(ToolSpecification tool) {
    JsonObjectSchema parameters = tool.parameters();
    if (parameters == null) {
      ObjectNode none = typed("object", null);
      none.putObject("properties");
      return none;
    }
    return of(parameters);
  }

  /** The tree of a whole schema; all definitions within it stand in its root's {@code $defs}. */
  static ObjectNode of(JsonSchemaElement element) {
    Map<String, JsonSchemaElement> definitions = new LinkedHashMap<>();
    ObjectNode root = tree(element, definitions);
    ObjectNode shapes = JsonNodeFactory.instance.objectNode();
    while (shapes.size() < definitions.size()) { // a definition may bring further ones
      for (String name : List.copyOf(definitions.keySet())) {
        JsonSchemaElement definition = definitions.get(name);
        if (!shapes.has(name) && definition != null) {
          shapes.set(name, tree(definition, definitions));
        }
      }
    }
    if (!shapes.isEmpty()) {
      root.set("$defs", shapes);
    }
    return root;
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static ObjectNode tree(
      JsonSchemaElement element, Map<String, JsonSchemaElement> definitions) {
    return switch (element) {
      case JsonObjectSchema object -> object(object, definitions);
      case JsonStringSchema string -> typed("string", string.description());
      case JsonIntegerSchema integer -> typed("integer", integer.description());
      case JsonNumberSchema number -> typed("number", number.description());
      case JsonBooleanSchema bool -> typed("boolean", bool.description());
      case JsonNullSchema nothing -> typed("null", nothing.description());
      case JsonEnumSchema values -> {
        ObjectNode node = typed("string", values.description());
        values.enumValues().forEach(node.putArray("enum")::add);
        yield node;
      }
      case JsonArraySchema array -> {
        ObjectNode node = typed("array", array.description());
        if (array.items() != null) {
          node.set("items", tree(array.items(), definitions));
        }
        yield node;
      }
      case JsonAnyOfSchema any -> {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode choices = node.putArray("anyOf");
        any.anyOf().forEach(choice -> choices.add(tree(choice, definitions)));
        yield node;
      }
      case JsonReferenceSchema reference ->
          JsonNodeFactory.instance
              .objectNode()
              .put("$ref", DEFINITIONS + escaped(String.valueOf(reference.reference())));
      case JsonRawSchema raw -> parse(raw.schema());
      default ->
          throw new IllegalArgumentException(
              "tool schema: expected an object, array, string, number, integer, boolean, enum,"
                  + " anyOf or raw schema, found "
                  + element.getClass().getSimpleName());
    };
  }

  private static ObjectNode object(
      JsonObjectSchema object, Map<String, JsonSchemaElement> definitions) {
    ObjectNode node = typed("object", object.description());
    ObjectNode properties = node.putObject("properties");
    for (Map.Entry<String, JsonSchemaElement> property : object.properties().entrySet()) {
      ObjectNode value = tree(property.getValue(), definitions);
      if (isMap(property.getValue())) {
        value.put("additionalProperties", true);
      }
      properties.set(property.getKey(), value);
    }
    ArrayNode required = node.putArray("required");
    if (object.required() != null) {
      object.required().forEach(required::add);
    }
    if (Boolean.TRUE.equals(object.additionalProperties())) {
      node.put("additionalProperties", true);
    }
    if (object.definitions() != null) {
      definitions.putAll(object.definitions());
    }
    return node;
  }

  /** An object that names no properties: LangChain4j's schema of a Java map. */
  private static boolean isMap(JsonSchemaElement element) {
    return element instanceof JsonObjectSchema object
        && object.properties().isEmpty()
        && object.additionalProperties() == null;
  }

  private static ObjectNode typed(String type, @Nullable String description) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", type);
    if (description != null) {
      node.put("description", description);
    }
    return node;
  }

  private static ObjectNode parse(String schema) {
    try {
      JsonNode node = JSON.readTree(schema);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalArgumentException("raw schema: expected a JSON object, found " + schema);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("raw schema: expected JSON, found " + schema, e);
    }
  }
}

package dev.zhixing.samples.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.io.UncheckedIOException;

/** A tool's parameters as a JSON schema. */
final class SchemaJson {

  private SchemaJson() {}

  static JsonNode of(ToolSpecification tool) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = out.putObject("properties");
    tool.parameters().properties().forEach((name, s) -> properties.set(name, element(s)));
    tool.parameters().required().forEach(out.putArray("required")::add);
    return out;
  }

  private static JsonNode element(JsonSchemaElement schema) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    switch (schema) {
      case JsonEnumSchema e ->
          e.enumValues().forEach(out.put("type", "string").putArray("enum")::add);
      case JsonIntegerSchema i -> out.put("type", "integer");
      case JsonNumberSchema n -> out.put("type", "number");
      case JsonBooleanSchema b -> out.put("type", "boolean");
      case JsonArraySchema a -> out.put("type", "array").set("items", element(a.items()));
      case JsonRawSchema raw -> {
        try {
          return new com.fasterxml.jackson.databind.ObjectMapper().readTree(raw.schema());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
          throw new UncheckedIOException(e);
        }
      }
      default -> out.put("type", "string");
    }
    return out;
  }
}

package dev.zhixing.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Tools written as one line each, for prompts that a small model reads quickly: {@code
 * set_light(room: kitchen|study, state: on|off, brightness?: int 1..100): Turn a light on or off,
 * or dim it.}
 *
 * <p>A parameter that an earlier tool has already spelt out in the same way is only named.
 */
final class ToolSignatures {

  private ToolSignatures() {}

  /** The lines of {@code tools} in the given order, parted by line feeds. */
  static String render(List<ToolSpecification> tools) {
    Set<String> spelt = new HashSet<>();
    StringJoiner lines = new StringJoiner("\n");
    for (ToolSpecification tool : tools) {
      lines.add(line(tool, spelt));
    }
    return lines.toString();
  }

  private static String line(ToolSpecification tool, Set<String> spelt) {
    ObjectNode parameters = JsonSchemas.parameters(tool);
    String description = tool.description();
    return tool.name()
        + "("
        + properties(parameters, spelt)
        + ")"
        + (description == null || description.isBlank() ? "" : ": " + oneLine(description));
  }

  private static String properties(JsonNode object, Set<String> spelt) {
    Set<String> required = new HashSet<>();
    object.path("required").forEach(name -> required.add(name.asText()));
    StringJoiner out = new StringJoiner(", ");
    for (Map.Entry<String, JsonNode> property : object.path("properties").properties()) {
      String name = property.getKey() + (required.contains(property.getKey()) ? "" : "?");
      String detail = detail(property.getValue(), spelt);
      boolean known = !detail.isEmpty() && !spelt.add(property.getKey() + detail);
      out.add(known ? name : name + detail);
    }
    return out.toString();
  }

  private static String detail(JsonNode schema, Set<String> spelt) {
    String type = type(schema, spelt);
    String description = schema.path("description").asText("");
    return (type.isEmpty() ? "" : ": " + type)
        + (description.isBlank() ? "" : " (" + oneLine(description) + ")");
  }

  private static String type(JsonNode schema, Set<String> spelt) {
    if (schema.has("enum")) {
      return join(schema.get("enum"), "|");
    }
    if (schema.has("anyOf")) {
      StringJoiner out = new StringJoiner(" or ");
      schema.get("anyOf").forEach(choice -> out.add(named(choice, spelt)));
      return out.toString();
    }
    return switch (schema.path("type").asText("string")) {
      case "integer" -> "int" + range(schema);
      case "number" -> "number" + range(schema);
      case "boolean" -> "true|false";
      case "array" -> "[" + named(schema.path("items"), spelt) + "]";
      case "object" -> "{" + properties(schema, spelt) + "}";
      case "string" -> "";
      default -> schema.path("type").asText();
    };
  }

  /** A type in a place where a plain string must be named, too. */
  private static String named(JsonNode schema, Set<String> spelt) {
    String type = type(schema, spelt);
    return type.isEmpty() ? "string" : type;
  }

  private static String range(JsonNode schema) {
    String from = schema.path("minimum").asText("");
    String to = schema.path("maximum").asText("");
    return from.isEmpty() && to.isEmpty() ? "" : " " + from + ".." + to;
  }

  private static String join(JsonNode values, String separator) {
    StringJoiner out = new StringJoiner(separator);
    values.forEach(value -> out.add(value.asText()));
    return out.toString();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}

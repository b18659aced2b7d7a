package dev.zhixing.planner.dag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts results into arguments.
 *
 * @param results texts by the ids of their calls
 */
record Resolver(List<ToolSpecification> tools, Map<String, String> results) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The arguments of {@code node} as JSON, with results in place of references. */
  String arguments(CallGraph.Node node) {
    ObjectNode resolved = JSON.createObjectNode();
    node.arguments()
        .properties()
        .forEach(
            each ->
                resolved.set(
                    each.getKey(), resolve(each.getValue(), isText(node.tool(), each.getKey()))));
    return resolved.toString();
  }

  private JsonNode resolve(JsonNode value, boolean isText) {
    if (value instanceof ObjectNode object) {
      ObjectNode copy = JSON.createObjectNode();
      object.properties().forEach(e -> copy.set(e.getKey(), resolve(e.getValue(), false)));
      return copy;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode copy = JSON.createArrayNode();
      array.forEach(child -> copy.add(resolve(child, false)));
      return copy;
    }
    if (!value.isTextual()) {
      return value;
    }
    Optional<String> whole = CallGraph.whole(value.asText()).map(results::get);
    return whole.isPresent() && !isText
        ? typed(whole.get())
        : JSON.getNodeFactory().textNode(CallGraph.resolved(value.asText(), results));
  }

  /** Whether the parameter is declared as text, so that a number stays one. */
  private boolean isText(String tool, String parameter) {
    return tools.stream()
        .filter(t -> t.name().equals(tool) && t.parameters() != null)
        .map(t -> t.parameters().properties().get(parameter))
        .anyMatch(JsonStringSchema.class::isInstance);
  }

  private static JsonNode typed(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null || node.isMissingNode() ? JSON.getNodeFactory().textNode(text) : node;
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text); // not JSON, so text
    }
  }
}

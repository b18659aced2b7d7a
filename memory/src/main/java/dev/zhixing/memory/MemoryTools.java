package dev.zhixing.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.ToolboxBuilder;

/**
 * The tools {@code remember} (WRITE: a fact can be forgotten again) and {@code recall} (READ) on a
 * {@link FactStore}. Nothing is opened before a tool is called.
 */
public final class MemoryTools {

  /** {@code remember(fact)} answers {@code {"ok":true}}. */
  public static final ToolSpecification REMEMBER =
      ToolSpecification.builder()
          .name("remember")
          .description("Store a fact about the user for later conversations.")
          .parameters(JsonObjectSchema.builder().addStringProperty("fact").required("fact").build())
          .build();

  /** {@code recall(query)} answers {@code {"facts":["…"]}}. */
  public static final ToolSpecification RECALL =
      ToolSpecification.builder()
          .name("recall")
          .description("Look up what is stored about the user.")
          .parameters(
              JsonObjectSchema.builder().addStringProperty("query").required("query").build())
          .build();

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_FACTS = 5;

  private final FactStore store;

  /** Tools on this store. */
  public MemoryTools(FactStore store) {
    this.store = store;
  }

  /** Adds both tools to a toolbox. */
  public ToolboxBuilder addTo(ToolboxBuilder toolbox) {
    return toolbox.add(REMEMBER, remember(), Effect.WRITE).add(RECALL, recall(), Effect.READ);
  }

  private ToolExecutor remember() {
    return (request, memoryId) -> {
      store.remember(text(request, "fact"));
      return JSON.createObjectNode().put("ok", true).toString();
    };
  }

  private ToolExecutor recall() {
    return (request, memoryId) -> {
      ObjectNode answer = JSON.createObjectNode();
      var facts = answer.putArray("facts");
      store.recall(text(request, "query"), MOST_FACTS).forEach(facts::add);
      return answer.toString();
    };
  }

  private static String text(ToolExecutionRequest request, String name) {
    try {
      JsonNode value = JSON.readTree(request.arguments()).path(name);
      if (value.isTextual()) {
        return value.textValue();
      }
      throw new IllegalArgumentException(
          name + ": expected a string, found " + (value.isMissingNode() ? "nothing" : value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the arguments are not JSON: " + e.getOriginalMessage(), e);
    }
  }
}

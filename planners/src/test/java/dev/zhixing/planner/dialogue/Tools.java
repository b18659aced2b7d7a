package dev.zhixing.planner.dialogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.ToolboxBuilder;
import java.util.List;
import java.util.function.Function;

/** What the tests of planners set an agent up with. */
public final class Tools {
  private static final JsonMapper JSON = new JsonMapper();

  private Tools() {}

  /** A READ tool with one text parameter, {@code of}. */
  public static ToolboxBuilder add(
      ToolboxBuilder tools, String name, Function<String, String> body) {
    return add(tools, name, body, Effect.READ);
  }

  /** A tool with one text parameter, {@code of}. */
  public static ToolboxBuilder add(
      ToolboxBuilder tools, String name, Function<String, String> body, Effect effect) {
    ToolSpecification specification =
        ToolSpecification.builder()
            .name(name)
            .description("Gives the " + name + " of something.")
            .parameters(JsonObjectSchema.builder().addStringProperty("of").required("of").build())
            .build();
    return tools.add(specification, (call, _) -> body.apply(of(call.arguments())), effect);
  }

  private static String of(String arguments) {
    try {
      JsonNode node = JSON.readTree(arguments);
      return node.path("of").asText();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(arguments, e);
    }
  }

  /** The last thing that a request says to the model. */
  public static String question(ChatRequest request) {
    return ((UserMessage) request.messages().getLast()).singleText();
  }

  /** The last thing that each request says to the model, where it is not a tool's result. */
  public static List<String> questions(List<ChatRequest> requests) {
    return requests.stream()
        .filter(r -> r.messages().getLast() instanceof UserMessage)
        .map(Tools::question)
        .toList();
  }
}

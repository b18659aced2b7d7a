package dev.zhixing.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.agent.prompt.Prompts;
import dev.zhixing.agent.prompt.SpokenJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Asks a model how likely it holds each option, as JSON. */
record AskingScorer(ChatModel model) implements OptionScorer {
  private static final Prompts PROMPTS = Prompts.of(AskingScorer.class);
  private static final JsonSchema SCHEMA =
      JsonSchema.builder()
          .name("probabilities")
          .rootElement(
              JsonObjectSchema.builder()
                  .addProperty(
                      "probabilities",
                      JsonArraySchema.builder().items(new JsonNumberSchema()).build())
                  .required("probabilities")
                  .additionalProperties(false)
                  .build())
          .build();

  @Override
  public OptionScores score(List<ChatMessage> messages, List<String> options) {
    OptionScores.check(options);
    List<ChatMessage> question = new ArrayList<>(messages);
    question.add(
        UserMessage.from(
            PROMPTS.text("options-v1", words(messages), Map.of("options", numbered(options)))));
    ChatRequest.Builder request = ChatRequest.builder().messages(question);
    if (model.supportedCapabilities().contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA)) {
      request.responseFormat(
          ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(SCHEMA).build());
    }
    ChatResponse response = model.chat(request.build());
    String text = response.aiMessage().text();
    return new OptionScores(
        options, probabilities(text == null ? "" : text, options), Usage.of(response));
  }

  private static String words(List<ChatMessage> messages) {
    return messages.reversed().stream()
        .filter(m -> m instanceof UserMessage user && user.hasSingleText())
        .map(m -> ((UserMessage) m).singleText())
        .findFirst()
        .orElse("");
  }

  private static String numbered(List<String> options) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < options.size(); i++) {
      list.append(i == 0 ? "" : "\n").append(i + 1).append(". ").append(options.get(i));
    }
    return list.toString();
  }

  private static List<Double> probabilities(String reply, List<String> options) {
    JsonNode numbers = SpokenJson.object(reply).map(o -> o.path("probabilities")).orElse(null);
    if (numbers != null && numbers.isArray() && numbers.size() == options.size()) {
      List<Double> given = new ArrayList<>();
      numbers.forEach(n -> given.add(Math.clamp(n.asDouble(0), 0, 1e9)));
      double sum = given.stream().mapToDouble(Double::doubleValue).sum();
      if (sum > 0) {
        return given.stream().map(p -> p / sum).toList();
      }
    }
    List<String> named = options.stream().filter(reply::contains).toList();
    return named.size() == 1
        ? options.stream().map(option -> option.equals(named.getFirst()) ? 1.0 : 0.0).toList()
        : Collections.nCopies(options.size(), 1.0 / options.size());
  }
}

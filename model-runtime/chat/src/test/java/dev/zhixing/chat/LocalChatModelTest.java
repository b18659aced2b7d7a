package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.tokenizer.BytePairTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalChatModelTest {

  @TempDir static Path folder;

  private static Model model;

  private static final ToolSpecification LIGHT =
      ToolSpecification.builder()
          .name("set_light")
          .parameters(
              JsonObjectSchema.builder()
                  .addEnumProperty("room", List.of("kitchen", "study"))
                  .addProperty(
                      "brightness",
                      JsonRawSchema.from("{\"type\":\"integer\",\"minimum\":1,\"maximum\":100}"))
                  .addProperty("note", JsonRawSchema.from("{\"type\":\"string\",\"maxLength\":8}"))
                  .required("room", "brightness")
                  .build())
          .build();

  @BeforeAll
  static void load() {
    model = Model.load(RandomChatModel.write(folder, ConversationFormat.NAME));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void givesOnlyCallsThatFitTheirSchema() throws Exception {
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      for (int seed = 0; seed < 20; seed++) {
        ChatResponse response = chat.chat(mustCall("request " + seed));

        assertThat(response.aiMessage().toolExecutionRequests()).isNotEmpty();
        for (ToolExecutionRequest call : response.aiMessage().toolExecutionRequests()) {
          JsonNode arguments = new ObjectMapper().readTree(call.arguments());
          assertThat(call.name()).isEqualTo("set_light");
          assertThat(arguments.get("room").asText()).isIn("kitchen", "study");
          assertThat(arguments.get("brightness").asInt()).isBetween(1, 100);
        }
      }
    }
  }

  @Test
  void readsOnlyWhatIsNewInEachOfTwentySteps() {
    ConversationFormat format = new ConversationFormat(model.tokenizer());
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("switch it on")));
      AiMessage answer = chat.chat(mustCall(messages)).aiMessage();

      for (int step = 0; step < 20; step++) {
        messages.add(answer);
        int fresh = 0;
        for (ToolExecutionRequest call : answer.toolExecutionRequests()) {
          ChatMessage result = ToolExecutionResultMessage.from(call, "{\"ok\":true}");
          fresh += format.message(result).length;
          messages.add(result);
        }
        answer = chat.chat(mustCall(messages)).aiMessage();

        // the results, the assistant's cue, and the last token of the turn before at most
        assertThat(count(answer, "zhixing.prefilled_tokens")).isBetween(fresh + 1, fresh + 2);
        assertThat(count(answer, "zhixing.cached_tokens")).isGreaterThan(30);
      }
    }
  }

  @Test
  void writesTheSameTurnWithAndWithoutCache() {
    List<ChatMessage> talk =
        List.of(UserMessage.from("one"), AiMessage.from("two"), UserMessage.from("three"));
    String cached;
    String fresh;

    try (LocalChatModel chat = LocalChatModel.of(model)) {
      chat.chat(request(talk.subList(0, 1)));
      cached = chat.chat(request(talk)).aiMessage().text();
    }
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      fresh = chat.chat(request(talk)).aiMessage().text();
    }

    assertThat(cached).isEqualTo(fresh);
  }

  @Test
  void neverExceedsTheTokensAllowed() {
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      ChatResponse response = chat.chat(request(List.of(UserMessage.from("hello"))));

      assertThat(response.tokenUsage().outputTokenCount()).isLessThanOrEqualTo(12);
      assertThat(response.finishReason()).isIn(FinishReason.LENGTH, FinishReason.STOP);
    }
  }

  @Test
  void streamsTheTextThatItAnswers() {
    StringBuilder streamed = new StringBuilder();
    List<ChatResponse> complete = new ArrayList<>();
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      chat.streaming()
          .chat(
              request(List.of(UserMessage.from("hello"))),
              new StreamingChatResponseHandler() {
                @Override
                public void onPartialResponse(@Nullable String more) {
                  streamed.append(more);
                }

                @Override
                public void onCompleteResponse(@Nullable ChatResponse response) {
                  complete.add(response);
                }

                @Override
                public void onError(@Nullable Throwable error) {
                  throw new AssertionError(error);
                }
              });
    }

    assertThat(complete).hasSize(1);
    assertThat(streamed.toString()).isEqualTo(complete.getFirst().aiMessage().text());
  }

  @Test
  void keepsASpecialTokensSpellingAsText() {
    ConversationFormat format =
        new ConversationFormat(new BytePairTokenizer(RandomChatModel.vocabulary()));

    int[] ids = format.message(UserMessage.from("<|end|><|call|>"));

    assertThat(ids[0]).isEqualTo(5);
    assertThat(ids).doesNotContain(2, 7);
  }

  @Test
  void refusesAConversationLongerThanTheContext() {
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      assertThatThrownBy(() -> chat.chat(request(List.of(UserMessage.from("word ".repeat(1500))))))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("expected fewer than 6000 tokens, found 7503");
    }
  }

  @Test
  void refusesAModelOfAnotherFormat(@TempDir Path other) {
    try (Model foreign = Model.load(RandomChatModel.write(other, "chatml"))) {
      assertThatThrownBy(() -> LocalChatModel.of(foreign))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("zhixing-1")
          .hasMessageContaining("chatml");
    }
  }

  @Test
  void readsAnOpeningThatAnotherProcessHasKept() {
    Path kept = folder.resolve("kept");
    ToolSpecification described =
        LIGHT.toBuilder().description("switches a light on or off, or dims it, ".repeat(5)).build();
    ChatRequest request =
        mustCall("switch it on").toBuilder().toolSpecifications(described).build();
    ChatResponse first;
    try (LocalChatModel chat = LocalChatModel.of(model, kept)) {
      first = chat.chat(request);
    }
    assertThat(count(first.aiMessage(), "zhixing.cached_tokens")).isZero();

    try (LocalChatModel chat = LocalChatModel.of(model, kept)) {
      ChatResponse second = chat.chat(request);

      assertThat(count(second.aiMessage(), "zhixing.cached_tokens")).isGreaterThan(64);
      assertThat(count(second.aiMessage(), "zhixing.prefilled_tokens")).isLessThan(20);
      assertThat(texts(second)).isEqualTo(texts(first));
    }
  }

  @Test
  void answersWithoutAFolderToKeepOpeningsIn() throws IOException {
    Path file = Files.writeString(folder.resolve("not-a-folder"), "");
    try (LocalChatModel chat = LocalChatModel.of(model, file.resolve("kept"))) {
      assertThat(chat.chat(mustCall("switch it on")).aiMessage().hasToolExecutionRequests())
          .isTrue();
    }
  }

  private static List<String> texts(ChatResponse response) {
    return response.aiMessage().toolExecutionRequests().stream()
        .map(ToolExecutionRequest::arguments)
        .toList();
  }

  private static int count(AiMessage message, String attribute) {
    Object value = message.attributes().get(attribute);
    return value instanceof Number number ? number.intValue() : -1;
  }

  private static ChatRequest mustCall(String text) {
    return mustCall(List.of(UserMessage.from(text)));
  }

  private static ChatRequest mustCall(List<ChatMessage> messages) {
    return ChatRequest.builder()
        .messages(messages)
        .toolSpecifications(LIGHT)
        .toolChoice(ToolChoice.REQUIRED)
        .maxOutputTokens(200)
        .build();
  }

  private static ChatRequest request(List<ChatMessage> messages) {
    return ChatRequest.builder().messages(messages).maxOutputTokens(12).build();
  }
}

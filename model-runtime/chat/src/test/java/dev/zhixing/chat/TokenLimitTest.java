package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.engine.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model writes is well formed where its tokens are used up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenLimitTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonObjectSchema NOTE =
      JsonObjectSchema.builder()
          .addStringProperty("title")
          .addStringProperty("text")
          .required("title", "text")
          .additionalProperties(false)
          .build();
  private static final int LEAST = "{\"title\":\"\",\"text\":\"\"}".length(); // tokens are bytes
  private static final ResponseFormat FORMAT =
      ResponseFormat.builder()
          .type(ResponseFormatType.JSON)
          .jsonSchema(JsonSchema.builder().name("note").rootElement(NOTE).build())
          .build();
  private static final ToolSpecification TOOL =
      ToolSpecification.builder().name("note").parameters(NOTE).build();

  private Model own;
  private Model template;

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    Path second = Files.createDirectory(folder.resolve("template"));
    own = Model.load(RandomChatModel.write(folder, ConversationFormat.NAME), 1);
    template =
        Model.load(RandomChatModel.withTemplate(second, "", "<|im_end|>", "<|im_start|>"), 1);
  }

  @AfterAll
  void unload() {
    own.close();
    template.close();
  }

  private ChatResponse chat(
      boolean isOwn, int limit, UnaryOperator<LocalChatRequestParameters.Builder> parameters) {
    try (LocalChatModel chat = LocalChatModel.of(isOwn ? own : template)) {
      return chat.chat(request(limit, parameters));
    }
  }

  private List<ChatResponse> fork(
      boolean isOwn, int limit, UnaryOperator<LocalChatRequestParameters.Builder> parameters) {
    try (LocalChatModel chat = LocalChatModel.of(isOwn ? own : template)) {
      return chat.fork(request(limit, parameters), 3);
    }
  }

  private static ChatRequest request(
      int limit, UnaryOperator<LocalChatRequestParameters.Builder> parameters) {
    LocalChatRequestParameters.Builder builder = LocalChatRequestParameters.builder();
    builder.maxOutputTokens(limit).temperature(1.0);
    builder.seed((long) limit);
    return ChatRequest.builder()
        .messages(UserMessage.from("Take a note"))
        .parameters(parameters.apply(builder).build())
        .build();
  }

  private static LocalChatRequestParameters.Builder answering(
      LocalChatRequestParameters.Builder builder) {
    builder.responseFormat(FORMAT);
    return builder;
  }

  private static LocalChatRequestParameters.Builder answeringBriefly(
      LocalChatRequestParameters.Builder builder) {
    JsonObjectSchema brief =
        JsonObjectSchema.builder()
            .addEnumProperty("colour", List.of("red", "blue"))
            .required("colour")
            .build();
    builder.responseFormat(
        ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder().name("brief").rootElement(brief).build())
            .build());
    return builder;
  }

  private static LocalChatRequestParameters.Builder calling(
      LocalChatRequestParameters.Builder builder) {
    builder.toolSpecifications(TOOL).toolChoice(ToolChoice.REQUIRED);
    return builder;
  }

  private static void assertIsANote(ChatResponse response, int limit)
      throws JsonProcessingException {
    JsonNode note = JSON.readTree(response.aiMessage().text());
    assertThat(note.path("title").isTextual() && note.path("text").isTextual()).isTrue();
    assertThat(response.tokenUsage().outputTokenCount()).isLessThanOrEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void jsonIsClosedAtAnyLimit(boolean isOwn) throws JsonProcessingException {
    int cut = 0;
    for (int limit = LEAST; limit < LEAST + 30; limit++) {
      ChatResponse response = chat(isOwn, limit, TokenLimitTest::answering);
      assertIsANote(response, limit);
      cut += response.finishReason() == FinishReason.LENGTH ? 1 : 0;
    }
    assertThat(cut).isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void jsonOfEachForkIsClosedAtAnyLimit(boolean isOwn) throws JsonProcessingException {
    int cut = 0;
    for (int limit = LEAST; limit < LEAST + 30; limit += 2) {
      for (ChatResponse response : fork(isOwn, limit, TokenLimitTest::answering)) {
        assertIsANote(response, limit);
        cut += response.finishReason() == FinishReason.LENGTH ? 1 : 0;
      }
    }
    assertThat(cut).isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callsOfEachForkAreWholeAtAnyLimit(boolean isOwn) throws JsonProcessingException {
    int calls = 0;
    for (int limit = LEAST + 1; limit < LEAST + 100; limit += 7) {
      for (ChatResponse response : fork(isOwn, limit, TokenLimitTest::calling)) {
        for (ToolExecutionRequest call : response.aiMessage().toolExecutionRequests()) {
          calls++;
          assertThat(JSON.readTree(call.arguments()).path("text").isTextual()).isTrue();
        }
        if (limit > LEAST + 60) {
          assertThat(response.aiMessage().toolExecutionRequests()).isNotEmpty();
        }
      }
    }
    assertThat(calls).isPositive();
  }

  @Test
  void forksThatEndByThemselvesAreNotCutShort() {
    assertThat(fork(true, 500, TokenLimitTest::answeringBriefly))
        .extracting(ChatResponse::finishReason)
        .containsOnly(FinishReason.STOP);
  }

  @Test
  void noForkIsWrittenWhereNoAnswerFits() {
    for (ChatResponse response : fork(true, LEAST - 1, TokenLimitTest::answering)) {
      assertThat(response.aiMessage().text()).isNullOrEmpty();
      assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
      assertThat(response.tokenUsage().outputTokenCount()).isZero();
    }
  }

  @Test
  void nothingIsWrittenWhereNoAnswerFits() {
    ChatResponse response = chat(true, LEAST - 1, TokenLimitTest::answering);

    assertThat(response.aiMessage().text()).isNullOrEmpty();
    assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(response.tokenUsage().outputTokenCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callsAreWholeAtAnyLimit(boolean isOwn) throws JsonProcessingException {
    int calls = 0;
    for (int limit = LEAST; limit < LEAST + 100; limit += 3) {
      ChatResponse response = chat(isOwn, limit, TokenLimitTest::calling);

      for (ToolExecutionRequest call : response.aiMessage().toolExecutionRequests()) {
        calls++;
        assertThat(JSON.readTree(call.arguments()).path("text").isTextual()).isTrue();
      }
      assertThat(response.tokenUsage().outputTokenCount()).isLessThanOrEqualTo(limit);
      if (limit > LEAST + 60) {
        assertThat(response.aiMessage().toolExecutionRequests()).isNotEmpty();
      }
    }
    assertThat(calls).isPositive();
  }
}

package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.engine.Model;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several continuations of a request, and the probabilities of replies. */
class ForkTest {
  private static final ToolSpecification LIGHT =
      ToolSpecification.builder()
          .name("light")
          .parameters(
              JsonObjectSchema.builder()
                  .addEnumProperty("room", List.of("hall", "attic"))
                  .required("room")
                  .build())
          .build();

  @TempDir Path folder;

  private Model model(String format) {
    Path file =
        format.equals(ConversationFormat.NAME)
            ? RandomChatModel.write(folder, format)
            : RandomChatModel.withTemplate(folder, "", "<|im_end|>", "<|im_start|>");
    return Model.load(file, 1);
  }

  private static ChatRequest request(LocalChatRequestParameters.Builder parameters) {
    return ChatRequest.builder()
        .messages(UserMessage.from("Shall I turn on the light in the hall or in the attic?"))
        .parameters(parameters.build())
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {ConversationFormat.NAME, "chatml"})
  void readsTheRequestOnceForAllContinuations(String format) {
    try (Model model = model(format);
        LocalChatModel chat = LocalChatModel.of(model)) {
      List<ChatResponse> ways =
          chat.fork(request(LocalChatRequestParameters.builder().maxOutputTokens(16)), 4);

      assertThat(ways).extracting(way -> way.aiMessage().text()).doesNotHaveDuplicates();
      assertThat(ways).allMatch(way -> way.tokenUsage().outputTokenCount() <= 16);
      assertThat(prefilled(ways.getFirst())).isGreaterThan(50);
      assertThat(ways.subList(1, 4)).allMatch(way -> prefilled(way) <= 1);
    }
  }

  private static int prefilled(ChatResponse response) {
    return response.aiMessage().attributes().get("zhixing.prefilled_tokens") instanceof Integer n
        ? n
        : -1;
  }

  @ParameterizedTest
  @ValueSource(strings = {ConversationFormat.NAME, "chatml"})
  void keepsEachContinuationToTheToolsOnOffer(String format) {
    try (Model model = model(format);
        LocalChatModel chat = LocalChatModel.of(model)) {
      LocalChatRequestParameters.Builder mustCall =
          LocalChatRequestParameters.builder()
              .toolSpecifications(LIGHT)
              .toolChoice(ToolChoice.REQUIRED)
              .maxOutputTokens(600);

      List<ChatResponse> ways = chat.fork(request(mustCall), 3);

      assertThat(ways)
          .flatExtracting(way -> way.aiMessage().toolExecutionRequests())
          .isNotEmpty()
          .extracting(ToolExecutionRequest::arguments)
          .allMatch(arguments -> arguments.matches("\\{\\s*\"room\":\\s*\"(hall|attic)\"\\s*}"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ConversationFormat.NAME, "chatml"})
  void givesTheProbabilitiesOfRepliesWithoutWritingAny(String format) {
    try (Model model = model(format);
        LocalChatModel chat = LocalChatModel.of(model)) {
      ChatRequest request = request(LocalChatRequestParameters.builder());
      List<String> replies = List.of("hall", "attic", "hall and attic");

      LocalProbabilities first = chat.probabilities(request, replies);
      LocalProbabilities again = chat.probabilities(request, replies.reversed());

      assertThat(first.probabilities().stream().mapToDouble(p -> p).sum())
          .isCloseTo(1, within(1e-9));
      assertThat(again.probabilities().reversed()).isEqualTo(first.probabilities());
      assertThat(first.usage().outputTokenCount()).isZero();
      assertThat(again.usage().cachedTokenCount()).isGreaterThan(50);
    }
  }

  @Test
  void endsEarlyWhereItsThreadIsInterrupted() {
    try (Model model = model("chatml");
        LocalChatModel chat = LocalChatModel.of(model)) {
      Thread.currentThread().interrupt();

      List<ChatResponse> ways = chat.fork(request(LocalChatRequestParameters.builder()), 2);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(ways).allMatch(way -> way.tokenUsage().outputTokenCount() < 40);
      assertThat(ways).extracting(ChatResponse::finishReason).containsOnly(FinishReason.LENGTH);
    }
  }

  @Test
  void refusesToForkIntoNothingAndToScoreNothing() {
    try (Model model = model("chatml");
        LocalChatModel chat = LocalChatModel.of(model)) {
      ChatRequest request = request(LocalChatRequestParameters.builder());

      assertThatThrownBy(() -> chat.fork(request, 0))
          .hasMessage("branches: expected at least 1, found 0");
      assertThatThrownBy(() -> chat.probabilities(request, List.of("a")))
          .hasMessage("replies: expected two or more, none empty, found [a]");
    }
  }
}

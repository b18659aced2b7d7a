package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.engine.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalTokenCountEstimatorTest {
  private static final ToolSpecification TOOL =
      ToolSpecification.builder().name("look").description("Looks around.").build();

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void countsWhatTheModelReads(TemplateChatTest.Family family) {
    try (Model model = Model.load(family.write(folder), 1)) {
      countsWhatIsRead(model);
    }
  }

  @Test
  void countsWhatAModelOfOursReads() {
    try (Model model = Model.load(RandomChatModel.write(folder, ConversationFormat.NAME), 1)) {
      countsWhatIsRead(model);
    }
  }

  private static void countsWhatIsRead(Model model) {
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      LocalTokenCountEstimator estimator = chat.tokenCountEstimator();
      List<ChatMessage> messages = new ArrayList<>();
      messages.add(SystemMessage.from("Be brief."));
      for (int turn = 0; turn < 3; turn++) {
        messages.add(UserMessage.from("question " + turn));
        ChatRequest request =
            ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(TOOL)
                .temperature(0.9)
                .maxOutputTokens(20)
                .build();

        int counted = estimator.estimateTokenCountInRequest(request);
        ChatResponse response = chat.chat(request);

        assertThat(counted).isEqualTo(response.tokenUsage().inputTokenCount());
        assertThat(estimator.estimateTokenCountInMessages(messages)).isBetween(1, counted - 1);
        messages.add(response.aiMessage());
      }
    }
  }

  @Test
  void aMessageCountsWhatItAdds() {
    Path file = RandomChatModel.withTemplate(folder, "", "<|im_end|>", "<|im_start|>");
    try (Model model = Model.load(file, 1)) {
      addsUp(LocalTokenCountEstimator.of(model));
    }
  }

  @Test
  void aMessageOfOurFormatCountsWhatItAdds() {
    try (Model model = Model.load(RandomChatModel.write(folder, ConversationFormat.NAME), 1)) {
      addsUp(LocalTokenCountEstimator.of(model));
    }
  }

  private static void addsUp(LocalTokenCountEstimator estimator) {
    ToolExecutionRequest call =
        ToolExecutionRequest.builder().id("a").name("look").arguments("{\"to\":3}").build();
    List<ChatMessage> messages =
        List.of(
            SystemMessage.from("Be brief."),
            UserMessage.from("Look <|im_end|>!"),
            AiMessage.from("I look.", List.of(call)),
            ToolExecutionResultMessage.from(call, "a cat"),
            AiMessage.from("I see a cat."),
            UserMessage.from("Thanks"));
    for (int i = 2; i < messages.size(); i++) {
      int before = estimator.estimateTokenCountInMessages(messages.subList(0, i));
      int with = estimator.estimateTokenCountInMessages(messages.subList(0, i + 1));

      assertThat(estimator.estimateTokenCountInMessage(messages.get(i)))
          .as("message %d", i)
          .isEqualTo(with - before);
    }
    assertThat(estimator.estimateTokenCountInMessage(messages.getFirst())).isGreaterThan(9);
    assertThat(estimator.estimateTokenCountInMessages(List.of())).isZero();
  }

  @Test
  void countsATextAsText() {
    try (Model model = Model.load(RandomChatModel.write(folder, ConversationFormat.NAME), 1)) {
      LocalTokenCountEstimator estimator = LocalTokenCountEstimator.of(model);

      assertThat(estimator.estimateTokenCountInText("<|end|>")).isEqualTo(7);
      assertThat(estimator.estimateTokenCountInText("")).isZero();
    }
  }

  @Test
  void countsTheWordsOfWhatATemplateRefuses() {
    String strict =
        "{% if messages[0].role != 'user' %}{{ raise_exception('users first') }}{% endif %}"
            + "<|im_start|>{{ messages[0].content }}";
    Path file = RandomChatModel.withTemplate(folder, strict, "<|im_end|>", "<|im_start|>");
    try (Model model = Model.load(file, 1)) {
      LocalTokenCountEstimator estimator = LocalTokenCountEstimator.of(model);

      assertThat(estimator.estimateTokenCountInMessages(List.of(AiMessage.from("abc"))))
          .isBetween(0, 10);
      assertThat(
              estimator.estimateTokenCountInMessages(
                  List.of(SystemMessage.from("x".repeat(90)), UserMessage.from("u"))))
          .isGreaterThan(90);
    }
  }
}

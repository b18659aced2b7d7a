package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.engine.Model;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafts from the conversation: fewer passes, the same text. */
class LookupsTest {
  private static final String RESULT =
      "The order 71905 of 12 May, a blender, has been at the depot in Lyon since Tuesday 9:40.";
  private static final ToolSpecification TOOL =
      ToolSpecification.builder()
          .name("set_light")
          .parameters(
              JsonObjectSchema.builder()
                  .addEnumProperty("room", List.of("kitchen", "study"))
                  .required("room")
                  .build())
          .build();

  @TempDir private Path folder;

  @Test
  void changeNoAnswerWhateverTheSampler() {
    try (Model model = Model.load(RandomChatModel.write(folder, ConversationFormat.NAME), 1);
        LocalChatModel drafted = LocalChatModel.of(model);
        LocalChatModel plain = LocalChatModel.of(model, without())) {
      int proposed = 0;
      for (int seed = 0; seed < 12; seed++) {
        ChatRequest request = request("question " + seed, 0.3 * (seed % 4), seed);

        ChatResponse with = drafted.chat(request);
        ChatResponse alone = plain.chat(request);

        assertThat(with.aiMessage().text()).as("seed %d", seed).isEqualTo(alone.aiMessage().text());
        assertThat(arguments(with)).isEqualTo(arguments(alone));
        assertThat(with.tokenUsage().outputTokenCount())
            .isEqualTo(alone.tokenUsage().outputTokenCount());
        proposed += usage(with).draftedTokenCount() - usage(alone).draftedTokenCount();
      }
      assertThat(proposed).isPositive();
    }
  }

  @Test
  void copyAToolsResultInFewPasses() {
    try (Model model = Model.load(RandomChatModel.write(folder, ConversationFormat.NAME), 1)) {
      LocalChatOptions.Builder options = copying(model, "<|end|>");
      try (LocalChatModel chat = LocalChatModel.of(model, options.build())) {
        assertCopied(chat.chat(withResult()));
      }
    }
  }

  @Test
  void findAToolsResultInWhatATemplateWrites() {
    Path file = RandomChatModel.withTemplate(folder, "", "<|im_end|>", "<|im_start|>");
    try (Model model = Model.load(file, 1)) {
      LocalChatOptions.Builder options = copying(model, "<|im_end|>");
      try (LocalChatModel chat = LocalChatModel.of(model, options.build())) {
        assertCopied(chat.chat(withResult()));
      }
    }
  }

  private static void assertCopied(ChatResponse response) {
    assertThat(response.aiMessage().text()).isEqualTo(RESULT);
    assertThat(usage(response).acceptedTokenCount()).isGreaterThan(60);
    assertThat(usage(response).draftedTokenCount()).isLessThan(100);
  }

  private static LocalChatOptions.Builder copying(Model model, String end) {
    return LocalChatOptions.builder()
        .sampling(sampling -> ScriptedSampler.of(model.tokenizer(), RESULT + end));
  }

  private static LocalChatOptions without() {
    return LocalChatOptions.builder().lookups(false).build();
  }

  /** The result, between other texts in which its beginning goes on otherwise. */
  private static ChatRequest withResult() {
    ToolExecutionRequest call =
        ToolExecutionRequest.builder().id("a").name("track").arguments("{}").build();
    return ChatRequest.builder()
        .messages(
            UserMessage.from("Where is The order 7190? The order 719 is here."),
            AiMessage.from(call),
            ToolExecutionResultMessage.from(call, RESULT),
            UserMessage.from("And now? The order 71?"))
        .build();
  }

  private static ChatRequest request(String question, double temperature, long seed) {
    List<ChatMessage> messages =
        List.of(UserMessage.from(question + ", again and again ".repeat(6)));
    return ChatRequest.builder()
        .messages(messages)
        .parameters(
            LocalChatRequestParameters.builder()
                .toolSpecifications(TOOL)
                .temperature(temperature)
                .topK(3)
                .seed(seed)
                .maxOutputTokens(120)
                .build())
        .build();
  }

  private static List<String> arguments(ChatResponse response) {
    return response.aiMessage().toolExecutionRequests().stream()
        .map(ToolExecutionRequest::arguments)
        .toList();
  }

  private static LocalTokenUsage usage(ChatResponse response) {
    return (LocalTokenUsage) response.tokenUsage();
  }
}

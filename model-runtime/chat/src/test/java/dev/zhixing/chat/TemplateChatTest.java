package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.grammar.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplateChatTest {

  /** A family's special tokens; the first ends a turn. */
  enum Family {
    CHATML("<|im_end|>", "<|im_start|>"),
    LLAMA3("<|eot_id|>", "<|start_header_id|>", "<|end_header_id|>"),
    MISTRAL("</s>", "[INST]", "[/INST]", "[TOOL_CALLS]", "[TOOL_RESULTS]", "[/TOOL_RESULTS]"),
    GEMMA("<end_of_turn>", "<start_of_turn>"),
    PHI3("<|end|>", "<|user|>", "<|assistant|>", "<|system|>", "<|tool_call|>", "<|/tool_call|>"),
    DEEPSEEK(
        "<｜end▁of▁sentence｜>",
        "<｜User｜>",
        "<｜Assistant｜>",
        "<｜tool▁calls▁begin｜>",
        "<｜tool▁calls▁end｜>",
        "<｜tool▁call▁begin｜>",
        "<｜tool▁call▁end｜>",
        "<｜tool▁sep｜>"),
    LLAMA2("</s>");

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes it
    private final String[] specials;

    Family(String... specials) {
      this.specials = specials;
    }

    /** Writes a random model with these tokens and the built-in template that they call for. */
    Path write(Path folder) {
      return RandomChatModel.withTemplate(folder, "", specials);
    }
  }

  private static final ToolSpecification LIGHT =
      ToolSpecification.builder()
          .name("set_light")
          .description("Switches <|im_end|> a light")
          .parameters(
              JsonObjectSchema.builder()
                  .addEnumProperty("room", List.of("kitchen", "study"))
                  .addProperty(
                      "brightness",
                      JsonRawSchema.from("{\"type\":\"integer\",\"minimum\":1,\"maximum\":100}"))
                  .required("room", "brightness")
                  .build())
          .build();

  @TempDir Path folder;

  private Model load(Family family) {
    return Model.load(family.write(folder), 1);
  }

  @ParameterizedTest
  @EnumSource
  void callsToolsInEachFamilysOwnWay(Family family) throws Exception {
    try (Model model = load(family);
        LocalChatModel chat = LocalChatModel.of(model)) {
      for (int seed = 0; seed < 3; seed++) {
        ChatResponse response = chat.chat(mustCall(List.of(UserMessage.from("request " + seed))));

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
  void callsToolsInPythonWhereATemplateAsksForIt() throws Exception {
    String template =
        "{% for m in messages %}{{ '<start_of_turn>' ~ m.role ~ '\\n' ~ m.content ~ "
            + "'<end_of_turn>\\n' }}{% endfor %}"
            + "{% if tools %}Wrap calls in ```tool_code: {{ tools | tojson }}{% endif %}"
            + "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}";
    Path file = RandomChatModel.withTemplate(folder, template, Family.GEMMA.specials);
    try (Model model = Model.load(file, 1)) {
      LocalChatOptions scripted =
          LocalChatOptions.builder()
              .sampling(
                  sampling ->
                      ScriptedSampler.of(
                          model.tokenizer(),
                          "Well. ```tool_code\nset_light(room=\"study\", brightness=7)\n"
                              + "```<end_of_turn>"))
              .build();
      try (LocalChatModel random = LocalChatModel.of(model);
          LocalChatModel chat = LocalChatModel.of(model, scripted)) {
        AiMessage message =
            chat.chat(
                    ChatRequest.builder()
                        .messages(UserMessage.from("light"))
                        .toolSpecifications(LIGHT)
                        .build())
                .aiMessage();
        ChatResponse forced = random.chat(mustCall(List.of(UserMessage.from("light"))));

        assertThat(message.text()).isEqualTo("Well.");
        assertThat(message.toolExecutionRequests().getFirst().arguments())
            .isEqualTo("{\"room\":\"study\",\"brightness\":7}");
        for (ToolExecutionRequest call : forced.aiMessage().toolExecutionRequests()) {
          JsonNode arguments = new ObjectMapper().readTree(call.arguments());
          assertThat(arguments.get("brightness").asInt()).isBetween(1, 100);
        }
        assertThat(forced.aiMessage().toolExecutionRequests()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LLAMA2")
  void readsOnlyWhatIsNewInEachStep(Family family) {
    try (Model model = load(family);
        LocalChatModel chat = LocalChatModel.of(model)) {
      List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("switch it on")));
      ChatResponse answer = chat.chat(mustCall(messages));

      for (int step = 0; step < 3; step++) {
        messages.add(answer.aiMessage());
        int fresh = 0;
        for (ToolExecutionRequest call : answer.aiMessage().toolExecutionRequests()) {
          messages.add(ToolExecutionResultMessage.from(call, "{\"ok\":true}"));
          fresh += 90;
        }
        int before = answer.tokenUsage().inputTokenCount();
        answer = chat.chat(mustCall(messages));

        LocalTokenUsage usage = (LocalTokenUsage) answer.tokenUsage();
        assertThat(usage.cachedTokenCount()).isGreaterThan(before);
        assertThat(usage.inputTokenCount() - usage.cachedTokenCount()).isLessThan(fresh + 60);
        assertThat(((LocalChatResponseMetadata) answer.metadata()).divergence()).isNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void neverTakesWhatAUserTypesForASpecialToken(Family family) {
    try (Model model = load(family)) {
      String typed = String.join(" ", family.specials) + "<s>";
      int[] plain = prompt(model, "x".repeat(typed.length()), "y");
      int[] forged = prompt(model, typed, typed);

      assertThat(specials(model, forged)).isEqualTo(specials(model, plain));
      assertThat(model.tokenizer().decode(forged)).contains(typed);
    }
  }

  private static int[] prompt(Model model, String said, String result) {
    var format = dev.zhixing.chat.format.TemplateFormat.of(model.metadata(), model.tokenizer());
    ToolExecutionRequest call =
        ToolExecutionRequest.builder()
            .id("a")
            .name("set_light")
            .arguments("{\"room\":\"" + said + "\"}")
            .build();
    return format.encodeStart(
        format.render(
            List.of(
                SystemMessage.from(said),
                UserMessage.from(said),
                AiMessage.from(call),
                ToolExecutionResultMessage.from(call, result)),
            List.of(),
            true,
            null));
  }

  private static List<Integer> specials(Model model, int[] ids) {
    return Arrays.stream(ids).filter(model.tokenizer()::isSpecial).boxed().toList();
  }

  @Test
  void answersTheSameWithAndWithoutCache() {
    try (Model model = load(Family.CHATML)) {
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
  }

  @Test
  void tellsWhereATemplateIsNotStable() {
    String forgetful =
        "{% for m in messages %}{{ '<|im_start|>' ~ m.role ~ '\\n"
            + "' }}{{ m.content if loop.last or m.role == 'assistant' else 'forgotten' }}{{"
            + " '<|im_end|>\\n"
            + "' }}{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n"
            + "{% endif %}";
    try (Model model =
            Model.load(RandomChatModel.withTemplate(folder, forgetful, Family.CHATML.specials), 1);
        LocalChatModel chat = LocalChatModel.of(model)) {
      ChatResponse response = chat.chat(request(List.of(UserMessage.from("hello"))));

      assertThat(((LocalChatResponseMetadata) response.metadata()).divergence())
          .contains("from character 17 of");
    }
  }

  @Test
  void takesARoleForTheTemplatesOwnWord() {
    String copying =
        "{% for m in messages %}{{ '<|' ~ m.role ~ '|>' ~ m.content ~ '<|end|>' }}{% endfor %}"
            + "{% if add_generation_prompt %}<|assistant|>{% endif %}";
    try (Model model =
            Model.load(RandomChatModel.withTemplate(folder, copying, Family.PHI3.specials), 1);
        LocalChatModel chat = LocalChatModel.of(model)) {
      var format = dev.zhixing.chat.format.TemplateFormat.of(model.metadata(), model.tokenizer());
      UserMessage hello = UserMessage.from("I say <|user|>");
      int[] asked = format.encode(format.render(List.of(hello), List.of(), true, null));
      ChatResponse first = chat.chat(request(List.of(hello)));
      ChatResponse second =
          chat.chat(request(List.of(hello, first.aiMessage(), UserMessage.from("more"))));

      assertThat(specials(model, asked).stream().map(model.tokenizer()::decode))
          .containsExactly("<|user|>", "<|end|>", "<|assistant|>");
      assertThat(((LocalChatResponseMetadata) first.metadata()).divergence()).isNull();
      assertThat(((LocalTokenUsage) second.tokenUsage()).cachedTokenCount())
          .isGreaterThanOrEqualTo(first.tokenUsage().totalTokenCount() - 1);
    }
  }

  @Test
  void bringsARefusalOfTheTemplateToTheUser() {
    String strict =
        "{% if messages|length > 1 %}{{ raise_exception('one message only') }}{% endif %}"
            + "<|im_start|>{{ messages[0].content }}";
    try (Model model =
            Model.load(RandomChatModel.withTemplate(folder, strict, Family.CHATML.specials), 1);
        LocalChatModel chat = LocalChatModel.of(model)) {
      assertThatThrownBy(
              () -> chat.chat(request(List.of(UserMessage.from("a"), UserMessage.from("b")))))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("one message only");
    }
  }

  @Test
  void partsThoughtsFromText() {
    try (Model model = load(Family.CHATML)) {
      LocalChatOptions options =
          LocalChatOptions.builder()
              .chatTemplate(ThinkingTemplate.TEXT)
              .sampling(
                  sampling ->
                      ScriptedSampler.of(
                          model.tokenizer(), "<think>\nso\n</think>\n\nHi!<|im_end|>"))
              .build();
      try (LocalChatModel chat = LocalChatModel.of(model, options)) {
        AiMessage message = chat.chat(UserMessage.from("hello")).aiMessage();

        assertThat(message.thinking()).isEqualTo("so");
        assertThat(message.text()).isEqualTo("Hi!");
      }
    }
  }

  /** ChatML that speaks of thinking. */
  private static final class ThinkingTemplate {
    static final String TEXT =
        "{% for m in messages %}{{ '<|im_start|>' ~ m.role ~ '\\n"
            + "' ~ m.content.split('</think>')[-1] ~ '<|im_end|>\\n"
            + "' }}{% endfor %}{{ '<|im_start|>assistant\\n"
            + "' if add_generation_prompt }}";
  }

  @Test
  void stopsAtAStringThatIsCutIntoTokens() {
    try (Model model = load(Family.CHATML)) {
      LocalChatOptions options =
          LocalChatOptions.builder()
              .sampling(
                  sampling -> ScriptedSampler.of(model.tokenizer(), "one two three<|im_end|>"))
              .build();
      try (LocalChatModel chat = LocalChatModel.of(model, options)) {
        ChatResponse response =
            chat.chat(
                ChatRequest.builder()
                    .messages(UserMessage.from("count"))
                    .stopSequences(List.of("two"))
                    .build());

        assertThat(response.aiMessage().text()).isEqualTo("one ");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
      }
    }
  }

  @Test
  void honoursOurOwnParameters() {
    try (Model model = load(Family.CHATML);
        LocalChatModel chat = LocalChatModel.of(model)) {
      ChatRequest request =
          ChatRequest.builder()
              .messages(UserMessage.from("hello"))
              .parameters(
                  LocalChatRequestParameters.builder()
                      .grammar(new Rule.Pattern("(yes|no)"))
                      .topLogprobs(2)
                      .seed(3L)
                      .temperature(1.0)
                      .build())
              .build();

      ChatResponse response = chat.chat(request);

      assertThat(response.aiMessage().text()).isIn("yes", "no");
      assertThat(((LocalChatResponseMetadata) response.metadata()).logprobs())
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void refusesWhatItCannotDo() {
    try (Model model = load(Family.CHATML);
        LocalChatModel chat = LocalChatModel.of(model)) {
      ChatRequest.Builder request = ChatRequest.builder().messages(UserMessage.from("hello"));

      assertThatThrownBy(() -> chat.chat(request.modelName("other").build()))
          .isInstanceOf(UnsupportedFeatureException.class)
          .hasMessageContaining("modelName");
      assertThatThrownBy(() -> chat.chat(request.modelName(null).topP(3.0).build()))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("topP");
    }
  }

  private static ChatRequest mustCall(List<ChatMessage> messages) {
    return ChatRequest.builder()
        .messages(messages)
        .toolSpecifications(LIGHT)
        .toolChoice(ToolChoice.REQUIRED)
        .maxOutputTokens(1500)
        .build();
  }

  private static ChatRequest request(List<ChatMessage> messages) {
    return ChatRequest.builder().messages(messages).maxOutputTokens(12).build();
  }
}

package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.sampling.TokenLogprobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each parameter of a request is honoured, or refused by its name, in each format. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestParametersTest {
  /** A format of conversations, with the token that ends a turn and what begins a call. */
  enum Format {
    OWN("<|end|>", "<|call|>add"),
    TEMPLATE("<|im_end|>", "<tool_call>\n{\"name\": \"add\", \"arguments\": ");

    private final String end;
    private final String call;

    Format(String end, String call) {
      this.end = end;
      this.call = call;
    }
  }

  private static final ToolSpecification ADD =
      ToolSpecification.builder()
          .name("add")
          .parameters(
              JsonObjectSchema.builder()
                  .addProperty("a", new JsonIntegerSchema())
                  .required("a")
                  .build())
          .build();

  private final Map<Format, Model> models = new EnumMap<>(Format.class);

  @BeforeAll
  void load(@TempDir Path folder) throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    Path template = Files.createDirectory(folder.resolve("template"));
    models.put(Format.OWN, Model.load(RandomChatModel.write(own, ConversationFormat.NAME), 1));
    models.put(
        Format.TEMPLATE,
        Model.load(RandomChatModel.withTemplate(template, "", "<|im_end|>", "<|im_start|>"), 1));
  }

  @AfterAll
  void unload() {
    models.values().forEach(Model::close);
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameAnswerAndAnotherOneAnother(Format format) {
    String first = answer(format, p -> p.temperature(1.0).seed(1L));

    assertThat(answer(format, p -> p.temperature(1.0).seed(1L))).isEqualTo(first);
    assertThat(answer(format, p -> p.temperature(1.0).seed(2L))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void limitsLeaveTheLikeliestToken(Format format) {
    String likeliest = answer(format, p -> p);

    assertThat(answer(format, p -> p.temperature(1.0).topK(1))).isEqualTo(likeliest);
    assertThat(answer(format, p -> p.temperature(1.0).topP(1e-9))).isEqualTo(likeliest);
    assertThat(answer(format, p -> p.temperature(1.0).minP(1.0))).isEqualTo(likeliest);
  }

  @ParameterizedTest
  @EnumSource
  void penaltiesChangeWhatRepeats(Format format) {
    String likeliest = answer(format, p -> p);

    assertThat(answer(format, p -> p.frequencyPenalty(2.0))).isNotEqualTo(likeliest);
    assertThat(answer(format, p -> p.presencePenalty(2.0))).isNotEqualTo(likeliest);
    assertThat(answer(format, p -> p.repetitionPenalty(50.0))).isNotEqualTo(likeliest);
  }

  @ParameterizedTest
  @EnumSource
  void endsAtTheMostTokensAllowed(Format format) {
    ChatResponse response = chat(format, "one two three" + format.end, p -> p.maxOutputTokens(7));

    assertThat(response.aiMessage().text()).isEqualTo("one two");
    assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource
  void endsBeforeAStopSequence(Format format) {
    ChatResponse response =
        chat(format, "one two three" + format.end, p -> p.stopSequences("three", "two"));

    assertThat(response.aiMessage().text()).isEqualTo("one ");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
  }

  @ParameterizedTest
  @EnumSource
  void keepsToAGrammarOfTheCallers(Format format) {
    String answer =
        answer(format, p -> p.grammar(new Rule.Pattern("[a-f]{3}-(yes|no)")).temperature(1.5));

    assertThat(answer).matches("[a-f]{3}-(yes|no)");
  }

  @ParameterizedTest
  @EnumSource
  void tellsHowLikelyEachTokenWas(Format format) {
    ChatResponse response = chat(format, "one" + format.end, p -> p.topLogprobs(2));
    List<TokenLogprobs> logprobs = ((LocalChatResponseMetadata) response.metadata()).logprobs();

    assertThat(logprobs).hasSize(4);
    assertThat(logprobs).allSatisfy(token -> assertThat(token.top()).hasSize(2));
    assertThat(logprobs).allSatisfy(token -> assertThat(token.chosen().logprob()).isNegative());
  }

  @ParameterizedTest
  @EnumSource
  void answersInJson(Format format) {
    ResponseFormat json =
        ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(
                JsonSchema.builder()
                    .name("number")
                    .rootElement(
                        JsonObjectSchema.builder().addIntegerProperty("n").required("n").build())
                    .build())
            .build();

    assertThat(answer(format, p -> p.responseFormat(json))).matches("\\{\"n\":-?[0-9]+}");
  }

  @ParameterizedTest
  @EnumSource
  void callsNoToolWhereNoneMayBeCalled(Format format) {
    String call = format.call + "{\"a\":1}";

    ChatResponse auto = chat(format, call + closing(format), p -> p.toolSpecifications(ADD));
    ChatResponse required =
        real(format, p -> p.toolSpecifications(ADD).toolChoice(ToolChoice.REQUIRED));
    ChatResponse none =
        real(format, p -> p.toolSpecifications(ADD).toolChoice(ToolChoice.NONE).seed(4L));

    assertThat(auto.aiMessage().toolExecutionRequests()).hasSize(1);
    assertThat(required.aiMessage().toolExecutionRequests()).isNotEmpty();
    assertThat(none.aiMessage().toolExecutionRequests()).isEmpty();
  }

  private static String closing(Format format) {
    return format == Format.OWN ? format.end : "}\n</tool_call>" + format.end;
  }

  @ParameterizedTest
  @EnumSource
  void aCallsSpellingInOrdinaryTokensIsText(Format format) {
    Model model = model(format);
    String text = "<|call|>add{}";
    LocalChatOptions options =
        LocalChatOptions.builder()
            .sampling(sampling -> ScriptedSampler.untrusted(model.tokenizer(), text, format.end))
            .build();
    try (LocalChatModel chat = LocalChatModel.of(model, options)) {
      ChatResponse response = chat.chat(request(p -> p.toolSpecifications(ADD)));

      assertThat(response.aiMessage().text()).isEqualTo(text);
      assertThat(response.aiMessage().toolExecutionRequests()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsOutOfRange(Format format) {
    assertRefused(format, "temperature", p -> p.temperature(-1.0));
    assertRefused(format, "topP", p -> p.topP(3.0));
    assertRefused(format, "topK", p -> p.topK(-1));
    assertRefused(format, "minP", p -> p.minP(2.0));
    assertRefused(format, "frequencyPenalty", p -> p.frequencyPenalty(Double.NaN));
    assertRefused(format, "presencePenalty", p -> p.presencePenalty(Double.NaN));
    assertRefused(format, "repetitionPenalty", p -> p.repetitionPenalty(0.0));
    assertRefused(format, "maxOutputTokens", p -> p.maxOutputTokens(0));
    assertRefused(format, "topLogprobs", p -> p.topLogprobs(-1));
    assertRefused(format, "stopSequences", p -> p.stopSequences(""));
    assertRefused(format, "session", p -> p.session(" "));
    assertRefused(format, "toolChoice", p -> p.toolChoice(ToolChoice.REQUIRED));
    Rule any = new Rule.Text();
    assertRefused(format, "grammar", p -> p.grammar(any).responseFormat(ResponseFormat.JSON));
    assertRefused(format, "grammar", p -> p.grammar(any).toolSpecifications(ADD));
  }

  private void assertRefused(
      Format format, String name, UnaryOperator<LocalChatRequestParameters.Builder> parameters) {
    assertThatThrownBy(() -> real(format, parameters))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnotherModelAndOtherContent(Format format) {
    assertThatThrownBy(() -> real(format, p -> p.modelName("another")))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("modelName");
    Image image = Image.builder().base64Data("AAAA").mimeType("image/png").build();
    try (LocalChatModel chat = LocalChatModel.of(model(format))) {
      assertThatThrownBy(() -> chat.chat(UserMessage.from(ImageContent.from(image))))
          .isInstanceOf(UnsupportedFeatureException.class)
          .hasMessageContaining("found image");
      assertThatThrownBy(() -> chat.chat(UserMessage.from(AudioContent.from("AAAA", "audio/wav"))))
          .isInstanceOf(UnsupportedFeatureException.class)
          .hasMessageContaining("found audio");
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsATextInParts(Format format) {
    try (LocalChatModel chat = LocalChatModel.of(model(format))) {
      ChatResponse parts =
          chat.chat(UserMessage.from(TextContent.from("one"), TextContent.from("two")));
      ChatResponse whole = chat.chat(UserMessage.from("one\ntwo"));

      assertThat(parts.tokenUsage().inputTokenCount())
          .isEqualTo(whole.tokenUsage().inputTokenCount());
    }
  }

  private String answer(
      Format format, UnaryOperator<LocalChatRequestParameters.Builder> parameters) {
    return String.valueOf(real(format, parameters).aiMessage().text());
  }

  private ChatResponse real(
      Format format, UnaryOperator<LocalChatRequestParameters.Builder> parameters) {
    try (LocalChatModel chat = LocalChatModel.of(model(format))) {
      return chat.chat(request(parameters));
    }
  }

  private ChatResponse chat(
      Format format, String script, UnaryOperator<LocalChatRequestParameters.Builder> parameters) {
    Model model = model(format);
    LocalChatOptions options =
        LocalChatOptions.builder()
            .sampling(sampling -> ScriptedSampler.of(model.tokenizer(), script))
            .build();
    try (LocalChatModel chat = LocalChatModel.of(model, options)) {
      return chat.chat(request(parameters));
    }
  }

  private static ChatRequest request(UnaryOperator<LocalChatRequestParameters.Builder> parameters) {
    LocalChatRequestParameters.Builder builder = LocalChatRequestParameters.builder();
    builder.maxOutputTokens(80);
    return ChatRequest.builder()
        .messages(UserMessage.from("hello hello hello"))
        .parameters(parameters.apply(builder).build())
        .build();
  }

  private Model model(Format format) {
    return Objects.requireNonNull(models.get(format));
  }
}

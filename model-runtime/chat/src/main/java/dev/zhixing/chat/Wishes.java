package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.sampling.SamplingOptions;
import dev.zhixing.engine.sampling.StopSequences;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request asks for, checked. Immutable. */
record Wishes(LocalChatRequestParameters parameters, String modelName) {
  private static final double BRANCH_TEMPERATURE = 0.8;

  /**
   * @throws UnsupportedFeatureException if the request names another model
   * @throws InvalidRequestException if a parameter is out of its range
   */
  static Wishes of(ChatRequest request, Model model, LocalChatOptions options) {
    Wishes wishes = of(request.parameters(), model, options);
    wishes.checkWhole();
    return wishes;
  }

  /** As {@link #of(ChatRequest, Model, LocalChatOptions)} for parameters of a part of a request. */
  static Wishes of(ChatRequestParameters asked, Model model, LocalChatOptions options) {
    LocalChatRequestParameters parameters = LocalChatRequestParameters.of(asked);
    Wishes wishes = new Wishes(parameters, name(parameters.modelName(), model, options));
    wishes.checkNumbers();
    wishes.checkTexts();
    return wishes;
  }

  private void checkNumbers() {
    Integer most = parameters.maxOutputTokens();
    if (most != null && most < 1) {
      throw new InvalidRequestException("maxOutputTokens: expected at least 1, found " + most);
    }
    Integer rivals = parameters.topLogprobs();
    if (rivals != null && (rivals < 0 || rivals > 1000)) {
      throw new InvalidRequestException("topLogprobs: expected 0 to 1000, found " + rivals);
    }
    sampling();
  }

  private void checkTexts() {
    try {
      StopSequences.of(stops());
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("stopSequences: " + e.getMessage(), e);
    }
    String session = session();
    if (session != null && session.isBlank()) {
      throw new InvalidRequestException("session: expected a name, found nothing in it");
    }
  }

  /** Refuses what can't be had at once. */
  private void checkWhole() {
    if (parameters.toolChoice() == ToolChoice.REQUIRED && tools().isEmpty()) {
      throw new InvalidRequestException("toolChoice REQUIRED: expected tools on offer, found none");
    }
    if (parameters.grammar() != null && (json() != null || !callable().isEmpty())) {
      throw new InvalidRequestException(
          "grammar: expected neither a JSON response format nor tools that may be called, found %s; the grammar is for the whole answer"
              .formatted(json() != null ? "a response format" : callable().size() + " tools"));
    }
  }

  /** The name that a response tells: the one that was asked for, if it is one of the model's. */
  private static String name(@Nullable String wanted, Model model, LocalChatOptions options) {
    String name = name(model, options);
    if (wanted == null || wanted.equals(name) || options.aliases().contains(wanted)) {
      return wanted == null ? name : wanted;
    }
    throw new UnsupportedFeatureException(
        "modelName: expected '"
            + name
            + "', which is loaded, found '"
            + wanted
            + "'; changing the model by a request is not supported");
  }

  private static String name(Model model, LocalChatOptions options) {
    String given = options.modelName();
    return given != null
        ? given
        : model
            .metadata()
            .string("general.name", model.metadata().string("general.architecture", "local"));
  }

  List<ToolSpecification> tools() {
    List<ToolSpecification> tools = parameters.toolSpecifications();
    return tools == null ? List.of() : tools;
  }

  /** The tools that may be called. */
  List<ToolSpecification> callable() {
    return parameters.toolChoice() == ToolChoice.NONE ? List.of() : tools();
  }

  /** The name of the conversation, null for none. */
  @Nullable String session() {
    return parameters.session();
  }

  boolean mustCall() {
    return parameters.toolChoice() == ToolChoice.REQUIRED;
  }

  List<String> stops() {
    List<String> stops = parameters.stopSequences();
    return stops == null ? List.of() : stops;
  }

  @Nullable ResponseFormat json() {
    ResponseFormat wanted = parameters.responseFormat();
    return wanted != null && wanted.type() == ResponseFormatType.JSON ? wanted : null;
  }

  /**
   * How many tokens may be written.
   *
   * @param prompt tokens of the request
   */
  int mostTokens(int prompt, int contextLength) {
    int room = contextLength - prompt;
    if (room < 1) {
      throw new InvalidRequestException(
          "conversation: expected fewer than %d tokens, found %d; shorten it, e.g. with a token window"
              .formatted(contextLength, prompt));
    }
    Integer wanted = parameters.maxOutputTokens();
    return wanted == null ? room : Math.min(wanted, room);
  }

  /** Without a temperature, the likeliest token always. */
  SamplingOptions sampling() {
    try {
      SamplingOptions.Builder builder =
          SamplingOptions.builder().temperature(or(parameters.temperature(), 0));
      builder.topP(or(parameters.topP(), 1)).minP(or(parameters.minP(), 0));
      builder.topK(parameters.topK() == null ? 0 : parameters.topK());
      builder.frequencyPenalty(or(parameters.frequencyPenalty(), 0));
      builder.presencePenalty(or(parameters.presencePenalty(), 0));
      builder.repetitionPenalty(or(parameters.repetitionPenalty(), 1));
      Long seed = parameters.seed();
      return builder.seed(seed == null ? 0 : seed).build();
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e.getMessage(), e);
    }
  }

  /** The same without thinking first, where the template can be told. */
  Wishes withoutThinking() {
    LocalChatRequestParameters own = LocalChatRequestParameters.builder().thinking(false).build();
    return new Wishes(LocalChatRequestParameters.of(parameters.overrideWith(own)), modelName);
  }

  /** The same for one of several continuations, which differ by chance. */
  Wishes forBranch(int branch) {
    Long seed = parameters.seed();
    LocalChatRequestParameters.Builder own =
        LocalChatRequestParameters.builder().seed((seed == null ? 0 : seed) + branch);
    if (parameters.temperature() == null) {
      own.temperature(BRANCH_TEMPERATURE);
    }
    return new Wishes(
        LocalChatRequestParameters.of(parameters.overrideWith(own.build())), modelName);
  }

  private static double or(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }
}

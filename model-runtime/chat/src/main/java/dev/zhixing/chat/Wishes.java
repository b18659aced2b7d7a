package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.sampling.SamplingOptions;
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
    LocalChatRequestParameters parameters = LocalChatRequestParameters.of(request.parameters());
    String name = checkName(parameters.modelName(), model, options);
    Integer most = parameters.maxOutputTokens();
    if (most != null && most < 1) {
      throw new InvalidRequestException("maxOutputTokens: expected at least 1, found " + most);
    }
    Integer rivals = parameters.topLogprobs();
    if (rivals != null && (rivals < 0 || rivals > 1000)) {
      throw new InvalidRequestException("topLogprobs: expected 0 to 1000, found " + rivals);
    }
    return new Wishes(parameters, name);
  }

  /**
   * The model's name.
   *
   * @throws UnsupportedFeatureException if another is wanted
   */
  static String checkName(@Nullable String wanted, Model model, LocalChatOptions options) {
    String name = name(model, options);
    if (wanted != null && !wanted.equals(name)) {
      throw new UnsupportedFeatureException(
          "modelName: expected '"
              + name
              + "', which is loaded, found '"
              + wanted
              + "'; changing the model by a request is not supported");
    }
    return name;
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

  boolean mustCall() {
    return parameters.toolChoice() == ToolChoice.REQUIRED && !tools().isEmpty();
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

package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.sampling.Sampler;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Chat on a local model: finds the transcript that a request continues, reads what is new, writes
 * the turn. Behind both chat models. Safe for all threads; requests of different conversations run
 * side by side.
 */
final class LocalChat implements AutoCloseable {

  private final Model model;
  private final ConversationFormat format;
  private final TranscriptPool pool;
  private final TurnArchive archive = new TurnArchive();
  private final ToolGrammars grammars;

  /**
   * @param conversations how many keep their tokens between requests
   * @param promptCache where openings are kept for other processes
   */
  LocalChat(Model model, int conversations, PromptCache promptCache) {
    this.model = model;
    this.format = formatOf(model);
    this.pool =
        new TranscriptPool(
            conversations, () -> new Transcript(model.newSession(), format, archive, promptCache));
    this.grammars = new ToolGrammars(model.tokenizer());
  }

  private static ConversationFormat formatOf(Model model) {
    String name = model.metadata().string(ConversationFormat.METADATA_KEY, "none");
    if (!name.equals(ConversationFormat.NAME)) {
      throw new IllegalArgumentException(
          "model: expected the conversation format %s in %s, found %s; other formats can't be read yet, use a model made by zhixing train"
              .formatted(ConversationFormat.NAME, ConversationFormat.METADATA_KEY, name));
    }
    return new ConversationFormat(model.tokenizer());
  }

  /** Answers a request; the listener hears of it meanwhile. */
  ChatResponse answer(ChatRequest request, TurnListener listener) {
    refuseUnsupported(request);
    List<ToolSpecification> tools =
        request.toolSpecifications() == null ? List.of() : request.toolSpecifications();
    List<ToolSpecification> offered = request.toolChoice() == ToolChoice.NONE ? List.of() : tools;
    Transcript transcript = pool.take(tools, request.messages());
    try {
      int prompt = transcript.extendTo(tools, request.messages());
      int[] pending = transcript.pending();
      TurnLimits limits = limits(request, prompt, !offered.isEmpty());
      Grammar calls = offered.isEmpty() ? null : grammars.calls(offered);
      Turn turn =
          new TurnWriter(
                  transcript.session(),
                  model.tokenizer(),
                  format,
                  sampler(request),
                  limits,
                  calls,
                  listener)
              .write(pending);
      ChatResponse response = response(turn, prompt, pending.length);
      archive.store(key(response.aiMessage()), response.aiMessage(), turn.ids());
      transcript.append(response.aiMessage(), turn.ids());
      transcript.keepOpening();
      return response;
    } finally {
      pool.giveBack(transcript);
    }
  }

  private TurnLimits limits(ChatRequest request, int prompt, boolean tools) {
    int room = model.config().contextLength() - prompt;
    if (room < 1) {
      throw new InvalidRequestException(
          "conversation: expected fewer than %d tokens, found %d; shorten it, e.g. with a token window"
              .formatted(model.config().contextLength(), prompt));
    }
    Integer wanted = request.maxOutputTokens();
    int most = wanted == null ? room : Math.min(wanted, room);
    boolean must = request.toolChoice() == ToolChoice.REQUIRED;
    return new TurnLimits(most, tools, must && tools, answerGrammar(request.responseFormat()));
  }

  private @Nullable Grammar answerGrammar(@Nullable ResponseFormat wanted) {
    if (wanted == null || wanted.type() != ResponseFormatType.JSON) {
      return null;
    }
    return wanted.jsonSchema() == null
        ? grammars.anyJson()
        : grammars.json(wanted.jsonSchema().rootElement());
  }

  private static Sampler sampler(ChatRequest request) {
    Double temperature = request.temperature();
    if (temperature == null || temperature == 0) {
      return Sampler.greedy();
    }
    double topP = request.topP() == null ? 1 : request.topP();
    int topK = request.topK() == null ? 0 : request.topK();
    return Sampler.seeded(temperature, topK, topP, 0);
  }

  private static void refuseUnsupported(ChatRequest request) {
    if (request.stopSequences() != null && !request.stopSequences().isEmpty()) {
      throw new UnsupportedFeatureException("stop sequences: not supported by the local model yet");
    }
    if (request.frequencyPenalty() != null || request.presencePenalty() != null) {
      throw new UnsupportedFeatureException(
          "frequency and presence penalty: not supported by the local model yet");
    }
  }

  private static ChatResponse response(Turn turn, int prompt, int prefilled) {
    AiMessage.Builder message =
        AiMessage.builder()
            .attributes(
                Map.of(
                    TurnArchive.KEY,
                    UUID.randomUUID().toString(),
                    "zhixing.prefilled_tokens",
                    prefilled,
                    "zhixing.cached_tokens",
                    prompt - prefilled,
                    "zhixing.forced_tokens",
                    turn.forcedTokens()));
    if (!turn.text().isEmpty()) {
      message.text(turn.text());
    }
    if (!turn.calls().isEmpty()) {
      message.toolExecutionRequests(turn.calls());
    }
    FinishReason reason =
        !turn.finished()
            ? FinishReason.LENGTH
            : turn.calls().isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION;
    return ChatResponse.builder()
        .aiMessage(message.build())
        .tokenUsage(new TokenUsage(prompt, turn.ids().length))
        .finishReason(reason)
        .build();
  }

  private static String key(AiMessage message) {
    return String.valueOf(message.attributes().get(TurnArchive.KEY));
  }

  @Override
  public void close() {
    pool.close();
  }
}

package dev.zhixing.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.engine.decoding.DecodingCounts;
import dev.zhixing.engine.sampling.TokenLogprobs;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Turns as LangChain4j's responses. */
final class Responses {
  private static final String PREFILLED = "zhixing.prefilled_tokens";
  private static final String CACHED = "zhixing.cached_tokens";

  private Responses() {}

  /**
   * A turn as a message.
   *
   * @param reuse of the request's tokens
   */
  static AiMessage message(Turn turn, Reuse reuse) {
    AiMessage.Builder message =
        AiMessage.builder()
            .attributes(
                Map.of(
                    Remembered.KEY,
                    UUID.randomUUID().toString(),
                    PREFILLED,
                    reuse.tokens() - reuse.cached(),
                    CACHED,
                    reuse.cached(),
                    "zhixing.forced_tokens",
                    forced(turn.counts())));
    if (!turn.text().isEmpty()) {
      message.text(turn.text());
    }
    if (!turn.thoughts().isEmpty()) {
      message.thinking(turn.thoughts());
    }
    if (!turn.calls().isEmpty()) {
      message.toolExecutionRequests(turn.calls());
    }
    return message.build();
  }

  /** How many tokens the request had that a message answers; negative where it does not say. */
  static int asked(AiMessage message) {
    Map<String, Object> attributes = message.attributes();
    return attributes.get(PREFILLED) instanceof Number prefilled
            && attributes.get(CACHED) instanceof Number cached
        ? prefilled.intValue() + cached.intValue()
        : -1;
  }

  /** A token that was the only one allowed and had been drafted counts in both. */
  private static int forced(DecodingCounts counts) {
    return Math.max(counts.forced(), counts.accepted());
  }

  /**
   * A turn as a response.
   *
   * @param reuse of the request's tokens
   * @param logprobs of the tokens of the turn, perhaps of some beyond it
   */
  static ChatResponse of(
      Prompt.Kept kept, Turn turn, String modelName, Reuse reuse, List<TokenLogprobs> logprobs) {
    int written = turn.ids().length;
    DecodingCounts counts = turn.counts();
    LocalTokenUsage usage =
        new LocalTokenUsage(
            reuse.tokens(),
            written,
            reuse.cached(),
            counts.proposed() + counts.lookedUp(),
            counts.accepted() + counts.lookedUpAccepted(),
            forced(counts));
    return ChatResponse.builder()
        .aiMessage(kept.message())
        .metadata(
            LocalChatResponseMetadata.local()
                .id(UUID.randomUUID().toString())
                .modelName(modelName)
                .tokenUsage(usage)
                .finishReason(reason(turn))
                .times(turn.prefill(), turn.decode())
                .logprobs(logprobs.subList(0, Math.min(logprobs.size(), written)))
                .divergence(kept.divergence())
                .divergedAt(reuse.divergedAt())
                .build())
        .build();
  }

  private static FinishReason reason(Turn turn) {
    if (turn.end() == Turn.End.LIMIT) {
      return FinishReason.LENGTH;
    }
    return turn.calls().isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION;
  }
}

package dev.zhixing.agent;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one step, or of several added up. {@code input} and {@code output} are 0 where the
 * provider does not report them; the others are null where the model does not.
 *
 * <p>A local model reports the last three as numbers among the attributes of its {@link AiMessage},
 * under the names below.
 *
 * @param input tokens of the prompt, cached ones included
 * @param output tokens generated
 * @param prefilled tokens of the prompt that were computed for this call
 * @param cached tokens of the prompt that were still in the KV cache
 * @param forced generated tokens that the grammar left no choice about
 * @param cost what the tokens cost at the agent's {@link Prices}
 */
public record Usage(
    int input,
    int output,
    @Nullable Integer prefilled,
    @Nullable Integer cached,
    @Nullable Integer forced,
    @Nullable BigDecimal cost) {

  /** Attribute of an {@link AiMessage}: the tokens of the prompt that were computed for it. */
  public static final String PREFILLED_TOKENS = "zhixing.prefilled_tokens";

  /** Attribute of an {@link AiMessage}: the tokens of the prompt that were found in the cache. */
  public static final String CACHED_TOKENS = "zhixing.cached_tokens";

  /** Attribute of an {@link AiMessage}: the generated tokens that the grammar forced. */
  public static final String FORCED_TOKENS = "zhixing.forced_tokens";

  /**
   * Attribute of an {@link AiMessage}: the ids of its tokens, where they are not those that its
   * text would be split into. A journal has them only of messages of which it has every word.
   */
  public static final String TURN_IDS = "zhixing.turn_ids";

  /** Tokens that cost nothing, as far as is known. */
  public Usage(
      int input,
      int output,
      @Nullable Integer prefilled,
      @Nullable Integer cached,
      @Nullable Integer forced) {
    this(input, output, prefilled, cached, forced, null);
  }

  /** Nothing used. */
  public static final Usage NONE = new Usage(0, 0, null, null, null);

  /** What {@code response} reports. */
  public static Usage of(ChatResponse response) {
    TokenUsage tokens = response.tokenUsage();
    AiMessage message = response.aiMessage();
    return new Usage(
        tokens == null ? 0 : orZero(tokens.inputTokenCount()),
        tokens == null ? 0 : orZero(tokens.outputTokenCount()),
        number(message, PREFILLED_TOKENS),
        number(message, CACHED_TOKENS),
        number(message, FORCED_TOKENS));
  }

  /** The same at a price. */
  Usage at(Prices.Price price) {
    return new Usage(input, output, prefilled, cached, forced, price.of(this));
  }

  /** Both together. */
  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        output + other.output,
        sum(prefilled, other.prefilled),
        sum(cached, other.cached),
        sum(forced, other.forced),
        sum(cost, other.cost));
  }

  private static int orZero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }

  private static @Nullable Integer number(AiMessage message, String attribute) {
    return message.attributes().get(attribute) instanceof Number count ? count.intValue() : null;
  }

  private static @Nullable Integer sum(@Nullable Integer a, @Nullable Integer b) {
    if (a == null) {
      return b;
    }
    return b == null ? a : Integer.valueOf(a + b);
  }

  private static @Nullable BigDecimal sum(@Nullable BigDecimal a, @Nullable BigDecimal b) {
    if (a == null) {
      return b;
    }
    return b == null ? a : a.add(b);
  }
}

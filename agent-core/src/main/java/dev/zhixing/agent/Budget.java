package dev.zhixing.agent;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run may use. Checked before each action; what is left of the tokens and the money goes to
 * the model as the call's maximum, what is left of the time ends a call that is still under way.
 * {@link Run#left()} tells how much there still is.
 *
 * @param steps how many steps a run may have: a question to the model is one, a round of tool calls
 *     another; at least 1
 * @param modelCalls how often the model may be asked; at least 1
 * @param toolCalls how many tool calls may be run; 0 or more
 * @param inputTokens how many tokens the prompts may have in all; at least 1. Without {@link
 *     AgentBuilder#tokenCounter} the length of a prompt is known only when it was read
 * @param outputTokens how many tokens the model may generate in all; at least 1
 * @param time wall time, without the time in which a person is asked for approval; more than 0
 * @param money what all calls may cost at the {@link Prices} of the agent, in their currency; null
 *     for no limit
 */
public record Budget(
    int steps,
    int modelCalls,
    int toolCalls,
    long inputTokens,
    int outputTokens,
    Duration time,
    @Nullable BigDecimal money) {

  /** Forty steps, 8,192 generated tokens, five minutes. */
  public static final Budget STANDARD = new Budget(40, 8192, Duration.ofMinutes(5));

  public Budget {
    if (steps < 1
        || modelCalls < 1
        || toolCalls < 0
        || inputTokens < 1
        || outputTokens < 1
        || time.isNegative()
        || time.isZero()
        || (money != null && money.signum() < 0)) {
      throw new IllegalArgumentException(
          "Budget: expected steps, modelCalls, inputTokens and outputTokens of at least 1,"
              + " toolCalls"
              + " and money of at least 0 and a time of more than 0, found steps %d, modelCalls %d,"
                  .formatted(steps, modelCalls)
              + " toolCalls %d, inputTokens %d, outputTokens %d, time %s, money %s"
                  .formatted(toolCalls, inputTokens, outputTokens, time, money));
    }
  }

  /** Without limits of calls, of the prompts' tokens and of money. */
  public Budget(int steps, int outputTokens, Duration time) {
    this(steps, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, outputTokens, time, null);
  }

  /** The same with another limit of steps. */
  public Budget withSteps(int limit) {
    return new Budget(limit, modelCalls, toolCalls, inputTokens, outputTokens, time, money);
  }

  /** The same with another limit of questions to the model. */
  public Budget withModelCalls(int limit) {
    return new Budget(steps, limit, toolCalls, inputTokens, outputTokens, time, money);
  }

  /** The same with another limit of tool calls. */
  public Budget withToolCalls(int limit) {
    return new Budget(steps, modelCalls, limit, inputTokens, outputTokens, time, money);
  }

  /** The same with another limit of the prompts' tokens. */
  public Budget withInputTokens(long limit) {
    return new Budget(steps, modelCalls, toolCalls, limit, outputTokens, time, money);
  }

  /** The same with another limit of generated tokens. */
  public Budget withOutputTokens(int limit) {
    return new Budget(steps, modelCalls, toolCalls, inputTokens, limit, time, money);
  }

  /** The same with another limit of wall time. */
  public Budget withTime(Duration limit) {
    return new Budget(steps, modelCalls, toolCalls, inputTokens, outputTokens, limit, money);
  }

  /** The same with a limit of money; {@link AgentBuilder#prices} says what a model costs. */
  public Budget withMoney(BigDecimal limit) {
    return new Budget(steps, modelCalls, toolCalls, inputTokens, outputTokens, time, limit);
  }

  /**
   * Which limit stands in the way of {@code action}, if any. An end is always within the budget.
   */
  Optional<Limit> reachedBy(Run run, Action action) {
    Left left = run.left();
    if (action instanceof Action.Finish) {
      return Optional.empty();
    }
    if (left.time().isZero()) {
      return Optional.of(Limit.TIME);
    }
    if (left.steps() == 0) {
      return Optional.of(Limit.STEPS);
    }
    return action instanceof Action.CallTools(var calls, _)
        ? Limit.TOOL_CALLS.reachedIf(left.toolCalls() < calls.size())
        : Limit.MODEL_CALLS
            .reachedIf(left.modelCalls() < replies(action))
            .or(() -> Limit.INPUT_TOKENS.reachedIf(left.inputTokens() == 0))
            .or(() -> Limit.OUTPUT_TOKENS.reachedIf(left.outputTokens() < replies(action)))
            .or(() -> Limit.MONEY.reachedIf(left.money() != null && left.money().signum() == 0));
  }

  private static int replies(Action action) {
    return action instanceof Action.AskModel ask
            && ask.form() instanceof ReplyForm.Branches(int count)
        ? count
        : 1;
  }

  /**
   * What is left of a budget; nothing is less than 0.
   *
   * @param money null for no limit
   */
  public record Left(
      int steps,
      int modelCalls,
      int toolCalls,
      long inputTokens,
      int outputTokens,
      Duration time,
      @Nullable BigDecimal money) {}

  /**
   * More was used than a limit allows: a remote model's prompt was longer, or its reply, than could
   * be known or enforced.
   */
  public record Overshoot(Limit limit, String allowed, String used) {
    @Override
    public String toString() {
      return "%s: %s allowed, %s used".formatted(limit, allowed, used);
    }
  }

  /** The limits of a budget. */
  public enum Limit {
    /** {@link Budget#steps()}. */
    STEPS,
    /** {@link Budget#modelCalls()}. */
    MODEL_CALLS,
    /** {@link Budget#toolCalls()}. */
    TOOL_CALLS,
    /** {@link Budget#inputTokens()}. */
    INPUT_TOKENS,
    /** {@link Budget#outputTokens()}. */
    OUTPUT_TOKENS,
    /** {@link Budget#time()}. */
    TIME,
    /** {@link Budget#money()}. */
    MONEY,
    /** Not of this budget: the model's own limit of a single reply. */
    REPLY_LENGTH;

    private Optional<Limit> reachedIf(boolean reached) {
      return reached ? Optional.of(this) : Optional.empty();
    }
  }
}

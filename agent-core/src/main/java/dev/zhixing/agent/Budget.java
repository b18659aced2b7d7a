package dev.zhixing.agent;

import java.time.Duration;
import java.util.Optional;

/**
 * What a run may use. Checked before each action; what is left of the tokens goes to the model as
 * the call's maximum, what is left of the time ends a call that is still under way.
 *
 * @param steps how many steps a run may have: a question to the model is one, a round of tool calls
 *     another; at least 1
 * @param outputTokens how many tokens the model may generate in all; at least 1
 * @param time wall time, without the time in which a person is asked for approval; more than 0
 */
public record Budget(int steps, int outputTokens, Duration time) {

  /** Forty steps, 8,192 tokens, five minutes. */
  public static final Budget STANDARD = new Budget(40, 8192, Duration.ofMinutes(5));

  public Budget {
    if (steps < 1 || outputTokens < 1 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(
          "Budget: expected steps and outputTokens of at least 1 and a time of more than 0, found %d, %d and %s"
              .formatted(steps, outputTokens, time));
    }
  }

  /** The same with another limit of steps. */
  public Budget withSteps(int limit) {
    return new Budget(limit, outputTokens, time);
  }

  /** The same with another limit of generated tokens. */
  public Budget withOutputTokens(int limit) {
    return new Budget(steps, limit, time);
  }

  /** The same with another limit of wall time. */
  public Budget withTime(Duration limit) {
    return new Budget(steps, outputTokens, limit);
  }

  /** Which limit {@code run} has reached, if any. */
  Optional<Limit> reachedBy(Run run) {
    if (run.timeLeft().isZero()) {
      return Optional.of(Limit.TIME);
    }
    if (run.steps().size() >= steps) {
      return Optional.of(Limit.STEPS);
    }
    return run.outputTokensLeft() == 0 ? Optional.of(Limit.OUTPUT_TOKENS) : Optional.empty();
  }

  /** The limits of a budget. */
  public enum Limit {
    /** {@link Budget#steps()}. */
    STEPS,
    /** {@link Budget#outputTokens()}. */
    OUTPUT_TOKENS,
    /** {@link Budget#time()}. */
    TIME,
    /** Not of this budget: the model's own limit of a single reply. */
    REPLY_LENGTH
  }
}

package dev.zhixing.samples.eval;

import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.Usage;

/**
 * What a task took.
 *
 * @param steps steps of the run: questions to the model, and rounds of calls
 * @param usage the tokens
 * @param millis wall time in milliseconds
 */
public record Cost(int steps, Usage usage, long millis) {

  /** Nothing at all. */
  public static final Cost NONE = new Cost(0, Usage.NONE, 0);

  static Cost of(RunResult result, long millis) {
    return new Cost(result.run().steps().size(), result.run().usage(), millis);
  }
}

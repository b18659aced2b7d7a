package dev.zhixing.agent;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * Something that happened in a run. Jackson writes each as an object whose property {@code event}
 * names its type.
 *
 * <p>The order of a step: {@link Asked}, any number of {@link Thinking} and {@link Said}, {@link
 * Replied} or {@link ModelFailed}; or {@link CallStarted} and {@link Observed} for each call. A
 * call of a READ tool may start while the model still speaks; should the model then not stand by
 * it, a failed {@link Observed} follows before the next reply or the end.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "event")
public sealed interface AgentEvent {

  /** The run began. */
  record Started(String run, String request) implements AgentEvent {}

  /**
   * The run is taken up again after {@code steps} finished steps.
   *
   * @param from the run that was recorded: the same, or the one of which this is a replay
   * @param inDoubt the calls that began, may have changed something and brought nothing back
   */
  record Resumed(String run, String from, int steps, List<ToolCall> inDoubt)
      implements AgentEvent {}

  /**
   * The model of this name is asked.
   *
   * @param purpose what a planner asks for in a question of its own, else empty
   */
  record Asked(int step, String model, int messages, int maxOutputTokens, String purpose)
      implements AgentEvent {
    /** The conversation's next turn. */
    public Asked(int step, String model, int messages, int maxOutputTokens) {
      this(step, model, messages, maxOutputTokens, "");
    }
  }

  /**
   * A piece of what a reasoning model thinks before it speaks, or of its reply to a planner's own
   * question.
   */
  record Thinking(int step, String text) implements AgentEvent {}

  /**
   * A piece of what the model says: a token or so with a streaming model, otherwise all of it at
   * once. Whether it is a thought or the answer is known at {@link Replied}.
   */
  record Said(int step, String text) implements AgentEvent {}

  /** The model's turn is over: a thought if there are {@code calls}, otherwise an answer. */
  record Replied(int step, String text, List<ToolCall> calls, Usage usage, long millis)
      implements AgentEvent {}

  /**
   * The model failed.
   *
   * @param attempt how often this model was asked, 1 for the first time
   * @param then what is done about it
   * @param withdrawn whether it had said something since {@link Asked}: those {@link Thinking} and
   *     {@link Said} do not count, so whoever showed them should take them back
   * @param waitMillis how long until it is asked again, in milliseconds; 0 if it is not
   */
  record ModelFailed(
      int step,
      String model,
      int attempt,
      String reason,
      Remedy then,
      boolean withdrawn,
      long waitMillis)
      implements AgentEvent {
    /** What is done when a model fails. */
    public enum Remedy {
      /** The same model is asked again. */
      RETRY,
      /** The next model takes over. */
      NEXT_MODEL,
      /** The run ends. */
      END
    }
  }

  /** More was used than the budget allows, which was known only afterwards. */
  record Overshot(int step, Budget.Overshoot overshoot) implements AgentEvent {}

  /** A call is about to run. */
  record CallStarted(int step, ToolCall call, Effect effect) implements AgentEvent {}

  /** What a call brought back, or why it was not run. */
  record Observed(int step, boolean success, ToolCall call, String text, long millis)
      implements AgentEvent {
    static Observed of(int step, Observation observation) {
      return new Observed(
          step,
          observation instanceof Observation.Success,
          observation.call(),
          observation.text(),
          observation.millis());
    }
  }

  /**
   * A guardrail did something other than let pass. {@code on} is {@code input}, {@code call} or
   * {@code output}.
   */
  record Judged(String guardrail, String on, String verdict, String reason) implements AgentEvent {}

  /** The agent's memory was asked for what it knows, or took note of the run. */
  record MemoryUsed(Use use, boolean success, long millis) implements AgentEvent {
    /** What memory is used for. */
    public enum Use {
      /** {@link Memory#recall}. */
      RECALL,
      /** {@link Memory#record}. */
      RECORD
    }
  }

  /** A person was asked about a call and decided. */
  record Decided(ToolCall call, boolean approved, String reason) implements AgentEvent {}

  /** The run is over. {@code result} is the name of the {@link RunResult}. */
  record Ended(
      String run, String result, String text, String reason, int steps, Usage usage, long millis)
      implements AgentEvent {}
}

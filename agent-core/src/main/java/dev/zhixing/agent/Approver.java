package dev.zhixing.agent;

/** The person who is asked before a call is run. */
@FunctionalInterface
public interface Approver {

  /**
   * Shows {@code call}, exactly as it will be run, and {@code reason} to a person and waits for the
   * decision. Called from a thread of its own, one call at a time, and interrupted when the run is
   * cancelled. The time does not count against the budget.
   */
  Decision decide(ToolCall call, String reason);

  /** What a person decided. */
  sealed interface Decision {
    /** Run it. */
    record Approve() implements Decision {}

    /** Do not run it; the model reads {@code reason}, which may be empty. */
    record Deny(String reason) implements Decision {}
  }
}

package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a run has come: what a run that is taken up again starts with.
 *
 * @param opened whether the request was let through
 * @param opening what the model sees first, and before the request was let through, the history
 * @param wasted how many calls were started, but are in no step
 */
record RunState(
    boolean opened,
    String request,
    List<ChatMessage> opening,
    List<ToolSpecification> tools,
    List<Step> steps,
    Optional<Pending> pending,
    int wasted) {

  static RunState before(JournalEntry.Begun begun) {
    return new RunState(
        false, begun.request(), begun.history(), List.of(), List.of(), Optional.empty(), 0);
  }

  /** The same, let through or refused. */
  RunState with(JournalEntry.Opened with, boolean accepted) {
    return new RunState(
        accepted, with.request(), with.messages(), with.tools(), steps, Optional.empty(), wasted);
  }

  /** The same with {@code step} at the end. */
  RunState with(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new RunState(
        opened, request, opening, tools, List.copyOf(longer), Optional.empty(), wasted);
  }

  /** The same in the middle of a step. */
  RunState with(Pending newPending) {
    return new RunState(opened, request, opening, tools, steps, Optional.of(newPending), wasted);
  }

  /** The same with {@code more} calls that were started, but are in no step. */
  RunState wasting(int more) {
    return new RunState(opened, request, opening, tools, steps, pending, wasted + more);
  }

  /** The time that models and tools took, in milliseconds; waiting for people does not count. */
  long millis() {
    return steps.stream().mapToLong(RunState::millis).sum();
  }

  private static long millis(Step step) {
    long tools = step.observations().stream().mapToLong(Observation::millis).sum();
    return step.reply().isPresent() ? step.millis() : Math.min(step.millis(), tools);
  }
}

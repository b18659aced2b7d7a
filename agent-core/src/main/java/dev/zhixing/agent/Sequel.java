package dev.zhixing.agent;

import java.util.List;

/** What can be called as soon as some calls of a step are over, though others still run. */
@FunctionalInterface
public interface Sequel {
  /** Nothing. */
  Sequel NONE = _ -> List.of();

  /**
   * The calls that can start now that {@code brought} is there; those that have started already, by
   * their ids, are ignored. They join the step if they only read, no guardrail objects and the
   * budget allows it; the others wait until the planner asks for them in a step of their own.
   * Called on the thread of the run each time a call is over.
   */
  List<ToolCall> after(List<Observation> brought);
}

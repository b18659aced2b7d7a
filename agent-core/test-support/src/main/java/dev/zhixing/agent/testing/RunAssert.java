package dev.zhixing.agent.testing;

import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.Usage;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a run. A call counts as made when the agent acted on it, whether the tool
 * succeeded, failed, or was stopped by a guardrail or a person; {@link CallAssert} tells these
 * apart. Calls that still wait for a person are {@link #needsApprovalFor}.
 */
public class RunAssert extends AbstractAssert<RunAssert, RunResult> {

  RunAssert(RunResult actual) {
    super(actual, RunAssert.class);
  }

  /** The tool was called at least once; what follows narrows down which of its calls are meant. */
  public CallAssert called(String tool) {
    List<MadeCall> calls = callsOf(tool);
    if (calls.isEmpty()) {
      throw wrong("Expected a call of " + tool + ", found " + listed(MadeCall.of(actual)));
    }
    return new CallAssert(actual, "call of " + tool, calls);
  }

  /** The tool was not called, not even in vain. */
  public RunAssert neverCalled(String tool) {
    List<MadeCall> calls = callsOf(tool);
    if (!calls.isEmpty()) {
      throw wrong("Expected no call of " + tool + ", found " + listed(calls));
    }
    return this;
  }

  /** No tool was called at all. */
  public RunAssert calledNothing() {
    List<MadeCall> calls = MadeCall.of(actual);
    if (!calls.isEmpty()) {
      throw wrong("Expected no call at all, found " + listed(calls));
    }
    return this;
  }

  /** The tools were called in this order; other calls may lie before, between and after. */
  public RunAssert calledInOrder(String... tools) {
    Iterator<MadeCall> made = MadeCall.of(actual).iterator();
    for (String tool : tools) {
      boolean found = false;
      while (!found && made.hasNext()) {
        found = made.next().call().name().equals(tool);
      }
      if (!found) {
        throw wrong(
            "Expected calls of %s in this order, found no %s in its place among %s"
                .formatted(Arrays.toString(tools), tool, listed(MadeCall.of(actual))));
      }
    }
    return this;
  }

  /** The tools were called in this order, each as often as it stands here, and no other. */
  public RunAssert calledExactly(String... tools) {
    List<MadeCall> calls = MadeCall.of(actual);
    if (!calls.stream().map(call -> call.call().name()).toList().equals(List.of(tools))) {
      throw wrong(
          "Expected exactly the calls %s, found %s"
              .formatted(Arrays.toString(tools), listed(calls)));
    }
    return this;
  }

  /** The run stopped before a call of the tool, for a person to approve it. */
  public CallAssert needsApprovalFor(String tool) {
    List<MadeCall> waiting =
        actual instanceof RunResult.NeedsApproval needs
            ? needs.calls().stream().map(call -> new MadeCall(call, null)).toList()
            : List.of();
    List<MadeCall> calls =
        waiting.stream().filter(call -> call.call().name().equals(tool)).toList();
    if (calls.isEmpty()) {
      throw wrong("Expected a call of " + tool + " to need approval, found " + listed(waiting));
    }
    return new CallAssert(actual, "call of " + tool + " that needs approval", calls);
  }

  /** The run ended as a result of this kind, such as {@code RunResult.OutOfBudget}. */
  public RunAssert endedAs(Class<? extends RunResult> kind) {
    if (!kind.isInstance(actual)) {
      throw wrong(
          "Expected the run to end as %s, found %s: %s"
              .formatted(kind.getSimpleName(), actual.getClass().getSimpleName(), actual.reason()));
    }
    return this;
  }

  /** The run ended with an answer. */
  public RunAssert answered() {
    return endedAs(RunResult.Answered.class);
  }

  /** The run ended with exactly this answer. */
  public RunAssert answered(String answer) {
    answered();
    if (!actual.text().equals(answer)) {
      throw wrong("Expected the answer '%s', found '%s'".formatted(answer, actual.text()));
    }
    return this;
  }

  /** The run ended with an answer in which all of these stand. */
  public RunAssert answerContains(String... parts) {
    answered();
    for (String part : parts) {
      if (!actual.text().contains(part)) {
        throw wrong("Expected '%s' in the answer, found '%s'".formatted(part, actual.text()));
      }
    }
    return this;
  }

  /** The run ended with an answer in which none of these stands. */
  public RunAssert answerDoesNotContain(String... parts) {
    answered();
    for (String part : parts) {
      if (actual.text().contains(part)) {
        throw wrong("Expected no '%s' in the answer, found '%s'".formatted(part, actual.text()));
      }
    }
    return this;
  }

  /** A guardrail refused the request or the answer. */
  public RunAssert refused() {
    return endedAs(RunResult.Refused.class);
  }

  /** The run had at most this many steps: a question to the model is one, a round of calls too. */
  public RunAssert usedAtMostSteps(int most) {
    return atMost(most, actual.run().steps().size(), "steps");
  }

  /** The run took at most this many tokens, read and written. */
  public RunAssert usedAtMostTokens(int most) {
    Usage usage = actual.run().usage();
    return atMost(most, usage.input() + usage.output(), "tokens");
  }

  /** The model wrote at most this many tokens. */
  public RunAssert usedAtMostOutputTokens(int most) {
    return atMost(most, actual.run().usage().output(), "generated tokens");
  }

  private RunAssert atMost(int most, int found, String what) {
    if (found > most) {
      throw wrong("Expected at most %d %s, found %d".formatted(most, what, found));
    }
    return this;
  }

  private List<MadeCall> callsOf(String tool) {
    return MadeCall.of(actual).stream().filter(call -> call.call().name().equals(tool)).toList();
  }

  /** A failure that shows the trajectory. */
  AssertionError wrong(String message) {
    return failure("%s", message + "\n" + Trajectory.of(actual));
  }

  static String listed(List<MadeCall> calls) {
    return calls.isEmpty() ? "none" : calls.toString();
  }
}

package dev.zhixing.agent;

import dev.langchain4j.service.tool.ToolExecutionResult;
import java.time.Duration;

/** A tool call that was started on a thread of its own, or that cannot be. */
sealed interface ToolRun {

  /** Waits for the end of the call, for no longer than the tool's limit and the run's time. */
  Observation await();

  /** Interrupts the call, of which nothing is expected any more. */
  void stop();

  static ToolRun start(ToolCall call, Toolbox toolbox, Run run) {
    return switch (toolbox.find(call)) {
      case Toolbox.Resolution.Impossible(String why) -> new Over(Observation.notRun(call, why));
      case Toolbox.Resolution.Found(Tool tool) -> start(call, tool, run);
    };
  }

  static Running start(ToolCall call, Tool tool, Run run) {
    return new Running(
        call, tool, run, Work.start("tool-" + call.name(), () -> tool.execute(call, run.id())));
  }

  /** Nothing to wait for. */
  record Over(Observation observation) implements ToolRun {
    @Override
    public Observation await() {
      return observation;
    }

    @Override
    public void stop() {}
  }

  /** Under way. */
  record Running(ToolCall call, Tool tool, Run run, Work<ToolExecutionResult> work)
      implements ToolRun {
    @Override
    public Observation await() {
      Duration left = run.timeLeft();
      Duration limit = left.compareTo(tool.timeLimit()) < 0 ? left : tool.timeLimit();
      return switch (work.await(limit, run)) {
        case Work.Outcome.Done<ToolExecutionResult>(ToolExecutionResult result) ->
            tool.observe(call, result, work.millis());
        case Work.Outcome.Broken<ToolExecutionResult>(Throwable cause) ->
            failure("%s failed: %s".formatted(call.name(), Failures.inWords(cause)));
        case Work.Outcome.TimedOut<ToolExecutionResult>() ->
            failure(
                "%s was stopped after %s s without a result."
                    .formatted(call.name(), limit.toMillis() / 1000.0));
        case Work.Outcome.Cancelled<ToolExecutionResult>() ->
            failure("%s was stopped: the run was cancelled.".formatted(call.name()));
      };
    }

    @Override
    public void stop() {
      work.stop();
    }

    /** The same work as what {@code other}, an equal call, brings back. */
    Running of(ToolCall other) {
      return new Running(other, tool, run, work);
    }

    private Observation failure(String text) {
      return new Observation.Failure(call, text, work.millis());
    }
  }
}

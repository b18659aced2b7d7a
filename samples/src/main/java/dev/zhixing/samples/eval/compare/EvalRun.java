package dev.zhixing.samples.eval.compare;

import dev.zhixing.samples.eval.Report;
import dev.zhixing.samples.eval.SuiteId;
import java.util.List;

/**
 * One setup's run of a suite: all that a comparison needs, and nothing of the machine or the
 * program's version.
 *
 * @param suite which tasks
 * @param setup what was evaluated
 * @param limits what each task could use
 * @param tasks how each task went, in their order; the first ones only of a run that was
 *     interrupted
 */
public record EvalRun(SuiteId suite, Setup setup, Limits limits, List<TaskRecord> tasks) {

  /**
   * What each task could use.
   *
   * @param steps steps of a run
   * @param tokens generated tokens
   * @param seconds wall time
   */
  public record Limits(int steps, int tokens, int seconds) {}

  public EvalRun {
    tasks = List.copyOf(tasks);
    if (tasks.size() > suite.tasks()) {
      throw new IllegalArgumentException(
          "tasks: expected at most %d, as the suite has, found %d"
              .formatted(suite.tasks(), tasks.size()));
    }
  }

  /** Whether all tasks were run. */
  public boolean isComplete() {
    return tasks.size() == suite.tasks();
  }

  /** The first {@code count} tasks of it. */
  EvalRun first(int count) {
    return new EvalRun(suite, setup, limits, tasks.subList(0, count));
  }

  /** What {@code report} says of {@code setup}. */
  public static EvalRun of(SuiteId suite, Setup setup, Limits limits, Report report) {
    return new EvalRun(suite, setup, limits, report.scores().stream().map(TaskRecord::of).toList());
  }
}

package dev.zhixing.samples.cli;

import dev.zhixing.samples.eval.MadeCall;
import dev.zhixing.samples.eval.Score;
import java.io.PrintStream;
import java.util.StringJoiner;

/** Counts tasks on a terminal's standard error; on demand shows each that failed, and why. */
final class EvalProgress {

  private final PrintStream err;
  private final boolean counts;
  private final boolean tellsFailures;
  private final int tasks;
  private int done;
  private int succeeded;

  EvalProgress(Surroundings surroundings, int tasks, boolean tellsFailures) {
    this.err = surroundings.err();
    this.counts = surroundings.asksPeople();
    this.tellsFailures = tellsFailures;
    this.tasks = tasks;
  }

  /** One more task is done, with the setup of this name; empty where there is only one. */
  void accept(String setup, Score score) {
    done++;
    if (score.success()) {
      succeeded++;
    }
    if (counts) {
      err.print("\r\u001b[K");
    }
    if (tellsFailures && !score.success()) {
      err.println((setup.isEmpty() ? "" : setup + ": ") + describe(score));
    }
    if (counts && done < tasks) {
      err.printf("%d of %d tasks, %d succeeded", done, tasks, succeeded);
    }
    err.flush();
  }

  private static String describe(Score score) {
    StringJoiner wrong = new StringJoiner(", ");
    if (!score.toolsRight()) {
      wrong.add("tools");
    } else if (!score.argumentsRight()) {
      wrong.add("arguments");
    }
    if (!score.answerRight()) {
      wrong.add("answer");
    }
    StringBuilder text = new StringBuilder();
    text.append(score.task().id()).append(" (").append(wrong).append("; ");
    text.append(score.outcome().ending()).append("): ").append(score.task().user());
    for (MadeCall call : score.outcome().calls()) {
      text.append("\n    ").append(call.tool()).append(' ').append(call.arguments());
    }
    return text.append("\n    ").append(score.outcome().answer().strip()).toString();
  }
}

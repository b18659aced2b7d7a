package dev.zhixing.samples.cli;

import dev.zhixing.agent.RecordedRun;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ToolCall;
import java.io.PrintStream;
import java.util.stream.Collectors;

/** Says on standard error what to do about a run that did not end with an answer. */
final class Endings {

  private Endings() {}

  static void explain(RunResult result, PrintStream err, boolean verbose) {
    switch (result) {
      case RunResult.Answered answered -> {}
      case RunResult.Refused refused -> {}
      case RunResult.Cancelled cancelled -> {}
      case RunResult.OutOfBudget spent -> err.println("zhixing: " + spent.reason());
      case RunResult.NeedsApproval waiting -> err.println("zhixing: " + howToApprove(waiting));
      case RunResult.Failed failed -> {
        err.println("zhixing: " + failed.reason());
        if (verbose && failed.cause() != null) {
          failed.cause().printStackTrace(err);
        }
      }
    }
  }

  /** How to go on later with a run that was recorded and waits for approval. */
  static String howToResume(RunResult.NeedsApproval waiting) {
    return "Or later: zhixing resume %s --approve auto --hash %s"
        .formatted(start(waiting.run().id()), waiting.hash().substring(0, 16));
  }

  /** Which calls of a recorded run wait for approval, and how to give it. */
  static String waiting(RecordedRun run) {
    return "not run, because a person must approve it first: %s%nTo approve: zhixing resume %s --approve auto --hash %s"
        .formatted(
            run.waiting().stream()
                .map(call -> RunPrinter.call(call.call()))
                .collect(Collectors.joining("; ")),
            start(run.id()),
            run.waitingHash().substring(0, 16));
  }

  /** How a recorded run ended. */
  static String recorded(RecordedRun run) {
    return run.end()
        .map(end -> "the run ended as %s: %s".formatted(end.result(), end.reason()))
        .orElse("the run did not end: it goes on just now, or its process was killed");
  }

  private static String start(String id) {
    return id.substring(0, Math.min(8, id.length()));
  }

  private static String howToApprove(RunResult.NeedsApproval waiting) {
    String calls = waiting.calls().stream().map(RunPrinter::call).collect(Collectors.joining("; "));
    String options =
        waiting.calls().stream()
            .map(ToolCall::name)
            .distinct()
            .map(tool -> "--approve " + tool)
            .collect(Collectors.joining(" "));
    return "not run, because a person must approve it first: %s%nTo approve, say it again on a"
            .formatted(calls)
        + " terminal, or with %s (or --approve-all).".formatted(options);
  }
}

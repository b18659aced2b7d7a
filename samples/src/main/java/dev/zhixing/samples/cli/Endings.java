package dev.zhixing.samples.cli;

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

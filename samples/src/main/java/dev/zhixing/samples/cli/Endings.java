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

  /** Explains how a recorded run ended, and where it waits, how to go on with it later. */
  static int tell(
      RunResult result, Surroundings surroundings, RunOptions options, JournalOption journal) {
    explain(result, surroundings.err(), options.verbose());
    if (result instanceof RunResult.NeedsApproval waiting) {
      surroundings.err().println(howToResume(waiting.run().id(), waiting.hash(), journal));
    }
    return ExitStatus.of(result);
  }

  /** Which calls of a recorded run wait for approval, and how to give it. */
  static String waiting(RecordedRun run, JournalOption journal) {
    return "not run, because a person must approve it first: %s%n%s"
        .formatted(
            run.waiting().stream()
                .map(call -> RunPrinter.call(call.call()))
                .collect(Collectors.joining("; ")),
            howToResume(run.id(), run.waitingHash(), journal));
  }

  private static String howToResume(String run, String hash, JournalOption journal) {
    String command =
        "zhixing resume %s%s --approve %%s --hash %s"
            .formatted(start(run), journal.given().replace("%", "%%"), hash.substring(0, 16));
    return "To approve just that: %s%nTo deny it: %s"
        .formatted(command.formatted("auto"), command.formatted("deny"));
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
    return "not run, because a person must approve it first: %s%nTo have it approved, say it"
            .formatted(calls)
        + " again on a terminal, or with %s (or --approve auto).".formatted(options);
  }
}

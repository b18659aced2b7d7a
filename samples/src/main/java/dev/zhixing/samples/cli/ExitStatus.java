package dev.zhixing.samples.cli;

import dev.zhixing.agent.RunResult;

/** The program's exit codes. */
final class ExitStatus {

  static final int ANSWERED = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int REFUSED = 3;
  static final int NEEDS_APPROVAL = 4;
  static final int OUT_OF_BUDGET = 5;
  static final int CANCELLED = 130;

  /** The same in a command's help; picocli parts code and text at the colon. */
  static final String HELP_ANSWERED = "0:Answered.";

  static final String HELP_DONE = "0:Done.";
  static final String HELP_FAILED = "1:Failed; one line on standard error says why.";
  static final String HELP_USAGE = "2:The command line is wrong.";
  static final String HELP_REFUSED = "3:The request was refused.";
  static final String HELP_NEEDS_APPROVAL =
      "4:A tool call needs a person's approval, and nobody was there to ask.";
  static final String HELP_OUT_OF_BUDGET = "5:A limit of steps, tokens or time was reached.";
  static final String HELP_CANCELLED = "130:Stopped by Ctrl-C.";

  private ExitStatus() {}

  static int of(RunResult result) {
    return switch (result) {
      case RunResult.Answered answered -> ANSWERED;
      case RunResult.Refused refused -> REFUSED;
      case RunResult.NeedsApproval waiting -> NEEDS_APPROVAL;
      case RunResult.OutOfBudget spent -> OUT_OF_BUDGET;
      case RunResult.Cancelled cancelled -> CANCELLED;
      case RunResult.Failed failed -> FAILED;
    };
  }
}

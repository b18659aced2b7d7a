package dev.zhixing.agent;

import java.util.Optional;

/** Settles what to do about a call that began before the process ended and has no result. */
final class Doubt {
  private Doubt() {}

  /** What is observed of it; empty if it is to be run, again or for the first time. */
  static Optional<Observation> settle(JournalEntry.Intended intent, Toolbox toolbox, Run run) {
    ToolCall call = intent.call().call();
    if (!(toolbox.find(call) instanceof Toolbox.Resolution.Found(Tool tool))
        || !intent.call().holds(call)) {
      return Optional.of(unknown(call));
    }
    return switch (finding(tool, call, run)) {
      case DONE -> Optional.of(done(call));
      case NOT_DONE -> Optional.empty();
      case UNKNOWN -> tool.idempotent() ? Optional.empty() : Optional.of(unknown(call));
    };
  }

  private static CallCheck.Finding finding(Tool tool, ToolCall call, Run run) {
    CallCheck check = tool.check();
    if (check == null) {
      return CallCheck.Finding.UNKNOWN;
    }
    Work<CallCheck.Finding> work = Work.start("check-" + call.name(), () -> check.find(call));
    return work.await(tool.timeLimit(), run) instanceof Work.Outcome.Done<CallCheck.Finding> found
        ? found.value()
        : CallCheck.Finding.UNKNOWN;
  }

  private static Observation done(ToolCall call) {
    return new Observation.Success(
        call,
        call.name()
            + " was done before an interruption. Its result was lost; do not call it again.",
        false,
        0);
  }

  private static Observation unknown(ToolCall call) {
    return new Observation.InDoubt(
        call,
        ("%s is in doubt: it began before an interruption, and it is not known whether it was done."
                + " It was not run again. Find out, or tell the person, before you repeat it.")
            .formatted(call.name()));
  }
}

package dev.zhixing.samples.cli;

import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Approval;
import dev.zhixing.agent.Approver;
import dev.zhixing.agent.RecordedCall;
import dev.zhixing.agent.RecordedRun;
import dev.zhixing.agent.Resumption;
import dev.zhixing.agent.journal.Journals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a recorded run. */
@Command(
    name = "resume",
    description = {
      "Goes on with a run whose process was killed, that failed or was stopped, or that waits for"
          + " approval.",
      "What was finished is taken from the run's journal. A call that began, may have changed"
          + " something and brought nothing back is not repeated, but reported as in doubt."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitStatus.HELP_ANSWERED,
      ExitStatus.HELP_FAILED,
      ExitStatus.HELP_USAGE,
      ExitStatus.HELP_REFUSED,
      ExitStatus.HELP_NEEDS_APPROVAL,
      ExitStatus.HELP_OUT_OF_BUDGET,
      ExitStatus.HELP_CANCELLED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing resume 3f2a9c1e",
      "  zhixing resume 3f2a9c1e --approve auto --hash 8c1d22f09b7a",
      "  zhixing resume 3f2a9c1e --approve deny"
    })
final class ResumeCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "RUN", description = "The run's name, or how it begins.")
  private String run = "";

  @Option(
      names = "--hash",
      paramLabel = "HASH",
      description =
          "The hash of the calls that wait, as they were shown, or its first 8 digits or more; if"
              + " they are others, nothing is run. With it, --approve holds for these calls only.")
  private @Nullable String hash;

  @Mixin private JournalOption journal = new JournalOption();
  @Mixin private RunOptions options = new RunOptions();

  ResumeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Journals journals = journal.recorded(surroundings.directories());
    RecordedRun recorded = journals.run(journals.find(run));
    checkHash(recorded);
    Optional<Approval> approval = decide(recorded);
    if (approval.isEmpty() && !recorded.waiting().isEmpty()) {
      surroundings.err().println("zhixing: " + Endings.waiting(recorded, journal));
      return ExitStatus.NEEDS_APPROVAL;
    }
    if (hash != null) {
      options.approval().forget(); // it was about the calls of this hash
    }
    options.defaultsFrom(recorded.begun().notes());
    AgentBuilder builder = options.agent(surroundings, journals);
    options.approval().approver(surroundings).ifPresent(builder::approver);
    Resumption resumption = builder.build().resume(recorded.id());
    approval.ifPresent(resumption::with);
    return Endings.tell(
        resumption.run(options.printer(surroundings)), surroundings, options, journal);
  }

  private void checkHash(RecordedRun recorded) {
    if (hash != null && recorded.waiting().isEmpty()) {
      throw new IllegalArgumentException(
          "--hash: expected a run with calls that wait for approval, found none; "
              + Endings.recorded(recorded));
    }
    if (hash != null && (hash.length() < 8 || !recorded.waitingHash().startsWith(hash))) {
      throw new IllegalArgumentException(
          "--hash: expected %s, or its first 8 digits or more, found %s; the calls that wait are not those that were shown"
              .formatted(recorded.waitingHash(), hash));
    }
  }

  /** What is decided about the calls that wait; empty if nobody is there to ask, or none wait. */
  private Optional<Approval> decide(RecordedRun recorded) {
    String reason = recorded.end().map(end -> end.reason()).orElse("");
    Optional<Approver> person = options.approval().approver(surroundings);
    List<Approver.Decision> decisions = new ArrayList<>();
    for (RecordedCall waiting : recorded.waiting()) {
      options
          .approval()
          .decision(waiting.call())
          .or(() -> person.map(p -> p.decide(waiting.call(), reason)))
          .ifPresent(decisions::add);
    }
    return decisions.isEmpty() || decisions.size() < recorded.waiting().size()
        ? Optional.empty()
        : Optional.of(new Approval(recorded.waitingHash(), decisions));
  }
}

package dev.zhixing.samples.cli;

import dev.langchain4j.data.message.AiMessage;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.RecordedRun;
import dev.zhixing.agent.Resumption;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.journal.Journals;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a recorded run again, or does it anew from one of its steps. */
@Command(
    name = "replay",
    description = {
      "Shows a recorded run again, event by event, with no model and no tool.",
      "With --from, goes on live from that step as a new run: what is before it comes from the"
          + " journal, the step itself and what follows is done anew."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Shown; with --from, answered.",
      ExitStatus.HELP_FAILED,
      ExitStatus.HELP_USAGE,
      ExitStatus.HELP_REFUSED,
      ExitStatus.HELP_NEEDS_APPROVAL,
      ExitStatus.HELP_OUT_OF_BUDGET,
      ExitStatus.HELP_CANCELLED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing replay 3f2a9c1e",
      "  zhixing replay 3f2a9c1e --json | jq .event",
      "  zhixing replay 3f2a9c1e --from 3",
      "  zhixing replay 3f2a9c1e --from 2 --instead 'The lamp is broken.'"
    })
final class ReplayCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "RUN", description = "The run's name, or how it begins.")
  private String run = "";

  @Option(
      names = "--from",
      paramLabel = "STEP",
      description = "Goes on live from this step, the first is 1.")
  private @Nullable Integer from;

  @Option(
      names = "--instead",
      paramLabel = "TEXT",
      description =
          "With --from: the step is not done anew, but as if the model had said this, or the calls"
              + " had brought it.")
  private @Nullable String instead;

  @Mixin private JournalOption journal = new JournalOption();
  @Mixin private RunOptions options = new RunOptions();

  ReplayCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Journals journals = journal.recorded(surroundings.directories());
    RecordedRun recorded = journals.run(journals.find(run));
    if (from != null) {
      return goOn(journals, recorded, from);
    }
    if (instead != null) {
      throw new IllegalArgumentException("--instead: expected --from STEP with it, found none");
    }
    recorded.replay(options.printer(surroundings));
    surroundings.err().println("zhixing: " + Endings.recorded(recorded));
    if (!recorded.waiting().isEmpty()) {
      surroundings.err().println("zhixing: " + Endings.waiting(recorded, journal));
    }
    return ExitStatus.ANSWERED;
  }

  private int goOn(Journals journals, RecordedRun recorded, int step) {
    options.defaultsFrom(recorded.begun().notes());
    AgentBuilder builder = options.agent(surroundings, journals);
    options.approval().approver(surroundings).ifPresent(builder::approver);
    Resumption resumption = builder.build().replay(recorded.id(), step);
    if (instead != null) {
      String text = instead;
      resumption.editing(old -> edited(old, text));
    }
    RunResult result = resumption.run(options.printer(surroundings));
    return Endings.tell(result, surroundings, options, journal);
  }

  private static Step edited(Step step, String text) {
    return step.reply().isPresent()
        ? step.withReply(AiMessage.from(text))
        : step.withResults(Collections.nCopies(step.observations().size(), text));
  }
}

package dev.zhixing.samples.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.agent.journal.Journals;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the recorded runs, or deletes old ones. */
@Command(
    name = "runs",
    description = {
      "Lists the recorded runs, the newest first: name, time, how it ended, request.",
      "Unfinished is a run that goes on just now, or whose process was killed.",
      "With --prune it deletes old ones, which cannot be shown, resumed or replayed any more."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing runs",
      "  zhixing runs --json | jq -r .run",
      "  zhixing runs --prune --older-than 30d"
    })
final class RunsCommand implements Callable<Integer> {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int NAME = 8;

  private final Surroundings surroundings;

  @Mixin private JournalOption journal = new JournalOption();

  @ArgGroup(exclusive = false)
  private @Nullable PruneOptions prune;

  @Option(names = "--json", description = "Writes each run as a line of JSON.")
  private boolean json;

  RunsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Journals journals = journal.recorded(surroundings.directories());
    List<Journals.Summary> runs =
        prune == null ? journals.list() : prune.prune(journals, InstantSource.system());
    for (Journals.Summary run : runs) {
      surroundings.out().println(json ? asJson(run) : line(run));
    }
    if (prune != null) {
      surroundings.err().println("zhixing: runs deleted: " + runs.size());
    }
    return ExitStatus.ANSWERED;
  }

  private static String line(Journals.Summary run) {
    String id = run.id().substring(0, Math.min(NAME, run.id().length()));
    String time = TIME.format(run.time().atZone(ZoneId.systemDefault()));
    return "%-8s  %s  %-13s  %s"
        .formatted(id, time, run.state(), run.request().strip())
        .lines()
        .findFirst()
        .orElse("");
  }

  private static String asJson(Journals.Summary run) {
    ObjectNode node = new JsonMapper().createObjectNode();
    return node.put("run", run.id())
        .put("request", run.request())
        .put("state", run.state())
        .put("time", run.time().toString())
        .toString();
  }
}

package dev.zhixing.samples.cli;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.zhixing.agent.Budget;
import dev.zhixing.samples.eval.EvalTask;
import dev.zhixing.samples.eval.Evaluation;
import dev.zhixing.samples.eval.Predictions;
import dev.zhixing.samples.eval.Report;
import dev.zhixing.samples.eval.Score;
import dev.zhixing.samples.eval.SuiteFile;
import dev.zhixing.tool.ToolCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs suites of tasks and reports how many succeed. */
@Command(
    name = "eval",
    description = {
      "Runs suites of tasks, each in a conversation of its own, and reports success, tool choice,"
          + " arguments and answers per suite and language.",
      "Tools answer with the tasks' canned results; every call is approved."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:All tasks were run, whether or not they succeeded.",
      ExitStatus.HELP_FAILED,
      ExitStatus.HELP_USAGE
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing eval dev.jsonl dev-wide.jsonl",
      "  zhixing eval dev.jsonl --suite home --verbose",
      "  zhixing eval dev.jsonl --json --out predictions.jsonl"
    })
final class EvalCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "1..*", paramLabel = "SUITE", description = "Files of tasks (JSON Lines).")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE.gguf",
      description = "Another model than the embedded one.")
  private @Nullable Path model;

  @Option(
      names = "--out",
      paramLabel = "PREDICTIONS",
      description = "Writes {\"id\",\"calls\",\"answer\"} for each task, one a line.")
  private @Nullable Path predictions;

  @Option(names = "--json", description = "Writes the report as JSON.")
  private boolean json;

  @Option(
      names = "--suite",
      split = ",",
      paramLabel = "NAME",
      description = "Only the tasks of these suites.")
  private List<String> suites = new ArrayList<>();

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N tasks.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--steps",
      defaultValue = "16",
      paramLabel = "N",
      description = "Limit of steps for a task (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--tokens",
      defaultValue = "1024",
      paramLabel = "N",
      description = "Limit of generated tokens for a task (default: ${DEFAULT-VALUE}).")
  private int tokens;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      paramLabel = "N",
      description = "Limit of seconds for a task (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--verbose",
      description = "Shows each failed task on standard error, log messages, stack traces.")
  private boolean verbose;

  EvalCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    List<EvalTask> tasks =
        files.stream()
            .flatMap(file -> SuiteFile.read(file).stream())
            .filter(task -> suites.isEmpty() || suites.contains(task.suite()))
            .limit(limit)
            .toList();
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("expected at least one task, found none in " + files);
    }
    StreamingChatModel chat = surroundings.models().load(model);
    surroundings.models().await(model); // or every single task would fail for want of a model
    Assembly assembly = new Assembly(surroundings.directories(), null);
    Budget budget = new Budget(steps, tokens, Duration.ofSeconds(seconds));
    Evaluation evaluation =
        new Evaluation(() -> assembly.agent(chat, tool -> false), ToolCatalog.standard(), budget);
    Report report = run(evaluation, tasks);
    surroundings.out().println(json ? report.json() : report.table().stripTrailing());
    return ExitStatus.ANSWERED;
  }

  private Report run(Evaluation evaluation, List<EvalTask> tasks) {
    Consumer<Score> progress = new EvalProgress(surroundings, tasks.size(), verbose);
    if (predictions == null) {
      return evaluation.run(tasks, progress);
    }
    try (Predictions out = new Predictions(predictions)) {
      return evaluation.run(
          tasks,
          score -> {
            out.write(score.task().id(), score.outcome());
            progress.accept(score);
          });
    }
  }
}

package dev.zhixing.samples.cli;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Budget;
import dev.zhixing.samples.eval.EvalTask;
import dev.zhixing.samples.eval.Evaluation;
import dev.zhixing.samples.eval.Predictions;
import dev.zhixing.samples.eval.Score;
import dev.zhixing.samples.eval.SuiteFile;
import dev.zhixing.samples.eval.SuiteId;
import dev.zhixing.samples.eval.compare.EvalRun;
import dev.zhixing.samples.eval.compare.ReportFile;
import dev.zhixing.samples.eval.compare.Setup;
import dev.zhixing.tool.ToolCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs suites of tasks and reports how many succeed. */
@Command(
    name = "eval",
    description = {
      "Runs suites of tasks, each in a conversation of its own, and reports success, tool choice,"
          + " arguments and answers per suite and language, and what a task took: tokens, steps,"
          + " time.",
      "Tools answer with the tasks' canned results; every call is approved.",
      "Several models or planners run side by side, task by task; --compare tells reports apart"
          + " that --report wrote: a difference counts as significant at 5 %%, by McNemar's exact"
          + " test for success and by a paired bootstrap for all else."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:All tasks were run, whether or not they succeeded; or the reports were compared.",
      ExitStatus.HELP_FAILED,
      ExitStatus.HELP_USAGE
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing eval dev.jsonl dev-wide.jsonl",
      "  zhixing eval dev.jsonl --suite home --verbose",
      "  zhixing eval dev.jsonl --json --out predictions.jsonl",
      "  zhixing eval dev.jsonl --model a.gguf --model openai:http://localhost:8000/v1#qwen3",
      "  zhixing eval dev.jsonl --report after.json && zhixing eval --compare before.json"
          + " after.json"
    })
final class EvalCommand implements Callable<Integer> {

  private static final int UNCOUNTED_TASKS = 8;

  private final Surroundings surroundings;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Suites of tasks (JSON Lines); with --compare, reports.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = {"-m", "--model"},
      paramLabel = ModelChoice.LABEL,
      converter = ModelChoice.Converter.class,
      description = {ModelChoice.HELP, "May be given several times."})
  private List<ModelChoice> models = new ArrayList<>();

  @Option(
      names = "--planner",
      paramLabel = "NAME",
      description = "Another planner than react; may be given several times.")
  private List<String> planners = new ArrayList<>();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = {
        "Writes a report to compare with others: how each task went, what it took.",
        "It is written anew after each task, so that one that was interrupted has a report, too."
      })
  private @Nullable Path report;

  @Option(
      names = "--compare",
      description =
          "Compares reports: every run in them with the first run of the first report. Runs no"
              + " tasks.")
  private boolean compares;

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
    EvalPrinter printer = new EvalPrinter(surroundings, json);
    if (compares) {
      printer.compare(files);
      return ExitStatus.ANSWERED;
    }
    List<EvalTask> tasks = tasks();
    List<EvalSetup> setups = setups();
    if (predictions != null && setups.size() > 1) {
      throw new IllegalArgumentException(
          "--out: expected one model and one planner, found %d setups; use --report"
              .formatted(setups.size()));
    }
    if (report != null) {
      requireFolder(report);
    }
    warmUp(setups, tasks);
    List<Entrant> entrants =
        setups.stream().map(setup -> new Entrant(setup, named(setup), evaluation(setup))).toList();
    run(entrants, tasks);
    for (Entrant entrant : entrants) {
      printer.print(entrant.named(), entrant.evaluation().report(), setups.size());
    }
    printer.end(runs(entrants, SuiteId.of(tasks)));
    return ExitStatus.ANSWERED;
  }

  /** How the setups did so far. */
  private List<EvalRun> runs(List<Entrant> entrants, SuiteId suite) {
    EvalRun.Limits limits = new EvalRun.Limits(steps, tokens, seconds);
    return entrants.stream()
        .map(e -> EvalRun.of(suite, e.named(), limits, e.evaluation().report()))
        .toList();
  }

  private Setup named(EvalSetup setup) {
    return new Setup(
        setup.model().name(),
        report == null ? "" : surroundings.models().sha256(setup.model()),
        setup.planner());
  }

  /** Said before hours of work rather than after. */
  private static void requireFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(file + ": cannot be written; its folder does not exist");
    }
  }

  private List<EvalTask> tasks() {
    List<EvalTask> tasks =
        files.stream()
            .flatMap(file -> SuiteFile.read(file).stream())
            .filter(task -> suites.isEmpty() || suites.contains(task.suite()))
            .limit(limit)
            .toList();
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("expected at least one task, found none in " + files);
    }
    return tasks;
  }

  private List<EvalSetup> setups() {
    List<EvalSetup> setups =
        EvalSetup.all(
            models.isEmpty() ? List.of(new ModelChoice.Embedded()) : models,
            planners.isEmpty() ? List.of(Assembly.planners().firstEntry().getKey()) : planners);
    requireNames(setups);
    return setups;
  }

  /** Reports tell setups apart by their names only. */
  private void requireNames(List<EvalSetup> setups) {
    Set<String> names = new HashSet<>();
    for (EvalSetup setup : setups) {
      if (!names.add(setup.name()) && spec != null) {
        throw new ParameterException(
            spec.commandLine(),
            ("--model, --planner: expected setups of different names, found '%s' twice; give each"
                    + " once, rename one of two files of one name, and to run the same setup again"
                    + " write a --report each time and --compare them")
                .formatted(setup.name()));
      }
    }
  }

  private Evaluation evaluation(EvalSetup setup) {
    StreamingChatModel chat = surroundings.models().fresh(setup.model());
    Assembly assembly = new Assembly(surroundings.directories(), null);
    return new Evaluation(
        () -> {
          AgentBuilder builder =
              assembly.agent(chat, setup.newPlanner(), Assembly.usualApprovals());
          surroundings.models().addPorts(builder, setup.model());
          return builder;
        },
        ToolCatalog.standard(),
        new Budget(steps, tokens, Duration.ofSeconds(seconds)));
  }

  /**
   * Runs a few tasks that do not count where times will be compared: the first tasks of a process
   * are slow, because its code is not compiled yet.
   */
  private void warmUp(List<EvalSetup> setups, List<EvalTask> tasks) {
    EvalSetup first = setups.getFirst();
    if ((setups.size() > 1 || report != null) && first.model().isLocal()) {
      var _ =
          evaluation(first)
              .run(tasks.subList(0, Math.min(UNCOUNTED_TASKS, tasks.size())), score -> {});
    }
  }

  private void run(List<Entrant> entrants, List<EvalTask> tasks) {
    EvalProgress progress = new EvalProgress(surroundings, tasks.size() * entrants.size(), verbose);
    if (predictions == null) {
      run(entrants, tasks, progress::accept);
      return;
    }
    try (Predictions out = new Predictions(predictions)) {
      run(
          entrants,
          tasks,
          (name, score) -> {
            out.write(score.task().id(), score.outcome());
            progress.accept(name, score);
          });
    }
  }

  /**
   * Each task with every setup before the next task, and each setup first in its turn: what slows
   * the machine down for a while slows all of them down.
   */
  private void run(List<Entrant> entrants, List<EvalTask> tasks, BiConsumer<String, Score> done) {
    SuiteId suite = SuiteId.of(tasks);
    for (int i = 0; i < tasks.size(); i++) {
      for (int j = 0; j < entrants.size(); j++) {
        Entrant next = entrants.get((i + j) % entrants.size());
        String name = entrants.size() == 1 ? "" : next.setup().name();
        done.accept(name, next.evaluation().run(tasks.get(i)));
      }
      if (report != null) {
        ReportFile.write(report, runs(entrants, suite));
      }
    }
  }

  /** A setup, as reports name it, and how it does. */
  private record Entrant(EvalSetup setup, Setup named, Evaluation evaluation) {}
}

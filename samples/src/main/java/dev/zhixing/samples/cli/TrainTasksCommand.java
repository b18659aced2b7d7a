package dev.zhixing.samples.cli;

import dev.zhixing.samples.recipe.tiny.GeneratedSuite;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes evaluation tasks from the recipe's generators, in phrasings that training never sees. */
@Command(
    name = "tasks",
    description =
        "Writes evaluation tasks from the recipe's generators, in phrasings that training never"
            + " sees.",
    showDefaultValues = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = "  zhixing train tasks --out generated.jsonl --count 500")
final class TrainTasksCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to.")
  private Path file = Path.of("");

  @Option(names = "--count", paramLabel = "N", description = "How many tasks.")
  private int count = 500;

  @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same tasks.")
  private long seed = 7;

  TrainTasksCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    GeneratedSuite.write(file, count, seed);
    surroundings.out().println("wrote " + count + " tasks to " + file);
    return ExitStatus.ANSWERED;
  }
}

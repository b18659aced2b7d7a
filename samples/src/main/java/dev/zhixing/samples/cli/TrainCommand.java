package dev.zhixing.samples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Trains the embedded model by its recipe. */
@Command(
    name = "train",
    description = "Trains the embedded model by its recipe.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = "  zhixing train")
final class TrainCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  TrainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.err().println("zhixing: the recipe is not there yet");
    return ExitStatus.FAILED;
  }
}

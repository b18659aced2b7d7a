package dev.zhixing.samples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains the embedded model by its recipe, and writes tasks to judge it by. */
@Command(
    name = "train",
    description = "Trains the embedded model by its recipe, and writes tasks to judge it by.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing train tiny --dir runs/tiny --data data",
      "  zhixing train tiny --dir runs/tiny --export",
      "  zhixing train tasks --out generated.jsonl --count 500"
    })
final class TrainCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private TrainCommand() {}

  /** The command with its subcommands. */
  static CommandSpec specification(Surroundings surroundings) {
    CommandSpec train = CommandSpec.forAnnotatedObject(new TrainCommand());
    train.addSubcommand("tiny", subcommand(new TrainTinyCommand(surroundings)));
    train.addSubcommand("tasks", subcommand(new TrainTasksCommand(surroundings)));
    return train;
  }

  private static CommandSpec subcommand(Object command) {
    return CommandSpec.forAnnotatedObject(command).mixinStandardHelpOptions(true);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "train: expected 'tiny' or 'tasks', found nothing; see zhixing train --help");
  }
}

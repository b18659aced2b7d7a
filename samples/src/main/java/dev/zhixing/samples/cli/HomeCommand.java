package dev.zhixing.samples.cli;

import dev.zhixing.tool.home.Home;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the simulated smart home. */
@Command(
    name = "home",
    description = "Shows the simulated smart home that the agent's tools change.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {"  zhixing home", "  zhixing home --json | jq .rooms.kitchen.light"})
final class HomeCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--json", description = "Writes one JSON object.")
  private boolean json;

  HomeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Home home =
        new Home(surroundings.directories().homeState(), Clock.system(ZoneId.systemDefault()));
    surroundings.out().println(json ? home.toJson() : home.describe().stripTrailing());
    return ExitStatus.ANSWERED;
  }
}

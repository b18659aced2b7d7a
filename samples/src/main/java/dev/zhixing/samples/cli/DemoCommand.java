package dev.zhixing.samples.cli;

import dev.zhixing.agent.Agent;
import dev.zhixing.agent.RunResult;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what an agent does. */
@Command(
    name = "demo",
    description = "Answers three requests and shows how: think, act, observe.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:All three were answered.", ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {"  zhixing demo", "  zhixing demo --model model.gguf"})
final class DemoCommand implements Callable<Integer> {

  private static final List<String> REQUESTS =
      List.of(
          "What is 17% of 2350, then turn on the living room lights?",
          "厨房现在多少度？", "What time is it in Tokyo?");

  private final Surroundings surroundings;

  @Option(
      names = {"-m", "--model"},
      paramLabel = ModelChoice.LABEL,
      converter = ModelChoice.Converter.class,
      description = ModelChoice.HELP)
  private ModelChoice model = new ModelChoice.Embedded();

  @Option(names = "--verbose", description = "Shows log messages, and stack traces of errors.")
  private boolean verbose;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Palette palette = Palette.of(surroundings.colours());
    Assembly assembly = new Assembly(surroundings.directories(), null);
    Agent agent =
        assembly
            .agent(surroundings.models().load(model))
            .tools(assembly.tools())
            .listener(new RunPrinter(surroundings.out(), surroundings.showsToPeople(), palette))
            .build();
    int status = ExitStatus.ANSWERED;
    for (String request : REQUESTS) {
      surroundings.out().println(palette.bold("request  ") + request);
      RunResult result = agent.run(request);
      Endings.explain(result, surroundings.err(), verbose);
      surroundings.out().println();
      if (ExitStatus.of(result) != ExitStatus.ANSWERED) {
        status = ExitStatus.FAILED;
      }
    }
    return status;
  }
}

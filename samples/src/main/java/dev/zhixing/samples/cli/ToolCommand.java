package dev.zhixing.samples.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.zhixing.agent.Observation;
import dev.zhixing.agent.Toolbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the tools, or runs one as the agent would. */
@Command(
    name = "tool",
    description = "Lists the tools that the agent has, or runs one of them as the agent would.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitStatus.HELP_DONE,
      "1:The tool failed; what the agent would read says why.",
      ExitStatus.HELP_USAGE
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing tool list",
      "  zhixing tool calculator '{\"expression\":\"2350*17%%\"}'",
      "  zhixing tool set_light '{\"room\":\"kitchen\",\"state\":\"on\"}'"
    })
final class ToolCommand implements Callable<Integer> {

  private static final String LIST = "list";

  private final Surroundings surroundings;

  @Parameters(
      index = "0",
      paramLabel = "list | NAME",
      description = "'list', or the name of the tool to run.")
  private String name = LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "{}",
      paramLabel = "ARGUMENTS",
      description = "The arguments as a JSON object (default: ${DEFAULT-VALUE}).")
  private String arguments = "{}";

  @Option(
      names = "--documents",
      paramLabel = "FOLDER",
      description = "Where search_documents looks.")
  private @Nullable Path documents;

  @Option(names = "--json", description = "Writes JSON, for scripts.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  ToolCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Toolbox tools = new Assembly(surroundings.directories(), documents).allTools();
    if (name.equals(LIST)) {
      list(tools);
      return ExitStatus.ANSWERED;
    }
    if (tools.effect(name).isEmpty()) {
      String message = "unknown tool '" + name + "'; 'zhixing tool list' names those there are";
      throw spec == null
          ? new IllegalArgumentException(message)
          : new ParameterException(spec.commandLine(), message);
    }
    return run(tools);
  }

  private int run(Toolbox tools) {
    Observation observation = tools.call(name, arguments);
    boolean success =
        switch (observation) {
          case Observation.Success done -> true;
          case Observation.Failure failed -> false;
          case Observation.InDoubt unknown -> false;
        };
    if (json) {
      surroundings
          .out()
          .println(
              new JsonMapper()
                  .createObjectNode()
                  .put("success", success)
                  .put("text", observation.text())
                  .put("millis", observation.millis()));
    } else {
      (success ? surroundings.out() : surroundings.err()).println(observation.text());
    }
    return success ? ExitStatus.ANSWERED : ExitStatus.FAILED;
  }

  private void list(Toolbox tools) {
    List<ToolSpecification> specifications = tools.specifications();
    for (ToolSpecification tool : specifications) {
      String effect =
          tools.effect(tool.name()).map(e -> e.name().toLowerCase(Locale.ROOT)).orElse("");
      if (json) {
        ObjectNode line = new JsonMapper().createObjectNode().put("name", tool.name());
        line.put("effect", effect).put("description", tool.description());
        surroundings.out().println(line);
      } else {
        surroundings.out().printf("%-18s %-10s %s%n", tool.name(), effect, tool.description());
      }
    }
  }
}

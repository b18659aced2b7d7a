package dev.zhixing.samples.cli;

import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.Conversation;
import dev.zhixing.agent.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers one request, or talks. */
@Command(
    name = "agent",
    description = {
      "Answers a request: thinks, calls tools, observes what they bring, answers.",
      "Without a request it talks: on a terminal line by line, otherwise each line of standard"
          + " input is a request. Ctrl-C stops an answer, Ctrl-D ends the talk."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitStatus.HELP_ANSWERED,
      ExitStatus.HELP_FAILED,
      ExitStatus.HELP_USAGE,
      ExitStatus.HELP_REFUSED,
      ExitStatus.HELP_NEEDS_APPROVAL,
      ExitStatus.HELP_OUT_OF_BUDGET,
      ExitStatus.HELP_CANCELLED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing agent \"What is 17%% of 2350, then turn on the living room lights?\"",
      "  zhixing agent \"2350的17%%是多少？然后把客厅的灯打开\"",
      "  zhixing agent --json \"what time is it in Tokyo?\" | jq .event",
      "  zhixing agent --model openai:http://localhost:8000/v1#qwen3 \"what time is it in Tokyo?\"",
      "  zhixing agent --documents notes \"what did we decide about the boiler?\"",
      "  zhixing agent -m model.gguf --planner plan \"compare the weather in Rome and Oslo\"",
      "  zhixing agent"
    })
final class AgentCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "0..*", paramLabel = "REQUEST", description = "What is wanted.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = {"-m", "--model"},
      paramLabel = ModelChoice.LABEL,
      converter = ModelChoice.Converter.class,
      description = ModelChoice.HELP)
  private ModelChoice model = new ModelChoice.Embedded();

  @Option(names = "--json", description = "Writes each event as a line of JSON.")
  private boolean json;

  @Option(
      names = "--approve",
      paramLabel = "TOOL",
      description = "Approves calls of this tool beforehand; may be given several times.")
  private List<String> approved = new ArrayList<>();

  @Option(names = "--approve-all", description = "Approves every call beforehand.")
  private boolean approveAll;

  @Option(
      names = "--documents",
      paramLabel = "FOLDER",
      description = "Offers a search in the text files of this folder.")
  private @Nullable Path documents;

  @Option(
      names = "--planner",
      paramLabel = "NAME",
      defaultValue = "react",
      converter = PlannerChoice.Converter.class,
      completionCandidates = PlannerChoice.Names.class,
      description = PlannerChoice.HELP)
  private PlannerChoice planner = PlannerChoice.REACT;

  @Option(names = "--verbose", description = "Shows log messages, and stack traces of errors.")
  private boolean verbose; // looked at by the main before anything is logged

  AgentCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Assembly assembly = new Assembly(surroundings.directories(), documents);
    AgentBuilder builder =
        assembly
            .agent(surroundings.models().load(model), this::isApproved)
            .planner(planner.planner())
            .tools(assembly.tools())
            .memory(surroundings.models().window(model));
    surroundings.models().addPorts(builder, model);
    if (!words.isEmpty()) {
      return answer(builder, String.join(" ", words));
    }
    return surroundings.showsToPeople() && surroundings.asksPeople() && !json
        ? new TerminalTalk(surroundings, printer()).run(builder)
        : talk(builder);
  }

  private boolean isApproved(String tool) {
    return approveAll || approved.contains(tool);
  }

  private int answer(AgentBuilder builder, String request) {
    if (surroundings.asksPeople()) {
      builder.approver(new AskingApprover(new LinePrompt(surroundings)));
    }
    return answer(builder.build().converse(), request);
  }

  private int answer(Conversation conversation, String request) {
    RunResult result = conversation.run(request, printer());
    Endings.explain(result, surroundings.err(), verbose);
    return ExitStatus.of(result);
  }

  /** Each line of standard input is a request in one conversation; the last one's end counts. */
  private int talk(AgentBuilder builder) {
    Agent agent = builder.build();
    Conversation conversation = agent.converse();
    Prompt prompt = new LinePrompt(surroundings);
    int status = ExitStatus.ANSWERED;
    for (String line = prompt.ask(""); line != null; line = prompt.ask("")) {
      if (!line.isBlank()) {
        status = answer(conversation, line.strip());
      }
    }
    return status;
  }

  private AgentListener printer() {
    return json
        ? new JsonEvents(surroundings.out())
        : new RunPrinter(
            surroundings.out(), surroundings.showsToPeople(), Palette.of(surroundings.colours()));
  }
}

package dev.zhixing.samples.cli;

import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Conversation;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.journal.Journals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Answers one request, or talks. */
@Command(
    name = "agent",
    description = {
      "Answers a request: thinks, calls tools, observes what they bring, answers.",
      "Each run is recorded: zhixing runs, resume and replay work on the record.",
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
      "  zhixing agent --approve ask \"unlock the front door\"",
      "  zhixing agent --documents notes \"what did we decide about the boiler?\"",
      "  zhixing agent -m model.gguf --planner plan \"compare the weather in Rome and Oslo\"",
      "  zhixing agent"
    })
final class AgentCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "0..*", paramLabel = "REQUEST", description = "What is wanted.")
  private List<String> words = new ArrayList<>();

  @Mixin private JournalOption journal = new JournalOption();
  @Mixin private RunOptions options = new RunOptions();

  AgentCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Journals journals = journal.journals(surroundings.directories());
    AgentBuilder builder = options.agent(surroundings, journals);
    if (!words.isEmpty()) {
      return answer(builder, String.join(" ", words));
    }
    return surroundings.showsToPeople() && surroundings.asksPeople() && !options.json()
        ? new TerminalTalk(surroundings, options.printer(surroundings)).run(builder, options)
        : talk(builder);
  }

  private int answer(AgentBuilder builder, String request) {
    options.approval().approver(surroundings).ifPresent(builder::approver);
    return answer(builder.build().converse(), request);
  }

  private int answer(Conversation conversation, String request) {
    RunResult result = conversation.run(request, options.printer(surroundings));
    return Endings.tell(result, surroundings, options, journal);
  }

  /** Each line of standard input is a request in one conversation; the last one's end counts. */
  private int talk(AgentBuilder builder) {
    if (options.approval().denies()) {
      options.approval().approver(surroundings).ifPresent(builder::approver);
    }
    Conversation conversation = builder.build().converse();
    Prompt prompt = new LinePrompt(surroundings);
    int status = ExitStatus.ANSWERED;
    for (String line = prompt.ask(""); line != null; line = prompt.ask("")) {
      if (!line.isBlank()) {
        status = answer(conversation, line.strip());
      }
    }
    return status;
  }
}

package dev.zhixing.samples.cli;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.zhixing.chat.LocalChatRequestParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Talks with a model itself. */
@Command(
    name = "chat",
    description = {
      "Talks with a model: no tools, no agent.",
      "On a terminal line by line; otherwise each line of standard input is said in turn. Ctrl-C"
          + " stops an answer, Ctrl-D ends the talk."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing chat -m model.gguf",
      "  zhixing chat -m model.gguf --system 'Answer in one word.' --temp 0.7 --top-p 0.95",
      "  echo 'What is a mole?' | zhixing chat -m model.gguf"
    })
final class ChatCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description = "Another model than the embedded one.")
  private @Nullable Path model;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "What the model is told before the talk.")
  private @Nullable String system;

  @Option(names = "-n", paramLabel = "TOKENS", description = "At most so many tokens an answer.")
  private @Nullable Integer limit;

  @Option(
      names = "--temp",
      paramLabel = "T",
      description = "Temperature; without it, always the likeliest token.")
  private @Nullable Double temperature;

  @Option(names = "--top-k", paramLabel = "K", description = "Only the K likeliest tokens.")
  private @Nullable Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Only the likeliest tokens up to this share.")
  private @Nullable Double topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      description = "Only tokens at least P times as likely as the likeliest.")
  private @Nullable Double minP;

  @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same answers.")
  private @Nullable Long seed;

  @Option(
      names = "--repeat-penalty",
      paramLabel = "X",
      description = "Divides the logits of tokens that have occurred.")
  private @Nullable Double repetitionPenalty;

  @Option(
      names = "--presence-penalty",
      paramLabel = "X",
      description = "Taken once from tokens that have occurred.")
  private @Nullable Double presencePenalty;

  @Option(
      names = "--frequency-penalty",
      paramLabel = "X",
      description = "Taken from tokens for each time they occurred.")
  private @Nullable Double frequencyPenalty;

  @Option(
      names = "--think",
      negatable = true,
      description = "Whether to think first, where the model can be told.")
  private @Nullable Boolean thinking;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "Ends an answer before this text; may be given several times.")
  private List<String> stops = new ArrayList<>();

  ChatCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ModelChoice choice =
        model == null ? new ModelChoice.Embedded() : new ModelChoice.LocalFile(model);
    surroundings.models().await(choice);
    ModelTalk talk =
        new ModelTalk(
            surroundings.models().load(choice),
            surroundings.models().window(choice),
            system,
            parameters(),
            surroundings);
    if (surroundings.showsToPeople() && surroundings.asksPeople()) {
      try (TerminalLines lines = new TerminalLines(surroundings.directories(), talk::stopAnswer)) {
        surroundings.out().println("Say something. Ctrl-C stops an answer, Ctrl-D ends the talk.");
        talk.run(lines, "> ");
      }
      return ExitStatus.ANSWERED;
    }
    return talk.run(new LinePrompt(surroundings), "") ? ExitStatus.ANSWERED : ExitStatus.FAILED;
  }

  private ChatRequestParameters parameters() {
    LocalChatRequestParameters.Builder parameters =
        LocalChatRequestParameters.builder()
            .seed(seed)
            .minP(minP)
            .repetitionPenalty(repetitionPenalty)
            .thinking(thinking)
            .maxOutputTokens(limit)
            .temperature(temperature)
            .topK(topK)
            .topP(topP)
            .presencePenalty(presencePenalty)
            .frequencyPenalty(frequencyPenalty);
    if (!stops.isEmpty()) {
      parameters.stopSequences(stops);
    }
    return parameters.build();
  }
}

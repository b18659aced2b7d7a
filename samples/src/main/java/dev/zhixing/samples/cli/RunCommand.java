package dev.zhixing.samples.cli;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.SessionOptions;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.sampling.StopSequences;
import dev.zhixing.engine.tokenizer.EndTokens;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Continues a text. */
@Command(
    name = "run",
    description = {
      "Continues a text with a model: plain completion, no chat, no tools.",
      "Ctrl-C ends the text where it is; a second one ends the program at once."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitStatus.HELP_DONE,
      ExitStatus.HELP_FAILED,
      ExitStatus.HELP_USAGE,
      ExitStatus.HELP_CANCELLED
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing run -m model.gguf -p 'Once upon a time'",
      "  zhixing run -m model.gguf -p 'Once upon a time' -n 200 --temp 0.8 --top-p 0.95 --seed 7",
      "  zhixing run -m model.gguf --stop $'\\n\\n' --repeat-penalty 1.1 < prompt.txt"
    })
final class RunCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description = ModelFiles.DESCRIPTION)
  private Path model = Path.of("");

  @Option(
      names = {"-p", "--prompt"},
      paramLabel = "TEXT",
      description = "The text to continue; without it, the whole of standard input (UTF-8).")
  private @Nullable String prompt;

  @Option(
      names = "-n",
      defaultValue = "128",
      paramLabel = "TOKENS",
      description = "At most so many tokens (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "Ends before this text; may be given several times.")
  private List<String> stops = new ArrayList<>();

  @Option(names = "--special", description = "Spellings of special tokens become those tokens.")
  private boolean special;

  @Mixin private SamplingArguments sampling = new SamplingArguments();

  RunCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 0) {
      throw new IllegalArgumentException("-n: expected 0 tokens or more, found " + limit);
    }
    String text = prompt == null ? standardInput() : prompt;
    try (Model loaded = Model.load(model)) {
      int[] ids = start(loaded.tokenizer(), text);
      if (ids.length == 0) {
        throw new IllegalArgumentException("prompt: expected some text, found none");
      }
      return write(text, ids, loaded);
    }
  }

  private int write(String text, int[] ids, Model loaded) {
    Tokenizer tokenizer = loaded.tokenizer();
    Sampler sampler = sampling.options(tokenizer).sampler();
    StopSequences end = StopSequences.of(stops, EndTokens.of(loaded.metadata(), tokenizer));
    SessionOptions needed =
        SessionOptions.standard().holding((long) ids.length + limit, loaded.config());
    try (Session session = loaded.newSession(needed)) {
      Completion completion = new Completion(session, tokenizer, sampler, end, surroundings.out());
      surroundings.out().print(text);
      surroundings.out().flush();
      CtrlC.asks(completion::cancel, () -> completion.write(ids, limit));
      surroundings.out().println();
      surroundings.out().flush();
      surroundings.err().println(completion.throughput().inWords());
      return completion.isCancelled() ? ExitStatus.CANCELLED : ExitStatus.ANSWERED;
    }
  }

  private String standardInput() throws IOException {
    return new String(surroundings.in().readAllBytes(), StandardCharsets.UTF_8);
  }

  private int[] start(Tokenizer tokenizer, String text) {
    int[] ids = special ? tokenizer.encodeTrusted(text) : tokenizer.encode(text);
    OptionalInt bos = tokenizer.bos();
    return tokenizer.addBos() && bos.isPresent()
        ? IntStream.concat(IntStream.of(bos.getAsInt()), IntStream.of(ids)).toArray()
        : ids;
  }
}

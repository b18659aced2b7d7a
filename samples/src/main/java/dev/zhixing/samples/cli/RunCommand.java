package dev.zhixing.samples.cli;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.Utf8Stream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Continues a text. */
@Command(
    name = "run",
    description = "Continues a text with a model: plain completion, no chat, no tools.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing run -m model.gguf -p 'Once upon a time'",
      "  zhixing run -m model.gguf -p 'Once upon a time' -n 200 --temp 0.8 --top-p 0.95 --seed 7"
    })
final class RunCommand implements Callable<Integer> {

  private final PrintStream out;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description = "A GGUF file.")
  private Path model = Path.of("");

  @Option(
      names = {"-p", "--prompt"},
      required = true,
      paramLabel = "TEXT",
      description = "The text to continue.")
  private String prompt = "";

  @Option(
      names = "-n",
      defaultValue = "128",
      paramLabel = "TOKENS",
      description = "At most so many tokens (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--temp",
      defaultValue = "0",
      paramLabel = "T",
      description = "Temperature; 0 always takes the likeliest token (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--top-k",
      defaultValue = "0",
      paramLabel = "K",
      description = "Only the K likeliest tokens; 0 for no limit (default: ${DEFAULT-VALUE}).")
  private int topK;

  @Option(
      names = "--top-p",
      defaultValue = "1",
      paramLabel = "P",
      description = "Only the likeliest tokens up to this share (default: ${DEFAULT-VALUE}).")
  private double topP;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "N",
      description = "The same seed gives the same text (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--special", description = "Spellings of special tokens become those tokens.")
  private boolean special;

  RunCommand(Surroundings surroundings) {
    out = surroundings.out();
  }

  @Override
  public Integer call() {
    Sampler sampler = Sampler.seeded(temperature, topK, topP, seed);
    try (Model loaded = Model.load(model);
        Session session = loaded.newSession()) {
      Tokenizer tokenizer = loaded.tokenizer();
      int[] ids = start(tokenizer);
      if (ids.length == 0) {
        throw new IllegalArgumentException("--prompt: expected some text, found none");
      }
      out.print(prompt);
      out.flush();
      complete(session, tokenizer, sampler, ids);
      out.println();
    }
    return ExitStatus.ANSWERED;
  }

  private int[] start(Tokenizer tokenizer) {
    int[] text = special ? tokenizer.encodeTrusted(prompt) : tokenizer.encode(prompt);
    OptionalInt bos = tokenizer.bos();
    return tokenizer.addBos() && bos.isPresent()
        ? IntStream.concat(IntStream.of(bos.getAsInt()), IntStream.of(text)).toArray()
        : text;
  }

  private void complete(Session session, Tokenizer tokenizer, Sampler sampler, int[] ids) {
    int eos = tokenizer.eos().orElse(-1);
    int room = Math.min(limit, session.contextLength() - ids.length);
    Utf8Stream characters = new Utf8Stream();
    float[] logits = session.append(ids);
    for (int i = 0; i < room; i++) {
      int id = sampler.sample(logits);
      if (id == eos) {
        return;
      }
      out.print(characters.feed(tokenizer.bytes(id)));
      out.flush();
      if (i + 1 < room) {
        logits = session.append(id);
      }
    }
  }
}

package dev.zhixing.samples.cli;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how fast a model reads and writes. */
@Command(
    name = "bench",
    description = {
      "Measures how fast a model reads a prompt (prefill) and writes tokens one by one (decode).",
      "The prompt is random tokens. A round before the first one warms up and does not count."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing bench -m model.gguf",
      "  zhixing bench -m model.gguf -p 512 -n 64 -t 4 -r 5",
      "  zhixing make-model --like llama-1b --type Q8_0 big.gguf && zhixing bench -m big.gguf"
    })
final class BenchCommand implements Callable<Integer> {

  private final PrintStream out;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description = "A model file.")
  private Path model = Path.of("");

  @Option(
      names = "-p",
      defaultValue = "256",
      paramLabel = "TOKENS",
      description = "Tokens of the prompt (default: ${DEFAULT-VALUE}).")
  private int prompt;

  @Option(
      names = "-n",
      defaultValue = "32",
      paramLabel = "TOKENS",
      description = "Tokens to write (default: ${DEFAULT-VALUE}).")
  private int written;

  @Option(
      names = "-t",
      paramLabel = "THREADS",
      description = "Threads that compute (default: as many as the machine has processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "-r",
      defaultValue = "3",
      paramLabel = "N",
      description = "Rounds that count (default: ${DEFAULT-VALUE}).")
  private int rounds;

  BenchCommand(Surroundings surroundings) {
    out = surroundings.out();
  }

  @Override
  public Integer call() {
    check("-p", prompt);
    check("-n", written);
    check("-t", threads);
    check("-r", rounds);
    try (Model loaded = Model.load(model, threads)) {
      int[] ids =
          new SplittableRandom(1)
              .ints(prompt + written, 0, loaded.config().vocabularySize())
              .toArray();
      double[] prefill = new double[rounds];
      double[] decode = new double[rounds];
      for (int round = -1; round < rounds; round++) {
        double[] rates = rates(loaded, ids);
        if (round >= 0) {
          prefill[round] = rates[0];
          decode[round] = rates[1];
        }
      }
      print(loaded, prefill, decode);
    }
    return ExitStatus.ANSWERED;
  }

  private static void check(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + ": expected 1 or more, found " + value);
    }
  }

  /** Returns the tokens per second of the prompt and of those that follow. */
  private double[] rates(Model loaded, int[] ids) {
    try (Session session = loaded.newSession()) {
      long start = System.nanoTime();
      session.append(Arrays.copyOf(ids, prompt));
      long read = System.nanoTime();
      for (int i = prompt; i < ids.length; i++) {
        session.append(ids[i]);
      }
      long end = System.nanoTime();
      return new double[] {prompt * 1e9 / (read - start), written * 1e9 / (end - read)};
    }
  }

  private void print(Model loaded, double[] prefill, double[] decode) {
    Machine machine = Machine.here();
    line("model", model.getFileName());
    line("kernels", loaded.kernels());
    line("threads", threads);
    line("processor", machine.processor());
    line("Java", Runtime.version());
    line("commit", machine.commit());
    line("peak memory", machine.peakMemory());
    out.printf("%n| test | tokens/s: median | least | most |%n| --- | --- | --- | --- |%n");
    row("prefill " + prompt, prefill);
    row("decode " + written, decode);
  }

  private void line(String name, Object value) {
    out.printf("%-12s %s%n", name, value);
  }

  private void row(String name, double[] rates) {
    Arrays.sort(rates);
    out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f |%n",
        name,
        rates[rates.length / 2],
        rates[0],
        rates[rates.length - 1]);
  }
}

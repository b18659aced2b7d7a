package dev.zhixing.samples.cli;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.SessionOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how well a model predicts a text. */
@Command(
    name = "perplexity",
    description = {
      "Tells how well a model predicts a text: the lower the perplexity, the better.",
      "The text is cut into chunks as long as the context; the first half of each is read, the"
          + " second half is scored, as llama.cpp does, so that the figures compare."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  zhixing perplexity -m model.gguf -f wiki.test.raw",
      "  zhixing perplexity -m model.gguf -f wiki.test.raw -c 1024 --chunks 16"
    })
final class PerplexityCommand implements Callable<Integer> {

  private final PrintStream out;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description = ModelFiles.DESCRIPTION)
  private Path model = Path.of("");

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "TEXT",
      description = "A text file (UTF-8).")
  private Path text = Path.of("");

  @Option(
      names = {"-c", "--context"},
      defaultValue = "512",
      paramLabel = "TOKENS",
      description = "Length of a chunk (default: ${DEFAULT-VALUE}).")
  private int context;

  @Option(
      names = "--chunks",
      paramLabel = "N",
      description = "Only the first N chunks (default: all).")
  private int most = Integer.MAX_VALUE;

  PerplexityCommand(Surroundings surroundings) {
    out = surroundings.out();
  }

  @Override
  public Integer call() throws IOException {
    if (most < 1) {
      throw new IllegalArgumentException("--chunks: expected 1 or more, found " + most);
    }
    String content = content();
    try (Model loaded = Model.load(model);
        Session session = loaded.newSession(options(loaded))) {
      Perplexity perplexity = new Perplexity(session, loaded.tokenizer(), content, context);
      int chunks = Math.min(most, perplexity.chunks());
      for (int i = 0; i < chunks; i++) {
        perplexity.score(i);
        out.printf(Locale.ROOT, "[%d/%d] %.4f%n", i + 1, chunks, perplexity.value());
        out.flush();
      }
      out.printf(
          Locale.ROOT,
          "perplexity %.4f ± %.5f over %d tokens%n",
          perplexity.value(),
          perplexity.error(),
          perplexity.count());
    }
    return ExitStatus.ANSWERED;
  }

  private SessionOptions options(Model loaded) {
    return SessionOptions.standard().holding(context, loaded.config());
  }

  private String content() throws IOException {
    try {
      return Files.readString(text);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          text + ": expected text in UTF-8, found bytes that are none; convert it first", e);
    }
  }
}

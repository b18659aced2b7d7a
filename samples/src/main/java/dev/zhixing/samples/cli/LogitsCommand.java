package dev.zhixing.samples.cli;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.SessionOptions;
import dev.zhixing.engine.transformer.CacheType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the logits after each of some tokens. */
@Command(
    name = "logits",
    description = {
      "Runs a model over tokens and writes the logits after each of them.",
      "Keys and values are kept in single precision, so that the figures compare with other"
          + " engines.",
      "The file holds one row per token, each as long as the vocabulary: float32, little-endian."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = "  zhixing logits -m model.gguf --tokens 1,15043,3186 --out logits.f32")
final class LogitsCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description = ModelFiles.DESCRIPTION)
  private Path model = Path.of("");

  @Option(
      names = "--tokens",
      required = true,
      split = ",",
      paramLabel = "ID",
      description = "Token ids, parted by commas.")
  private int[] tokens = {};

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write.")
  private Path output = Path.of("");

  LogitsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    try (Model loaded = Model.load(model);
        Session session = loaded.newSession(options(loaded));
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(output))) {
      int columns = loaded.config().vocabularySize();
      ByteBuffer row = ByteBuffer.allocate(columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      session.append(
          tokens,
          (position, logits) -> {
            row.asFloatBuffer().put(logits, 0, columns);
            write(file, row.array());
          });
      surroundings.out().printf("%d rows of %d logits: %s%n", tokens.length, columns, output);
    }
    return ExitStatus.ANSWERED;
  }

  private SessionOptions options(Model loaded) {
    return SessionOptions.of(CacheType.F32).holding(tokens.length, loaded.config());
  }

  private void write(OutputStream file, byte[] bytes) {
    try {
      file.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(output + ": cannot be written", e);
    }
  }
}

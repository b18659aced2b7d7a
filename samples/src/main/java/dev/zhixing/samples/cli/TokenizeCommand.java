package dev.zhixing.samples.cli;

import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.TokenizerJson;
import dev.zhixing.engine.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Turns standard input into token ids. */
@Command(
    name = "tokenize",
    description = {
      "Turns the whole of standard input (UTF-8) into token ids: one line, parted by spaces.",
      "No token is added at the beginning or end."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  echo -n 'Hello, world' | zhixing tokenize -m model.gguf",
      "  zhixing tokenize -m model.gguf --special < prompt.txt"
    })
final class TokenizeCommand implements Callable<Integer> {

  private static final String JSON = "tokenizer.json";

  private final Surroundings surroundings;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description = ModelFiles.DESCRIPTION)
  private Path model = Path.of("");

  @Option(
      names = "--special",
      description = "Spellings of special tokens become those tokens; otherwise they are text.")
  private boolean special;

  TokenizeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    String text = new String(surroundings.in().readAllBytes(), StandardCharsets.UTF_8);
    Tokenizer tokenizer = tokenizer();
    int[] ids = special ? tokenizer.encodeTrusted(text) : tokenizer.encode(text);
    surroundings
        .out()
        .println(Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    return ExitStatus.ANSWERED;
  }

  /** That of a folder needs no weights. */
  private Tokenizer tokenizer() {
    if (model.endsWith(JSON) || Files.isRegularFile(model.resolve(JSON))) {
      return TokenizerJson.read(model);
    }
    try (ModelFile file = ModelFiles.open(model)) {
      return Tokenizers.of(file);
    }
  }
}

package dev.zhixing.samples.cli;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.zhixing.chat.LocalEmbeddingModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Turns lines of standard input into vectors. */
@Command(
    name = "embed",
    description = {
      "Turns each line of standard input (UTF-8) into a vector of length 1: a JSON array a line,"
          + " null for a blank one.",
      "Without -m, the encoder comes with the program; its file is made at the first time."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = {
      "  echo 'Turn on the light' | zhixing embed",
      "  printf '怎么退款？\\n如何把钱退回来？\\n今天天气很好。\\n' | zhixing embed --lang zh --compare"
    })
final class EmbedCommand implements Callable<Integer> {

  private static final int BATCH = 64;

  private final Surroundings surroundings;
  private final PrintStream out;

  @ArgGroup private @Nullable Choice choice;

  @Option(
      names = "--compare",
      description =
          "Writes the cosine of each two lines instead, blank ones left out: 0.8123 1 2, and so on.")
  private boolean compare;

  private enum Language {
    en,
    zh
  }

  private static final class Choice {
    @Option(
        names = {"-m", "--model"},
        paramLabel = "FILE",
        description = "A GGUF file of the architecture bert.")
    private @Nullable Path model;

    @Option(
        names = "--lang",
        paramLabel = "en|zh",
        description = "English (all-MiniLM-L6-v2, the default) or Chinese (bge-small-zh-v1.5).")
    private Language language = Language.en;
  }

  EmbedCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.out = surroundings.out();
  }

  @Override
  public Integer call() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
    try (LocalEmbeddingModel model = model()) {
      if (compare) {
        compare(lines, model);
      } else {
        embed(lines, model);
      }
    }
    return ExitStatus.ANSWERED;
  }

  private LocalEmbeddingModel model() {
    Choice chosen = choice == null ? new Choice() : choice;
    if (chosen.model != null) {
      return LocalEmbeddingModel.load(chosen.model);
    }
    Path cache = surroundings.directories().cache();
    return switch (chosen.language) {
      case en -> LocalEmbeddingModel.english(cache, surroundings.err()::println);
      case zh -> LocalEmbeddingModel.chinese(cache, surroundings.err()::println);
    };
  }

  private void embed(BufferedReader lines, LocalEmbeddingModel model) throws IOException {
    List<String> batch = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      batch.add(line);
      if (batch.size() == BATCH || !lines.ready()) { // a person who types waits for each
        print(batch, vectors(batch, model));
        batch.clear();
      }
    }
    print(batch, vectors(batch, model));
  }

  private void print(List<String> lines, List<Embedding> vectors) {
    Iterator<Embedding> next = vectors.iterator();
    for (String line : lines) {
      out.println(line.isBlank() ? "null" : json(next.next().vector()));
    }
    out.flush();
  }

  private static String json(float[] vector) {
    StringBuilder json = new StringBuilder("[");
    for (float number : vector) {
      json.append(json.length() == 1 ? "" : ",").append(number);
    }
    return json.append(']').toString();
  }

  /** Returns the vectors of the lines that are not blank. */
  private static List<Embedding> vectors(List<String> lines, LocalEmbeddingModel model) {
    List<TextSegment> segments =
        lines.stream().filter(line -> !line.isBlank()).map(TextSegment::from).toList();
    return model.embedAll(segments).content();
  }

  private void compare(BufferedReader lines, LocalEmbeddingModel model) {
    List<String> all = lines.lines().filter(line -> !line.isBlank()).toList();
    List<Embedding> vectors = vectors(all, model);
    for (int i = 0; i < vectors.size(); i++) {
      for (int j = i + 1; j < vectors.size(); j++) {
        double cosine = CosineSimilarity.between(vectors.get(i), vectors.get(j));
        out.println(String.format(Locale.ROOT, "%.4f %d %d", cosine, i + 1, j + 1));
      }
    }
    out.flush();
  }
}

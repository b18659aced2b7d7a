package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.open.OpenData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An evaluation suite from the recipe's own generators, in phrasings that training never sees:
 * every task has at least one of them.
 */
public final class GeneratedSuite {

  private GeneratedSuite() {}

  /**
   * Writes tasks, one JSON object a line, in both languages alike.
   *
   * @param file where to; replaced if there
   * @param count how many tasks, at least 1
   * @param seed the same seed gives the same tasks
   */
  public static void write(Path file, int count, long seed) {
    Ingredients ingredients = Ingredients.from(new OpenData(Path.of("")));
    List<String> lines = new ArrayList<>();
    for (HeldOut request : HeldOut.draw(ingredients, count, seed)) {
      Scenario scenario = request.scenario();
      String id =
          "g-%s-%s-%04d".formatted(scenario.suite(), scenario.language().code(), lines.size());
      lines.add(EvaluationTasks.task(id, scenario, request.offered()).toString());
    }
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }
}

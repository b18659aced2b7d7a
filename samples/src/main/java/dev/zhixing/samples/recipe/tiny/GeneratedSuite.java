package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Language;
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

  private static final int TRIES_PER_TASK = 50;

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
    for (long draws = 0; lines.size() < count; draws++) {
      if (draws > (long) TRIES_PER_TASK * count) {
        throw new IllegalStateException(
            "generated suite: expected %d tasks, found only %d in unseen phrasings"
                .formatted(count, lines.size()));
      }
      Language language = draws % 2 == 0 ? Language.EN : Language.ZH;
      Draw draw = new Draw(TrainingMix.mix(seed * 31 + draws), language, true);
      Scenario scenario = ingredients.scenarios().sample(draw);
      if (draw.unseenPhrases() > 0) {
        String id = "g-%s-%s-%04d".formatted(scenario.suite(), language.code(), lines.size());
        lines.add(
            EvaluationTasks.task(id, scenario, ingredients.offer().draw(scenario, draw))
                .toString());
      }
    }
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }
}

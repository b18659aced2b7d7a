package dev.zhixing.samples.recipe.calc;

import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Weighted;
import java.util.List;

/** The situations of the suite {@code calc}. */
public final class CalcSituations {

  private CalcSituations() {}

  /** All of them with their shares; phrase books are read anew. */
  public static List<Weighted> all() {
    Phrasebook english = Phrasebook.load("calc.en");
    Phrasebook chinese = Phrasebook.load("calc.zh");
    return List.of(
        weighted(english, chinese, "percent", 5),
        weighted(english, chinese, "convert", 4),
        weighted(english, chinese, "list", 3),
        weighted(english, chinese, "story", 9),
        weighted(english, chinese, "shape", 3),
        weighted(english, chinese, "power", 3),
        weighted(english, chinese, "plain", 5),
        weighted(english, chinese, "growth", 2),
        weighted(english, chinese, "follow", 3));
  }

  private static Weighted weighted(
      Phrasebook english, Phrasebook chinese, String section, double weight) {
    return new Weighted(new Calculation(english, chinese, section), weight);
  }
}

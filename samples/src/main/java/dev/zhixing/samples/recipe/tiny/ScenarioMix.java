package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Weighted;
import java.util.List;

/** Situations by weight, in both languages. Immutable. */
final class ScenarioMix {

  private final List<Weighted> situations;
  private final double total;

  ScenarioMix(List<Weighted> situations) {
    this.situations = List.copyOf(situations);
    this.total = situations.stream().mapToDouble(Weighted::weight).sum();
  }

  /** One scenario, of a situation drawn by weight. */
  Scenario sample(Draw draw) {
    double at = draw.random().nextDouble(total);
    for (Weighted weighted : situations) {
      at -= weighted.weight();
      if (at < 0) {
        return weighted.situation().sample(draw);
      }
    }
    return situations.getLast().situation().sample(draw);
  }
}

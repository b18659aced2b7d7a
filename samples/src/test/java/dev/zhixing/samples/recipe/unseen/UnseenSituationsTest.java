package dev.zhixing.samples.recipe.unseen;

import dev.zhixing.samples.recipe.SituationDraws;
import org.junit.jupiter.api.Test;

final class UnseenSituationsTest {

  @Test
  void everyScenarioKeepsTheToolsSchemas() {
    SituationDraws.check(UnseenSituations.all(), "unseen", scenario -> {});
  }
}

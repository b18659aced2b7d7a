package dev.zhixing.samples.recipe.memory;

import dev.zhixing.samples.recipe.SituationDraws;
import org.junit.jupiter.api.Test;

final class MemorySituationsTest {

  @Test
  void everyScenarioKeepsTheToolsSchemas() {
    SituationDraws.check(MemorySituations.all(), "memory", scenario -> {});
  }
}

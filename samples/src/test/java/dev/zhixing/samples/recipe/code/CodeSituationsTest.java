package dev.zhixing.samples.recipe.code;

import dev.zhixing.samples.recipe.SituationDraws;
import org.junit.jupiter.api.Test;

final class CodeSituationsTest {

  @Test
  void everyScenarioKeepsTheToolsSchemas() {
    SituationDraws.check(CodeSituations.all(), "code", scenario -> {});
  }
}

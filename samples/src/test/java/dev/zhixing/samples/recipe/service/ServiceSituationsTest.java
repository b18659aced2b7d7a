package dev.zhixing.samples.recipe.service;

import dev.zhixing.samples.recipe.SituationDraws;
import org.junit.jupiter.api.Test;

final class ServiceSituationsTest {

  @Test
  void everyScenarioKeepsTheToolsSchemas() {
    SituationDraws.check(ServiceSituations.all(), "service", scenario -> {});
  }
}

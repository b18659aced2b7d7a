package dev.zhixing.samples.recipe.search;

import dev.zhixing.samples.recipe.SituationDraws;
import org.junit.jupiter.api.Test;

final class SearchSituationsTest {

  @Test
  void everyScenarioKeepsTheToolsSchemas() {
    SituationDraws.check(SearchSituations.all(), "search", scenario -> {});
  }
}

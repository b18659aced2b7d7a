package dev.zhixing.samples.recipe;

import dev.zhixing.samples.recipe.home.HomeSituations;
import org.junit.jupiter.api.Test;

class HomeSituationsTest {

  @Test
  void drawsCallsThatTheCatalogueAllows() {
    SituationDraws.check(HomeSituations.home(), "home", scenario -> {});
  }
}

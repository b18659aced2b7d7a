package dev.zhixing.samples.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.samples.recipe.chain.ChainSituations;
import org.junit.jupiter.api.Test;

class ChainSituationsTest {

  @Test
  void drawsCallsThatTheCatalogueAllows() {
    SituationDraws.check(
        ChainSituations.chain(),
        "chain",
        scenario ->
            assertThat(scenario.rounds()).allSatisfy(round -> assertThat(round).isNotEmpty()));
  }
}

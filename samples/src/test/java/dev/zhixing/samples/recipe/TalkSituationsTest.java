package dev.zhixing.samples.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.samples.recipe.talk.ClarifySituations;
import dev.zhixing.samples.recipe.talk.TalkSituations;
import org.junit.jupiter.api.Test;

class TalkSituationsTest {

  @Test
  void chatsWithoutAnyCall() {
    SituationDraws.check(
        TalkSituations.chat(), "chat", scenario -> assertThat(scenario.rounds()).isEmpty());
  }

  @Test
  void refusesHarmWithoutAnyCall() {
    SituationDraws.check(
        TalkSituations.refuse(), "refuse", scenario -> assertThat(scenario.rounds()).isEmpty());
  }

  @Test
  void asksBackWhereSomethingIsMissing() {
    SituationDraws.check(
        ClarifySituations.clarify(),
        "clarify",
        scenario -> assertThat(scenario.rounds()).isEmpty());
  }

  @Test
  void actsOnceItIsTold() {
    for (Weighted weighted : ClarifySituations.answered()) {
      Scenario scenario = weighted.situation().sample(new Draw(5, Language.EN, false));

      assertThat(scenario.history()).isNotEmpty();
      assertThat(scenario.rounds()).hasSize(1);
    }
  }
}

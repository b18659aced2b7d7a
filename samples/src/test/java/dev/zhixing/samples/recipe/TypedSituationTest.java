package dev.zhixing.samples.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TypedSituationTest {

  private static final String REQUEST =
      "Please remember that the cellar key hangs behind the door.";
  private static final String FACT = "the cellar key hangs behind the door";

  @Test
  void typesTheRequestInManyWaysAndKeepsWhatTheCallCopies() {
    TypedSituation typed = new TypedSituation(draw -> remember());
    Set<String> requests = new HashSet<>();
    for (long seed = 0; seed < 300; seed++) {
      Scenario scenario = typed.sample(new Draw(seed, Language.EN, false));
      assertThat(scenario.user()).contains(FACT);
      assertThat(scenario.rounds()).isEqualTo(remember().rounds());
      requests.add(scenario.user());
    }
    assertThat(requests).hasSizeGreaterThan(5);
  }

  @Test
  void leavesTheAssistantsEarlierTurnsAlone() {
    TypedSituation typed =
        new TypedSituation(draw -> remember().withHistory("Hello there, friend", "Hello, friend."));
    for (long seed = 0; seed < 100; seed++) {
      Scenario scenario = typed.sample(new Draw(seed, Language.EN, false));
      assertThat(scenario.history().get(1)).isEqualTo("Hello, friend.");
    }
  }

  private static Scenario remember() {
    Call call = Call.of("remember", Draw.arguments().put("fact", FACT), "stored");
    return Scenario.of(Language.EN, "memory", REQUEST, List.of(List.of(call)), "Noted.");
  }
}

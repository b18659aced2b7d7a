package dev.zhixing.samples.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhrasebookTest {

  private final Phrasebook book =
      Phrasebook.parse(
          "test",
          List.of(
              "# how to ask",
              "<please> = please|",
              "== light",
              "<please> (turn|switch) on the {room} light[s]",
              "== escaped",
              "\\(really\\) {room}\\|{room}"));

  @Test
  void expandsChoicesOptionsRulesAndSlots() {
    Set<String> seen = new HashSet<>();

    for (int seed = 0; seed < 200; seed++) {
      seen.add(expand("light", seed));
    }

    assertThat(seen)
        .contains("please turn on the study light", "switch on the study lights")
        .hasSize(8);
  }

  @Test
  void keepsEscapedCharacters() {
    assertThat(expand("escaped", 1)).isEqualTo("(really) study|study");
  }

  @Test
  void givesTheSameTextForTheSameSeed() {
    assertThat(expand("light", 7)).isEqualTo(expand("light", 7));
  }

  @Test
  void keepsHeldOutPhrasingsFromTraining() {
    List<String> lines =
        IntStream.range(0, 400).mapToObj(i -> i == 0 ? "== many" : "wording number " + i).toList();
    Phrasebook many = Phrasebook.parse("many", lines);
    Set<String> training = new HashSet<>();
    Set<String> heldOut = new HashSet<>();

    for (int seed = 0; seed < 4000; seed++) {
      training.add(many.expand("many", false, Map.of(), new SplittableRandom(seed)));
      heldOut.add(many.expand("many", true, Map.of(), new SplittableRandom(seed)));
    }

    assertThat(heldOut).isNotEmpty().doesNotContainAnyElementsOf(training);
    assertThat(heldOut.size()).isBetween(15, 60);
  }

  @Test
  void namesTheSlotThatHasNoValue() {
    assertThatThrownBy(() -> book.expand("light", false, Map.of(), new SplittableRandom(1)))
        .hasMessageContaining("test.phrases: light")
        .hasMessageContaining("{room}");
  }

  @Test
  void namesTheRuleThatIsNotDefined() {
    assertThatThrownBy(() -> Phrasebook.parse("broken", List.of("== a", "<polite> hello")))
        .hasMessageContaining("broken.phrases:2")
        .hasMessageContaining("<polite>");
  }

  private String expand(String section, long seed) {
    return book.expand(section, false, Map.of("room", "study"), new SplittableRandom(seed));
  }
}

package dev.zhixing.samples.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NoiseTest {

  @Test
  void keepsTheNumbersOfAListApart() {
    for (String text : typings(Language.EN, "add 12, 345, twenty and thirty, five")) {
      assertThat(text).contains("12, 345, ").containsIgnoringCase("thirty, five");
    }
    for (String text : typings(Language.ZH, "三十，五和12，345加起来")) {
      assertThat(text).doesNotContain("三十五").doesNotContain("12345");
    }
  }

  @Test
  void dropsACommaBetweenWords() {
    assertThat(typings(Language.EN, "hello, lights off, thanks"))
        .anyMatch(text -> !text.contains(","));
  }

  @Test
  void writesNoDigitForAWordWhereDigitsMatter() {
    for (String text : typings(Language.EN, "set the timer for dinner to 30 minutes")) {
      assertThat(text.replaceAll("[^0-9]", "")).isEqualTo("30");
    }
  }

  @Test
  void keepsWhatItIsToldToKeep() {
    Set<String> typings = typings(Language.EN, "please send it to 5B Orchard Lane, Malmö");
    assertThat(typings).hasSizeGreaterThan(5);
    for (Language language : Language.values()) {
      for (long seed = 0; seed < 500; seed++) {
        assertThat(Noise.typed(new Draw(seed, language, false), "to 5B Orchard Lane", "5B Orchard"))
            .contains("5B Orchard");
      }
    }
  }

  private static Set<String> typings(Language language, String text) {
    Set<String> out = new HashSet<>();
    for (long seed = 0; seed < 2000; seed++) {
      out.add(Noise.typed(new Draw(seed, language, false), text));
    }
    return out;
  }
}

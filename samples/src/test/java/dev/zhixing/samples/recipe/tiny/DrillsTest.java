package dev.zhixing.samples.recipe.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DrillsTest {

  private final Drills drills = new Drills();

  @Test
  void copyingRepliesWithExactlyWhatTheRequestLists() {
    assertThat(turns("Word for word: ", "照抄："))
        .isNotEmpty()
        .allSatisfy(turn -> assertThat(turn.user()).endsWith(turn.reply()));
  }

  @Test
  void readingRepliesWithDigitsOnly() {
    assertThat(turns("In digits: ", "写成数字："))
        .isNotEmpty()
        .allSatisfy(turn -> assertThat(turn.reply()).matches("[-0-9.:%]+([;；] ?[-0-9.:%]+)*"));
  }

  @Test
  void readingRepliesWithAsManyNumbersAsAreTold() {
    assertThat(turns("In digits: ", "写成数字："))
        .allSatisfy(
            turn ->
                assertThat(turn.reply().split("[;；]", -1))
                    .hasSameSizeAs(turn.user().split("[;；]", -1)));
  }

  @Test
  void theSameDrawGivesTheSameDrills() {
    assertThat(drills.sample(new Draw(3, Language.EN, false)))
        .isEqualTo(drills.sample(new Draw(3, Language.EN, false)));
  }

  private List<Drills.Turn> turns(String english, String chinese) {
    List<Drills.Turn> out = new java.util.ArrayList<>();
    for (long seed = 0; seed < 300; seed++) {
      Language language = seed % 2 == 0 ? Language.EN : Language.ZH;
      for (Drills.Turn turn : drills.sample(new Draw(seed, language, false))) {
        if (turn.user().startsWith(english) || turn.user().startsWith(chinese)) {
          out.add(turn);
        }
      }
    }
    return out;
  }
}

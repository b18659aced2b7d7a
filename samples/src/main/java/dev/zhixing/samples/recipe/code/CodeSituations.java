package dev.zhixing.samples.recipe.code;

import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Weighted;
import java.util.List;

/** The situations of the suite {@code code}. */
public final class CodeSituations {

  private CodeSituations() {}

  /** All of them with their shares; phrase books are read anew. */
  public static List<Weighted> all() {
    Phrasebook english = Phrasebook.load("code.en");
    Phrasebook chinese = Phrasebook.load("code.zh");
    return List.of(
        new Weighted(new CodeRequest(english, chinese, NumberPrograms.all(), false), 5),
        new Weighted(new CodeRequest(english, chinese, TextPrograms.all(), false), 5),
        new Weighted(new CodeRequest(english, chinese, TextPrograms.all(), true), 0.6));
  }
}

package dev.zhixing.samples.recipe.home;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Noise;

/** Short turns of a talk: no story around them. */
final class Turns {

  private Turns() {}

  static String typed(Draw draw, String text, String... keep) {
    return Noise.typed(draw, text, keep);
  }
}

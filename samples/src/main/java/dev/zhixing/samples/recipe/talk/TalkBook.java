package dev.zhixing.samples.recipe.talk;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Phrasebook;

/** A pair of phrase books, one for each language. */
final class TalkBook {

  private final Phrasebook english;
  private final Phrasebook chinese;

  TalkBook(String name) {
    this.english = Phrasebook.load(name + ".en");
    this.chinese = Phrasebook.load(name + ".zh");
  }

  String phrase(Draw draw, String section, String... slots) {
    return draw.phrase(draw.isChinese() ? chinese : english, section, slots);
  }

  String reply(Draw draw, String section, String... slots) {
    return draw.reply(draw.isChinese() ? chinese : english, section, slots);
  }
}

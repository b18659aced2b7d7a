package dev.zhixing.samples.recipe.service;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Script;
import dev.zhixing.samples.recipe.Situation;
import java.util.List;

/**
 * A request whose tool is not offered: nothing is called, the answer says that it can't be done.
 */
final class MissingServiceTool implements Situation {

  private static final String CANNOT_EN = "can't|not able|sorry|afraid|not something";
  private static final String CANNOT_ZH = "没有|做不了|无法|没法|办不到|抱歉";

  private final Phrasebook english;
  private final Phrasebook chinese;
  private final Script.Source things;

  MissingServiceTool(Phrasebook english, Phrasebook chinese, Script.Source things) {
    this.english = english;
    this.chinese = chinese;
    this.things = things;
  }

  @Override
  public Scenario sample(Draw draw) {
    Phrasebook book = draw.isChinese() ? chinese : english;
    Script script = new Script(book, draw, things);
    String[] line = script.line("withheld");
    String user = script.say(line[0], "").getLast();
    String answer = script.reply("withheld.answer")[0];
    return Scenario.of(draw.language(), "service", user, List.of(), answer)
        .answering(draw.say(CANNOT_EN, CANNOT_ZH))
        .withholding(line[1].strip().split(",", -1));
  }
}

package dev.zhixing.samples.recipe.search;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Script;
import dev.zhixing.samples.recipe.Situation;
import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Value;
import java.util.List;

/**
 * A question whose tool is not offered: nothing is called, the answer says that it can't be done.
 */
final class MissingSearchTool implements Situation {

  private final Phrasebook english;
  private final Phrasebook chinese;
  private final Things things;
  private final Zones zones;

  MissingSearchTool(Phrasebook english, Phrasebook chinese, Things things, Zones zones) {
    this.english = english;
    this.chinese = chinese;
    this.things = things;
    this.zones = zones;
  }

  @Override
  public Scenario sample(Draw draw) {
    Phrasebook book = draw.isChinese() ? chinese : english;
    Script.Source source =
        (slot, d) -> slot.equals("city") ? Value.text(zones.draw(d).name()) : things.draw(slot, d);
    Script script = new Script(book, draw, source);
    String[] line = script.line("withheld");
    String user = script.say(line[0], "").getLast();
    String answer = script.reply("withheld.answer")[0];
    return Scenario.of(draw.language(), "search", user, List.of(), answer)
        .answering(draw.say("can't|not able|sorry|afraid|don't", "没有|没法|无法|办不到|抱歉|查不了"))
        .withholding(line[1].strip().split(",", -1));
  }
}

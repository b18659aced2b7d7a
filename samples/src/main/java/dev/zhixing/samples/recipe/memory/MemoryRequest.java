package dev.zhixing.samples.recipe.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Script;
import dev.zhixing.samples.recipe.Situation;
import dev.zhixing.samples.recipe.Value;
import java.util.List;

/** Tells a fact to be kept, or asks for one; or either while the tool for it is missing. */
final class MemoryRequest implements Situation {

  /** What is wanted. */
  enum Kind {
    REMEMBER,
    RECALL,
    WITHHELD
  }

  private static final String KEPT_WHAT = "\u0001whatfact\u0002";
  private static final String KEPT_QUESTION = "\u0001questionfact\u0002";

  private final Phrasebook english;
  private final Phrasebook chinese;
  private final Script.Source things;
  private final Kind kind;

  MemoryRequest(Phrasebook english, Phrasebook chinese, Script.Source things, Kind kind) {
    this.english = english;
    this.chinese = chinese;
    this.things = things;
    this.kind = kind;
  }

  @Override
  public Scenario sample(Draw draw) {
    Phrasebook book = draw.isChinese() ? chinese : english;
    String[] mine = topic(new Script(book, draw, things), "what");
    String[] asked = topic(new Script(book, draw, things), "question");
    Script script = new Script(book, draw, (slot, d) -> value(slot, d, mine, asked));
    return switch (kind) {
      case REMEMBER -> call(script, draw, "remember", "fact");
      case RECALL -> call(script, draw, "recall", "query");
      case WITHHELD -> withheld(script, draw);
    };
  }

  /** What may be asked for, and the fact that answers it. */
  private static String[] topic(Script script, String section) {
    String[] line = script.reply(section);
    return new String[] {script.show(line[0]), script.show(line[1])};
  }

  private Value value(String slot, Draw draw, String[] mine, String[] asked) {
    return switch (slot) {
      case "what" -> Value.text(mine[0]);
      case "question" -> Value.text(asked[0]);
      case "whatfact" -> Value.text(mine[1]);
      case "questionfact" -> Value.text(asked[1]);
      default -> things.draw(slot, draw);
    };
  }

  private static Scenario call(Script script, Draw draw, String tool, String parameter) {
    String wording = script.line(tool)[0];
    List<String> turns = script.say(wording, parameter);
    ObjectNode arguments = script.arguments(List.of(parameter));
    String[] outcome = script.reply(tool + ".result");
    boolean question = wording.contains("\u0001question\u0002");
    for (int i = 0; i < outcome.length; i++) {
      outcome[i] = outcome[i].replace("\u0001kept\u0002", question ? KEPT_QUESTION : KEPT_WHAT);
    }
    ObjectNode matcher = Draw.arguments();
    matcher.putObject(parameter).putArray("~contains");
    Call call = Call.of(tool, arguments, script.show(outcome[0])).accepting(matcher);
    String answer = script.show(outcome[1]);
    return Scenario.of(draw.language(), "memory", turns.getLast(), List.of(List.of(call)), answer)
        .withHistory(turns.subList(0, turns.size() - 1).toArray(String[]::new))
        .answering(outcome.length > 2 ? new String[] {script.show(outcome[2])} : new String[0]);
  }

  private static Scenario withheld(Script script, Draw draw) {
    String[] line = script.line("withheld");
    String user = script.say(line[0], "").getLast();
    return Scenario.of(
            draw.language(), "memory", user, List.of(), script.reply("withheld.answer")[0])
        .answering(draw.say("can't|not able|sorry|afraid|don't", "没有|没法|无法|不能|没办法|抱歉"))
        .withholding(line[1].strip().split(",", -1));
  }
}

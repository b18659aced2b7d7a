package dev.zhixing.samples.recipe.code;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Script;
import dev.zhixing.samples.recipe.Situation;
import dev.zhixing.samples.recipe.Value;
import java.util.List;
import java.util.function.Function;

/** Asks for a small program to be run, or for one while the sandbox is missing. */
final class CodeRequest implements Situation {

  private final Phrasebook english;
  private final Phrasebook chinese;
  private final List<Function<Draw, Program>> programs;
  private final boolean missing;

  CodeRequest(
      Phrasebook english,
      Phrasebook chinese,
      List<Function<Draw, Program>> programs,
      boolean missing) {
    this.english = english;
    this.chinese = chinese;
    this.programs = List.copyOf(programs);
    this.missing = missing;
  }

  @Override
  public Scenario sample(Draw draw) {
    Program program = draw.pick(programs).apply(draw);
    Script script =
        new Script(draw.isChinese() ? chinese : english, draw, (slot, d) -> value(program, slot));
    List<String> turns = script.say(script.line(program.section())[0], "");
    String user = turns.getLast();
    String[] history = turns.subList(0, turns.size() - 1).toArray(String[]::new);
    if (missing) {
      return Scenario.of(
              draw.language(), "code", user, List.of(), script.reply("withheld.answer")[0])
          .withHistory(history)
          .answering(draw.say("can't|not able|sorry|afraid|don't", "没有|没法|无法|办不到|抱歉"))
          .withholding("run_code", "calculator", "web_search", "current_time");
    }
    ObjectNode arguments = Draw.arguments().put("code", program.code());
    ObjectNode result = Draw.arguments().put("stdout", program.output() + "\n");
    ObjectNode matcher = Draw.arguments();
    ArrayNode words = matcher.putObject("code").putArray("~contains");
    program.slots().values().forEach(v -> words.add(v.json().asText().split("[ ,、，]", 2)[0]));
    Call call = Call.of("run_code", arguments, result.toString()).accepting(matcher);
    return Scenario.of(
            draw.language(), "code", user, List.of(List.of(call)), answer(program, script))
        .withHistory(history)
        .answering(needed(program, draw));
  }

  private static Value value(Program program, String slot) {
    Value value = program.slots().get(slot);
    if (slot.equals("output")) {
      return Value.text(program.output().replace("\n", ", "));
    }
    if (value == null) {
      throw new IllegalArgumentException("code: " + program.section() + ": no slot {" + slot + "}");
    }
    return value;
  }

  private static String needed(Program program, Draw draw) {
    return switch (program.output()) {
      case "true" -> draw.say("yes|true", "是|true");
      case "false" -> draw.say("no|false", "不是|false");
      default -> program.output().replace("\n", ", ");
    };
  }

  private static String answer(Program program, Script script) {
    String section =
        switch (program.output()) {
          case "true" -> "answer.yes";
          case "false" -> "answer.no";
          default -> "answer";
        };
    return script.show(script.reply(section)[0]);
  }
}

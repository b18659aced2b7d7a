package dev.zhixing.samples.recipe.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Script;
import dev.zhixing.samples.recipe.Situation;
import java.util.List;

/**
 * One request that one tool of the shop answers: wording from a section, result and answer from the
 * section's results or from the line itself.
 */
final class ServiceRequest implements Situation {

  /**
   * What a kind of request leads to.
   *
   * @param section where its wordings stand
   * @param tool the tool to call
   * @param parameters the tool's parameters in order
   * @param span the parameter that marked words go to
   * @param withheld tools that would be right too and so must not be offered
   */
  record Kind(
      String section, String tool, List<String> parameters, String span, List<String> withheld) {}

  private final Phrasebook english;
  private final Phrasebook chinese;
  private final Script.Source things;
  private final Kind kind;

  ServiceRequest(Phrasebook english, Phrasebook chinese, Script.Source things, Kind kind) {
    this.english = english;
    this.chinese = chinese;
    this.things = things;
    this.kind = kind;
  }

  @Override
  public Scenario sample(Draw draw) {
    Phrasebook book = draw.isChinese() ? chinese : english;
    Script script = new Script(book, draw, things);
    String[] line = script.line(kind.section());
    List<String> turns = script.say(line[0], kind.span());
    ObjectNode arguments = script.arguments(kind.parameters());
    String[] outcome = line;
    if (line.length == 1) {
      String section = kind.section().replace(".history", "");
      boolean whole = section.equals("refund") && !arguments.has("amount");
      String[] found = script.reply(whole ? "refund.full" : section + ".result");
      outcome = new String[found.length + 1];
      System.arraycopy(found, 0, outcome, 1, found.length);
    }
    Call call =
        Call.of(kind.tool(), arguments, script.show(outcome[1])).accepting(matcher(arguments));
    String answer = script.show(outcome[2]);
    String[] needed =
        outcome.length > 3 && !outcome[3].isEmpty()
            ? script.show(outcome[3]).split(";", -1)
            : new String[0];
    return Scenario.of(draw.language(), "service", turns.getLast(), List.of(List.of(call)), answer)
        .withHistory(turns.subList(0, turns.size() - 1).toArray(String[]::new))
        .answering(needed)
        .withholding(kind.withheld().toArray(String[]::new));
  }

  private ObjectNode matcher(ObjectNode arguments) {
    ObjectNode out = arguments.deepCopy();
    if (out.has("order_id")) {
      String id = out.path("order_id").asText();
      out.putObject("order_id").putArray("~any").add(id).add("#" + id);
    }
    for (String free : List.of("reason", "query", "subject")) {
      if (kind.parameters().contains(free)) {
        ObjectNode any = Draw.arguments();
        any.putArray("~contains");
        out.set(free, free.equals("reason") ? Draw.arguments().set("~optional", any) : any);
      }
    }
    return out;
  }
}

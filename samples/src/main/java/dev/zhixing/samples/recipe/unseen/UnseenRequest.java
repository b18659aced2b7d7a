package dev.zhixing.samples.recipe.unseen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Script;
import dev.zhixing.samples.recipe.Situation;
import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request for a tool that is defined on the spot. */
final class UnseenRequest implements Situation {

  private final ToolShelf english;
  private final ToolShelf chinese;
  private final Things things;

  UnseenRequest(ToolShelf english, ToolShelf chinese, Things things) {
    this.english = english;
    this.chinese = chinese;
    this.things = things;
  }

  /** A tool with its names drawn. */
  private record Named(ToolSpecification tool, Map<String, String> parameters) {}

  @Override
  public Scenario sample(Draw draw) {
    ToolShelf shelf = draw.isChinese() ? chinese : english;
    ToolTemplate template = draw.pick(shelf.asked());
    Script script = new Script(shelf.book(), draw, (slot, d) -> value(template, slot, d));
    String[] line = script.line(template.section());
    List<String> turns = script.say(line[0], "");
    if (turns.size() == 1 && line.length == 1 && draw.chance(0.08)) {
      turns = again(template, script, turns.getFirst(), draw);
    }
    List<String> slots = template.parameters().stream().map(Parameter::name).toList();
    ObjectNode said = script.arguments(slots);
    Set<String> taken = new HashSet<>();
    Named named = named(template, script, said, taken, draw);
    ObjectNode arguments = Draw.arguments();
    named
        .parameters()
        .forEach(
            (slot, name) -> {
              if (said.has(slot)) {
                arguments.set(name, said.get(slot));
              }
            });
    String[] outcome = line.length > 1 ? line : generic(script);
    List<ToolSpecification> tools = new ArrayList<>(List.of(named.tool()));
    for (ToolTemplate sibling : draw.pickSome(shelf.siblings(template), draw.between(1, 3))) {
      Script other = new Script(shelf.book(), draw, (slot, d) -> value(sibling, slot, d));
      tools.add(named(sibling, other, Draw.arguments(), taken, draw).tool());
    }
    Call call = Call.of(named.tool().name(), arguments, script.show(outcome[1]));
    return Scenario.of(
            draw.language(),
            "unseen",
            turns.getLast(),
            List.of(List.of(call)),
            script.show(outcome[2]))
        .withHistory(turns.subList(0, turns.size() - 1).toArray(String[]::new))
        .answering(outcome.length > 3 ? new String[] {script.show(outcome[3])} : new String[0])
        .withOwnTools(tools);
  }

  private static String[] generic(Script script) {
    String[] found = script.reply("generic.result");
    String[] out = new String[found.length + 1];
    System.arraycopy(found, 0, out, 1, found.length);
    return out;
  }

  /** The request followed by the wish for the same with one thing changed. */
  private List<String> again(ToolTemplate template, Script script, String first, Draw draw) {
    List<Parameter> changeable = new ArrayList<>();
    for (Parameter parameter : template.parameters()) {
      boolean said = script.arguments(List.of(parameter.name())).size() > 0;
      long alike =
          template.parameters().stream().filter(p -> p.kind().like(parameter.kind())).count();
      if (said && alike == 1 && !(parameter.kind() instanceof ParameterKind.Flag)) {
        changeable.add(parameter);
      }
    }
    if (changeable.isEmpty()) {
      return List.of(first);
    }
    Parameter changed = draw.pick(changeable);
    Value value = changed.kind().draw(draw, things);
    if (value.json().equals(script.value(changed.name()).json())) {
      return List.of(first);
    }
    script.change(changed.name(), value);
    script.change("new_value", value);
    String reply = script.show(script.reply("again.reply")[0]);
    return List.of(first, reply, script.say(script.line("again")[0], "").getFirst());
  }

  private Value value(ToolTemplate template, String slot, Draw draw) {
    for (Parameter parameter : template.parameters()) {
      if (parameter.name().equals(slot)) {
        Value right = parameter.kind().draw(draw, things);
        return draw.chance(0.03) ? slip(parameter, right, draw) : right;
      }
    }
    return things.draw(slot, draw);
  }

  /** Said wrong first, then put right. */
  private Value slip(Parameter parameter, Value right, Draw draw) {
    Value wrong = parameter.kind().draw(draw, things);
    boolean flag = parameter.kind() instanceof ParameterKind.Flag;
    if (flag || wrong.said().equals(right.said())) {
      return right;
    }
    String fix =
        draw.say(
            draw.pick(", no, ", ", sorry, ", "... i mean ", " - no wait, "),
            draw.pick("，不对，", "，说错了，", "……哦不，"));
    return new Value(right.json(), wrong.said() + fix + right.said(), right.shown());
  }

  private static Named named(
      ToolTemplate template, Script script, ObjectNode said, Set<String> taken, Draw draw) {
    String name = Renaming.tool(template, draw);
    if (!taken.add(name)) {
      name = template.names().getFirst() + (taken.add(template.names().getFirst()) ? "" : "_2");
    }
    Map<String, String> names = new LinkedHashMap<>();
    Set<String> used = new HashSet<>();
    JsonObjectSchema.Builder schema = JsonObjectSchema.builder();
    List<String> required = new ArrayList<>();
    for (Parameter parameter : order(template.parameters(), draw)) {
      if (parameter.optional() && !said.has(parameter.name()) && draw.chance(0.25)) {
        continue;
      }
      String shown = Renaming.parameter(parameter, draw);
      if (!used.add(shown)) {
        shown = parameter.name();
        used.add(shown);
      }
      names.put(parameter.name(), shown);
      Value value =
          said.has(parameter.name()) && parameter.kind() instanceof ParameterKind.Text
              ? Value.text(said.path(parameter.name()).asText())
              : script.value(parameter.name());
      ObjectNode constant =
          parameter.schema(
              draw,
              said.has(parameter.name())
                  ? new Value(said.get(parameter.name()), "", said.get(parameter.name()).toString())
                  : value);
      schema.addProperty(shown, JsonRawSchema.from(constant.toString()));
      if (!parameter.optional()) {
        required.add(shown);
      }
    }
    ToolSpecification tool =
        ToolSpecification.builder()
            .name(name)
            .description(Renaming.description(template, draw))
            .parameters(schema.required(required).build())
            .build();
    return new Named(tool, names);
  }

  private static List<Parameter> order(List<Parameter> parameters, Draw draw) {
    return draw.chance(0.25) ? draw.pickSome(parameters, parameters.size()) : parameters;
  }
}

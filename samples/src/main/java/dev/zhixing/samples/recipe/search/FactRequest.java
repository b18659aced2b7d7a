package dev.zhixing.samples.recipe.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Script;
import dev.zhixing.samples.recipe.Situation;
import java.util.List;
import java.util.Locale;

/** Asks for a fact that a search finds, on the web or in the user's own documents. */
final class FactRequest implements Situation {

  private final Phrasebook english;
  private final Phrasebook chinese;
  private final Script.Source things;
  private final String section;

  FactRequest(Phrasebook english, Phrasebook chinese, Script.Source things, String section) {
    this.english = english;
    this.chinese = chinese;
    this.things = things;
    this.section = section;
  }

  @Override
  public Scenario sample(Draw draw) {
    Phrasebook book = draw.isChinese() ? chinese : english;
    Script script = new Script(book, draw, things);
    String[] line = script.line(section);
    List<String> turns = script.say(line[0], "query");
    ObjectNode arguments = script.arguments(List.of("query"));
    boolean own = section.startsWith("documents");
    boolean empty = section.endsWith(".empty");
    String query = arguments.path("query").asText();
    String text = empty ? "" : script.show(line[1]);
    String answer = script.show(line[empty ? 1 : 2]);
    String needed = line.length > (empty ? 2 : 3) ? script.show(line[empty ? 2 : 3]) : "";
    String result = own ? passages(text, draw, script) : pages(query, text, draw, script);
    ObjectNode matcher = Draw.arguments();
    matcher.putObject("query").putArray("~contains");
    Call call =
        Call.of(own ? "search_documents" : "web_search", arguments, result).accepting(matcher);
    return Scenario.of(
            draw.language(), "search", turns.getLast(), List.of(List.of(call)), capital(answer))
        .withHistory(turns.subList(0, turns.size() - 1).toArray(String[]::new))
        .answering(needed.isEmpty() ? new String[0] : needed.split(";", -1));
  }

  private static String pages(String query, String text, Draw draw, Script script) {
    if (draw.chance(0.12)) {
      return text;
    }
    ObjectNode out = Draw.arguments();
    ArrayNode results = out.putArray("results");
    ObjectNode page = Draw.arguments().put("title", capital(query));
    if (draw.chance(0.2)) {
      page.put(
          "url", "https://" + script.value("name9").shown().toLowerCase(Locale.ROOT) + ".example");
    }
    page.put("snippet", text);
    results.add(page);
    if (draw.chance(0.25)) {
      ObjectNode other = Draw.arguments().put("title", draw.say("Shop and forum", "论坛"));
      other.put(
          "snippet",
          draw.say("Read what others ask about this. ", "看看网友怎么说。")
              + script.value("name8").shown());
      results.insert(draw.between(0, 1), other);
    }
    return out.toString();
  }

  private static String passages(String text, Draw draw, Script script) {
    ObjectNode out = Draw.arguments();
    ArrayNode passages = out.putArray("passages");
    if (text.isEmpty()) {
      return out.toString();
    }
    String ending = draw.pick(".md", ".txt", ".pdf", ".docx");
    String file =
        draw.pick(
            List.of(
                "notes", "manual", "handbook", "contract", "2025", script.value("name7").shown()));
    passages.addObject().put("file", file + ending).put("text", text);
    if (draw.chance(0.3)) {
      ObjectNode other = Draw.arguments().put("file", "misc" + ending);
      passages.insert(draw.between(0, 1), other.put("text", script.value("note9").shown()));
    }
    return out.toString();
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}

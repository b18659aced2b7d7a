package dev.zhixing.samples.recipe.unseen;

import dev.zhixing.samples.recipe.Draw;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Other names for tools and parameters, so that no name can be known by heart. */
final class Renaming {

  private static final Map<String, List<String>> ACTIONS = new LinkedHashMap<>();
  private static final Map<String, List<String>> THINGS = new LinkedHashMap<>();

  static {
    action("book", "reserve", "schedule", "arrange");
    action("reserve", "book", "hold");
    action("cancel", "drop", "call_off", "revoke");
    action("set", "adjust", "change", "put");
    action("get", "read", "fetch", "show");
    action("find", "search", "look_up", "locate");
    action("start", "run", "launch", "begin");
    action("stop", "halt", "end", "abort");
    action("order", "buy", "purchase");
    action("buy", "purchase", "order");
    action("check", "query", "inspect", "get");
    action("send", "dispatch", "post");
    action("add", "append", "insert", "put");
    action("log", "record", "note", "track");
    action("report", "flag", "file");
    action("open", "unlatch", "open_up");
    action("close", "shut");
    action("play", "start_playing", "stream");
    action("pay", "settle");
    action("rent", "hire");
    action("hire", "rent");
    action("create", "make", "new", "add");
    action("make", "create", "prepare");
    put("minutes", "mins", "duration_min", "length_minutes");
    put("hours", "duration_hours", "num_hours");
    put("days", "num_days", "day_count", "duration_days");
    put("date", "day", "on_date", "when");
    put("time", "at", "clock", "start_time");
    put("amount", "sum", "value", "total");
    put("city", "town", "place", "location");
    put("people", "persons", "guests", "party_size", "count");
    put("count", "number", "quantity", "how_many");
    put("quantity", "qty", "count", "units");
    put("name", "title", "label");
    put("room", "space", "area");
    put("percent", "share", "level", "pct");
    put("level", "degree", "intensity", "stage");
    put("size", "format", "scale");
    put("kind", "type", "variety", "sort");
    put("mode", "program", "setting");
    put("weekday", "day", "day_of_week");
    put("color", "colour", "shade");
    put("language", "lang", "target_lang");
    put("file", "path", "filename", "document");
    put("reason", "cause", "why");
    put("id", "ref", "number", "code");
    put("seats", "places", "chairs");
    put("speed", "pace", "rate");
    put("on", "enabled", "active", "power");
    put("price", "cost", "fare");
  }

  private Renaming() {}

  private static void action(String word, String... others) {
    ACTIONS.put(word, List.of(others));
  }

  private static void put(String word, String... others) {
    THINGS.put(word, List.of(others));
  }

  static String tool(ToolTemplate tool, Draw draw) {
    String name = draw.pick(tool.names());
    if (draw.chance(0.35)) {
      name = words(name, ACTIONS, draw);
    }
    if (draw.chance(0.1)) {
      name = tool.family() + "_" + name;
    }
    return draw.chance(0.12) ? camel(name) : name;
  }

  static String parameter(Parameter parameter, Draw draw) {
    if (parameter.names().size() > 1 && draw.chance(0.5)) {
      return draw.pick(parameter.names());
    }
    return draw.chance(0.4) ? words(parameter.name(), THINGS, draw) : parameter.name();
  }

  private static String words(String name, Map<String, List<String>> synonyms, Draw draw) {
    List<String> out = new ArrayList<>();
    for (String word : name.split("_", -1)) {
      List<String> others = synonyms.get(word);
      out.add(others != null && draw.chance(0.8) ? draw.pick(others) : word);
    }
    return String.join("_", out);
  }

  private static String camel(String name) {
    StringBuilder out = new StringBuilder();
    for (String word : name.split("_", -1)) {
      boolean first = out.isEmpty() || word.isEmpty();
      out.append(first ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return out.toString();
  }

  static String description(ToolTemplate tool, Draw draw) {
    String text = draw.pick(tool.descriptions());
    if (draw.chance(0.2) && text.endsWith(".")) {
      return text.substring(0, text.length() - 1);
    }
    return text;
  }
}

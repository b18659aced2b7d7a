package dev.zhixing.samples.recipe.unseen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Numbers;
import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What values a parameter takes: how they are drawn and said, and the schema that allows them. */
sealed interface ParameterKind {

  JsonNodeFactory JSON = JsonNodeFactory.instance;

  Value draw(Draw draw, Things things);

  /** The schema; {@code value} is what was said for it, or any other value. */
  ObjectNode schema(Draw draw, Value value);

  /** Whether values of both could be taken for each other. */
  default boolean like(ParameterKind other) {
    return switch (this) {
      case Format format -> format.equals(other);
      case Choice choice -> choice.equals(other);
      case Several several -> several.equals(other);
      case Flag flag -> flag.equals(other);
      case Amount amount -> other instanceof Amount;
      case Text text -> other instanceof Text;
    };
  }

  static ParameterKind parse(String text) {
    String word = text.split(" ", 2)[0];
    String rest = text.substring(word.length()).strip();
    return switch (word) {
      case "int", "num", "percent", "mins", "months", "hour" -> Amount.parse(word, rest);
      case "bool" -> new Flag();
      case "text" -> new Text(rest);
      case "set" -> new Several(Choice.of(rest));
      case "date", "md", "time", "currency", "language", "country", "weekday", "weekdays" ->
          new Format(word);
      default -> Choice.of(text);
    };
  }

  /** One of some words; each may be said in other ways. */
  record Choice(List<String> values, List<List<String>> sayings) implements ParameterKind {

    static Choice of(String text) {
      List<String> values = new ArrayList<>();
      List<List<String>> sayings = new ArrayList<>();
      for (String part : text.split("\\|", -1)) {
        String[] sides = part.strip().split("=", 2);
        values.add(sides[0].strip());
        sayings.add(
            sides.length < 2
                ? List.of(sides[0].strip().replace('_', ' '))
                : List.of(sides[1].strip().split("/", -1)));
      }
      return new Choice(values, sayings);
    }

    @Override
    public Value draw(Draw draw, Things things) {
      int i = draw.between(0, values.size() - 1);
      return new Value(json(values.get(i)), draw.pick(sayings.get(i)), values.get(i));
    }

    static JsonNode json(String value) {
      return value.matches("-?\\d{1,9}")
          ? JSON.numberNode(Integer.parseInt(value))
          : JSON.textNode(value);
    }

    @Override
    public ObjectNode schema(Draw draw, Value value) {
      boolean numbers = values.stream().allMatch(v -> v.matches("-?\\d{1,9}"));
      List<String> order = new ArrayList<>(values);
      if (!numbers && draw.chance(0.6)) {
        Collections.shuffle(order, new Random(draw.random().nextLong()));
      }
      if (order.size() > 3 && draw.chance(0.2)) {
        String drop = draw.pick(order);
        if (!value.shown().contains(drop)) {
          order.remove(drop);
        }
      }
      ObjectNode out = JSON.objectNode().put("type", numbers ? "integer" : "string");
      ArrayNode list = out.putArray("enum");
      order.forEach(v -> list.add(json(v)));
      return out;
    }
  }

  /** Several of some words. */
  record Several(Choice items) implements ParameterKind {

    @Override
    public Value draw(Draw draw, Things things) {
      int count = Math.min(items.values().size(), draw.pick(1, 2, 2, 2, 3));
      List<Integer> indexes = new ArrayList<>();
      for (int i = 0; i < items.values().size(); i++) {
        indexes.add(i);
      }
      ArrayNode json = JSON.arrayNode();
      List<String> said = new ArrayList<>();
      List<String> shown = new ArrayList<>();
      for (int i : draw.pickSome(indexes, count)) {
        json.add(items.values().get(i));
        said.add(draw.pick(items.sayings().get(i)));
        shown.add(items.values().get(i));
      }
      return new Value(json, Spoken.list(said, draw), String.join(", ", shown));
    }

    @Override
    public ObjectNode schema(Draw draw, Value value) {
      ObjectNode out = JSON.objectNode().put("type", "array");
      out.set("items", items.schema(draw, value));
      return out;
    }
  }

  /** Yes or no; said only by the phrasings themselves. */
  record Flag() implements ParameterKind {

    @Override
    public Value draw(Draw draw, Things things) {
      return Value.of(JSON.booleanNode(true), "");
    }

    @Override
    public ObjectNode schema(Draw draw, Value value) {
      return JSON.objectNode().put("type", "boolean");
    }
  }

  /** A number in a range, said as its unit wants. */
  record Amount(String unit, BigDecimal from, BigDecimal to, BigDecimal step)
      implements ParameterKind {

    static Amount parse(String unit, String rest) {
      String[] words =
          rest.isEmpty()
              ? new String[] {unit.equals("hour") ? "6..21" : "1..60"}
              : rest.split(" ", -1);
      String[] ends = words[0].split("\\.\\.", -1);
      BigDecimal step = words.length > 1 ? new BigDecimal(words[1]) : BigDecimal.ONE;
      return new Amount(unit, new BigDecimal(ends[0]), new BigDecimal(ends[1]), step);
    }

    @Override
    public Value draw(Draw draw, Things things) {
      int steps = to.subtract(from).divideToIntegralValue(step).intValueExact();
      BigDecimal n =
          new BigDecimal(
              Numbers.digits(from.add(step.multiply(BigDecimal.valueOf(draw.between(0, steps))))));
      JsonNode json = n.scale() <= 0 ? JSON.numberNode(n.longValueExact()) : JSON.numberNode(n);
      return new Value(json, Spoken.amount(unit, n, draw), Numbers.digits(n));
    }

    @Override
    public ObjectNode schema(Draw draw, Value value) {
      boolean whole = step.stripTrailingZeros().scale() <= 0 && !unit.equals("num");
      ObjectNode out = JSON.objectNode().put("type", whole ? "integer" : "number");
      if (draw.chance(0.65)) {
        put(out, "minimum", from);
        put(out, "maximum", draw.chance(0.3) ? to.multiply(BigDecimal.valueOf(2)) : to);
        if (draw.chance(0.2) || unit.equals("hour")) {
          out.remove("maximum");
        }
      }
      if (unit.equals("hour")) {
        out.remove("minimum");
        out.put("description", draw.say("0-23", "0到23"));
      }
      return out;
    }

    private static void put(ObjectNode out, String name, BigDecimal n) {
      if (new BigDecimal(Numbers.digits(n)).scale() <= 0) {
        out.put(name, n.longValue());
      } else {
        out.put(name, new BigDecimal(Numbers.digits(n)));
      }
    }
  }

  /** Words that are copied: names, codes, places. Names become made-up choices now and then. */
  record Text(String thing) implements ParameterKind {

    @Override
    public Value draw(Draw draw, Things things) {
      return Spoken.text(thing, draw, things);
    }

    @Override
    public ObjectNode schema(Draw draw, Value value) {
      ObjectNode out = JSON.objectNode().put("type", "string");
      boolean name = thing.equals("name") || thing.equals("first");
      if (name && draw.chance(0.35)) {
        List<String> others = new ArrayList<>(List.of(value.json().asText()));
        for (int i = draw.between(1, 4); i > 0; i--) {
          others.add(
              draw.between(0, others.size()), draw.isChinese() ? "备选" + i : Things.madeUp(draw));
        }
        ArrayNode list = out.putArray("enum");
        others.stream().distinct().forEach(list::add);
      }
      return out;
    }
  }

  /** A value written in a fixed format. */
  record Format(String kind) implements ParameterKind {

    static final List<String> DAYS = Arrays.asList("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    @Override
    public Value draw(Draw draw, Things things) {
      return Spoken.format(kind, draw);
    }

    @Override
    public ObjectNode schema(Draw draw, Value value) {
      ObjectNode out = JSON.objectNode().put("type", "string");
      switch (kind) {
        case "date" ->
            out.put(
                "description",
                draw.pick(
                    "YYYY-MM-DD", "YYYY-MM-DD", draw.say("ISO date, YYYY-MM-DD", "日期，YYYY-MM-DD")));
        case "md" -> out.put("description", "MM-DD");
        case "time" ->
            out.put(
                "description",
                draw.pick(
                    "HH:MM",
                    draw.say("HH:MM, 24 h", "HH:MM，24小时制"),
                    draw.say("24 h, HH:MM", "24小时制 HH:MM")));
        case "currency" -> out.put("description", draw.say("ISO code", "货币代码，如 CNY"));
        case "language" -> out.put("description", draw.say("ISO 639 code, e.g. de", "语言代码，如 en"));
        case "country" ->
            out.put("description", draw.say("ISO country code, e.g. NL", "国家代码，如 CN"));
        case "weekday" -> DAYS.forEach(out.putArray("enum")::add);
        case "weekdays" -> {
          out.put("type", "array");
          ObjectNode items = out.putObject("items").put("type", "string");
          DAYS.forEach(items.putArray("enum")::add);
        }
        default -> {}
      }
      return out;
    }
  }
}

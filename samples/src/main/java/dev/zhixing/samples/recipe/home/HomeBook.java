package dev.zhixing.samples.recipe.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Noise;
import dev.zhixing.samples.recipe.Phrasebook;

/** The phrase books of the home and what every home situation does with a sentence. */
public final class HomeBook {

  private static final Phrasebook ENGLISH = Phrasebook.load("home.en");
  private static final Phrasebook CHINESE = Phrasebook.load("home.zh");

  private HomeBook() {}

  public static Phrasebook of(Draw draw) {
    return draw.isChinese() ? CHINESE : ENGLISH;
  }

  public static String phrase(Draw draw, String section, String... slots) {
    return draw.phrase(of(draw), section, slots);
  }

  public static String reply(Draw draw, String section, String... slots) {
    return draw.reply(of(draw), section, slots);
  }

  /** The request within its surroundings (a story before it, thanks after it), as typed. */
  public static String dressed(Draw draw, String text, String... keep) {
    return Noise.typed(draw, surrounded(draw, text), keep);
  }

  /** A word or two before the request, or thanks after it, but no story. */
  public static String opened(Draw draw, String text) {
    return draw.chance(0.5)
        ? phrase(draw, "opener") + draw.say(" ", "") + text
        : trail(draw, text, phrase(draw, "tail.short"));
  }

  static String surrounded(Draw draw, String text) {
    double way = draw.random().nextDouble();
    String out = text;
    if (way < 0.13) {
      out = join(draw, phrase(draw, "lead"), out);
    } else if (way < 0.22) {
      out = phrase(draw, "opener") + draw.say(" ", "") + out;
    } else if (way < 0.32) {
      out = trail(draw, out, phrase(draw, "tail"));
    } else if (way < 0.36) {
      out = trail(draw, join(draw, phrase(draw, "lead"), out), phrase(draw, "tail"));
    }
    return out;
  }

  private static String join(Draw draw, String lead, String text) {
    boolean ended = ".?!。？！".indexOf(lead.charAt(lead.length() - 1)) >= 0;
    if (draw.isChinese()) {
      return lead + (ended ? "" : draw.pick("，", "，", "。", "，")) + text;
    }
    return lead + (ended ? " " : draw.pick(". ", ", ", ". ", " - ")) + text;
  }

  private static String trail(Draw draw, String text, String tail) {
    boolean ended = ".?!。？！".indexOf(text.charAt(text.length() - 1)) >= 0;
    if (draw.isChinese()) {
      return text + (ended ? "" : "，") + tail;
    }
    return text + (ended ? " " : draw.pick(", ", ". ", ", ")) + tail;
  }

  /** {@code value} under {@code name}: a whole number where it is one. */
  public static ObjectNode number(ObjectNode node, String name, double value) {
    if (value == Math.rint(value)) {
      return node.put(name, (long) value);
    }
    return node.put(name, value);
  }

  /** The matcher that accepts {@code value} or nothing. */
  public static JsonNode optional(JsonNode value) {
    ObjectNode node = Draw.arguments();
    node.set("~optional", value);
    return node;
  }

  /** The usual results of an action: {@code {"ok":true}}, sometimes with the arguments. */
  public static String acted(Draw draw, ObjectNode arguments) {
    if (draw.chance(0.6)) {
      return "{\"ok\":true}";
    }
    ObjectNode node = Draw.arguments();
    if (draw.chance(0.8)) {
      node.put("ok", true);
    }
    node.setAll(arguments);
    return node.toString();
  }
}

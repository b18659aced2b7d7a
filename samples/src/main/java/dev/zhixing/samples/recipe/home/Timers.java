package dev.zhixing.samples.recipe.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Timers with and without a purpose. */
public final class Timers {

  private Timers() {}

  /** A timer; with a label exactly where a purpose is named. */
  public static Command draw(Draw draw, Form form) {
    Spoken time = Spoken.minutes(draw);
    return draw.chance(0.5)
        ? plain(draw, form, time)
        : labelled(draw, form, time, Purpose.any(draw));
  }

  static Command plain(Draw draw, Form form, Spoken time) {
    Form used = form == Form.BARE ? Form.CLAUSE : form;
    String text =
        HomeBook.phrase(
            draw, used.section("timer.plain"), "dur", time.text(), "adur", adjective(time.text()));
    return done(draw, text, time.value(), null);
  }

  /** A timer for {@code purpose}. */
  public static Command labelled(Draw draw, Form form, Spoken time, Purpose purpose) {
    Form used = form == Form.BARE ? Form.CLAUSE : form;
    String section =
        used == Form.SENTENCE && purpose.hasStory() && draw.chance(0.55)
            ? "timer.story"
            : used.section("timer.purpose");
    String text =
        HomeBook.phrase(
            draw,
            section,
            "dur",
            time.text(),
            "adur",
            adjective(time.text()),
            "what",
            purpose.what(),
            "label",
            purpose.label(),
            "story",
            purpose.story(draw));
    return done(draw, text, time.value(), purpose.label());
  }

  /** "ten minutes" as an adjective: "ten minute". Only plain minutes and hours change. */
  private static String adjective(String text) {
    if (text.startsWith("an hour")) {
      return "one hour" + text.substring("an hour".length());
    }
    String bare = text.startsWith("a ") ? text.substring(2) : text;
    return bare.matches("(?:\\S+|\\S+ \\S+) (minutes|hours|seconds)")
        ? bare.substring(0, bare.length() - 1)
        : bare;
  }

  /** The call and the report for {@code text}. */
  public static Command done(Draw draw, String text, double minutes, @Nullable String label) {
    ObjectNode arguments = Draw.arguments();
    HomeBook.number(arguments, "minutes", minutes);
    ObjectNode accepted = arguments.deepCopy();
    if (label != null) {
      arguments.put("label", label);
    }
    accepted.set("label", HomeBook.optional(anyLabel(label)));
    String value = Spoken.figures(minutes);
    String done =
        HomeBook.reply(
            draw,
            label == null ? "timer.done" : "timer.label.done",
            "n",
            value + draw.say(minutes == 1 ? " minute" : " minutes", "分钟"),
            "label",
            label == null ? "" : label);
    String result =
        draw.chance(0.7)
            ? "{\"ok\":true}"
            : draw.chance(0.5)
                ? "{\"ok\":true,\"minutes\":" + value + "}"
                : "{\"ok\":true,\"timer\":\""
                    + draw.pick("t", "T", "tm-")
                    + draw.between(1, 99)
                    + "\"}";
    Call call = Call.of("set_timer", arguments, result).accepting(accepted);
    return new Command(text, call, done, List.of(value), draw.say("timers", "计时器"));
  }

  private static JsonNode anyLabel(@Nullable String label) {
    ObjectNode node = Draw.arguments();
    if (label == null) {
      node.putArray("~contains");
      return node;
    }
    ArrayNode any = node.putArray("~any");
    String longest = label.substring(label.lastIndexOf(' ') + 1);
    any.addObject().putArray("~contains").add(label);
    if (!longest.equals(label)) {
      any.addObject().putArray("~contains").add(longest);
    }
    for (String word : List.of("timer", "alarm", "remind", "计时", "提醒", "闹钟", "倒计")) {
      any.addObject().putArray("~contains").add(word);
    }
    return node;
  }
}

package dev.zhixing.samples.recipe.chain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.home.Command;
import dev.zhixing.samples.recipe.home.Heating;
import dev.zhixing.samples.recipe.home.Lights;
import dev.zhixing.samples.recipe.home.Locks;
import dev.zhixing.samples.recipe.home.Room;
import dev.zhixing.samples.recipe.home.Sensors;
import dev.zhixing.samples.recipe.home.Spoken;

/** At home, one step after the other: read first, then act on what was read. */
final class HomeChains {

  private HomeChains() {}

  private static String degrees(Draw draw, double value) {
    return Spoken.figures(value) + draw.say(" degrees", "度");
  }

  /** The thermostat follows a sensor: the same, warmer, cooler; here or in another room. */
  static Scenario follow(Draw draw) {
    Room room = Room.any(draw);
    boolean here = draw.chance(0.5);
    Room target = here ? room : room.other(draw);
    int step = draw.between(1, 4);
    int way = here ? draw.pick(1, -1) : draw.pick(0, 0, 1, -1);
    double value = draw.between(13, 27) + (draw.chance(0.3) ? 0.5 : 0);
    String called = room.called(draw);
    String other = target.called(draw);
    String section =
        "follow." + (here ? "here" : "other") + (way == 0 ? ".same" : way > 0 ? ".up" : ".down");
    String text =
        ChainBook.phrase(
            draw,
            section,
            "room",
            called,
            "in",
            Room.in(draw, called),
            "other",
            other,
            "inother",
            Room.in(draw, other),
            "n",
            draw.isChinese()
                ? draw.pick(Integer.toString(step), step == 2 ? "两" : Spoken.words(draw, step))
                : draw.pick(Integer.toString(step), Spoken.words(draw, step)));
    Command read = Sensors.done(draw, "", room, "temperature", new Sensors.Reading(value, false));
    Command set = Heating.done(draw, "", target, value + way * step);
    String answer = read.done() + draw.say(" ", "") + set.done();
    return ChainBook.steps(draw, ChainBook.dressed(draw, text), answer, read.call(), set.call())
        .answering(set.needed().toArray(String[]::new));
  }

  /** "If it's below 10, set it to 12": both outcomes. */
  static Scenario ifCold(Draw draw) {
    Room room = Room.any(draw);
    boolean below = draw.chance(0.6);
    int limit = below ? draw.between(8, 21) : draw.between(19, 28);
    double goal = limit + (below ? draw.between(0, 4) : -draw.between(0, 4));
    double value =
        limit
            + (draw.chance(0.5) ? draw.between(1, 6) : -draw.between(1, 5))
            + (draw.chance(0.3) ? 0.5 : 0);
    boolean acts = below ? value < limit : value > limit;
    String called = room.called(draw);
    String text =
        ChainBook.phrase(
            draw,
            below ? "if.below" : "if.above",
            "room",
            called,
            "in",
            Room.in(draw, called),
            "n",
            draw.chance(0.7) ? Integer.toString(limit) : Spoken.words(draw, limit),
            "deg",
            draw.chance(0.7) ? degrees(draw, goal) : Spoken.figures(goal));
    Command read = Sensors.done(draw, "", room, "temperature", new Sensors.Reading(value, false));
    String user = ChainBook.dressed(draw, text);
    String now = read.done();
    String compared = now + draw.say(" ", "") + comparison(draw, acts, below, limit);
    if (!acts) {
      String answer = compared + draw.say(" ", "") + ChainBook.reply(draw, "left.heat");
      return ChainBook.steps(draw, user, answer, read.call())
          .answering(Spoken.figures(value))
          .dependingOn("set_thermostat", "");
    }
    Command set = Heating.done(draw, "", room, goal);
    return ChainBook.steps(
            draw, user, now + draw.say(" ", "") + set.done(), read.call(), set.call())
        .answering(Spoken.figures(value) + "|" + Spoken.figures(goal))
        .dependingOn("set_thermostat", compared);
  }

  /** Says on which side of the limit a reading is, before anything is done about it. */
  private static String comparison(Draw draw, boolean acts, boolean below, int limit) {
    String english =
        "That is " + (acts ? "" : "not ") + (below ? "below " : "above ") + limit + ".";
    String chinese = (acts ? "" : "没有") + (below ? "低于" : "高于") + limit + "。";
    return draw.say(english, chinese);
  }

  /** Motion or darkness decides about a light, motion about a door. */
  static Scenario ifMotion(Draw draw) {
    Room room = Room.any(draw);
    boolean moved = draw.chance(0.5);
    String kind = draw.pick("light", "lightoff", "lock");
    String called = room.called(draw);
    Locks.Door door = draw.pick(Locks.Door.FRONT, Locks.Door.BACK, Locks.Door.GARAGE);
    String text =
        ChainBook.phrase(
            draw,
            "motion." + kind,
            "room",
            called,
            "in",
            Room.in(draw, called),
            "door",
            door.named(draw));
    Command read = Sensors.done(draw, "", room, "motion", new Sensors.Reading(0, moved));
    boolean acts = kind.equals("light") ? moved : !moved;
    Command act =
        kind.equals("lock")
            ? Locks.done(draw, "", door, true)
            : Lights.done(draw, "", room, kind.equals("light"), 0);
    return either(draw, text, read, read.done(), act, acts);
  }

  /** "If it's darker than 100 lux, put the light on". */
  static Scenario ifDark(Draw draw) {
    Room room = Room.any(draw);
    int limit = draw.between(2, 12) * 25;
    int value = draw.chance(0.5) ? draw.between(1, limit - 1) : limit + draw.between(1, 500);
    Spoken percent = Spoken.percent(draw);
    boolean level = draw.chance(0.4);
    String called = room.called(draw);
    String text =
        ChainBook.phrase(
            draw,
            level ? "dark.level" : "dark.on",
            "room",
            called,
            "in",
            Room.in(draw, called),
            "n",
            Integer.toString(limit),
            "pct",
            percent.text());
    Command read = Sensors.done(draw, "", room, "light", new Sensors.Reading(value, false));
    Command act = Lights.done(draw, "", room, true, level ? (int) percent.value() : 0);
    boolean acts = value < limit;
    String found = read.done() + draw.say(" ", "") + comparison(draw, acts, true, limit);
    return either(draw, text, read, found, act, acts);
  }

  private static Scenario either(
      Draw draw, String text, Command read, String found, Command act, boolean acts) {
    String user = ChainBook.dressed(draw, text);
    String tool = act.call().tool();
    String[] needed = read.needed().toArray(String[]::new);
    if (!acts) {
      String answer = found + draw.say(" ", "") + ChainBook.reply(draw, "left.it");
      return ChainBook.steps(draw, user, answer, read.call())
          .answering(needed)
          .dependingOn(tool, "");
    }
    return ChainBook.steps(
            draw, user, read.done() + draw.say(" ", "") + act.done(), read.call(), act.call())
        .answering(needed)
        .dependingOn(tool, found);
  }

  /** What is stored about the person decides. */
  static Scenario recalled(Draw draw) {
    Room room = Room.indoors(draw);
    boolean light = draw.chance(0.35);
    String[] doing = ChainBook.phrase(draw, "recall.doing").split(";", -1);
    String called = room.called(draw);
    String base = light ? "recall.light" : "recall.heat";
    String[] slots = {
      "room", called, "in", Room.in(draw, called), "doing", doing[0], "noun", doing[1]
    };
    String line = ChainBook.phrase(draw, base, slots);
    String query = ChainBook.reply(draw, base + ".query", slots);
    double celsius = draw.between(17, 26) + (draw.chance(0.4) ? 0.5 : 0);
    int percent = draw.between(1, 19) * 5;
    String fact =
        ChainBook.reply(
            draw,
            base + ".fact",
            "room",
            room.named(draw),
            "doing",
            doing[0],
            "noun",
            doing[1],
            "v",
            light ? Integer.toString(percent) : Spoken.figures(celsius));
    ObjectNode result = Draw.arguments();
    result.putArray("facts").add(fact);
    ObjectNode matcher = Draw.arguments();
    var any = matcher.putObject("query").putArray("~any");
    any.add(ChainBook.contains(doing[1]));
    any.add(ChainBook.contains(called));
    any.add(ChainBook.contains(room.named(draw)));
    any.add(ChainBook.contains(draw.say("temperature", "温度")));
    any.add(ChainBook.contains(draw.say("light", "灯")));
    Call recall =
        Call.of("recall", Draw.arguments().put("query", query), result.toString())
            .accepting(matcher);
    Command set =
        light ? Lights.done(draw, "", room, true, percent) : Heating.done(draw, "", room, celsius);
    return ChainBook.steps(
            draw, ChainBook.dressed(draw, line, doing[1]), set.done(), recall, set.call())
        .answering(set.needed().toArray(String[]::new));
  }
}

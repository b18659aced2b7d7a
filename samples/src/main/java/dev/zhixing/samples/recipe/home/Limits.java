package dev.zhixing.samples.recipe.home;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Scenario;
import java.util.List;

/** A reading that matters only beyond a limit: "tell me if it is above 65". */
final class Limits {

  private Limits() {}

  static Scenario sample(Draw draw) {
    Room room = Room.any(draw);
    boolean humid = draw.chance(0.5);
    String kind = humid ? "humidity" : "temperature";
    boolean above = draw.chance(0.5);
    int limit = humid ? 5 * draw.between(7, 15) : draw.between(8, 27);
    int value = limit + draw.between(1, humid ? 14 : 6) * (draw.chance(0.5) ? 1 : -1);
    String called = room.called(draw);
    String section = "limit." + kind + (above ? ".above" : ".below");
    String text =
        HomeBook.phrase(
            draw,
            section,
            "room",
            called,
            "in",
            Room.in(draw, called),
            "n",
            draw.isChinese() ? Integer.toString(limit) : Spoken.number(draw, limit));
    boolean beyond = above ? value > limit : value < limit;
    Command read = Sensors.done(draw, text, room, kind, new Sensors.Reading(value, false));
    String answer =
        HomeBook.reply(
            draw,
            beyond ? above ? "limit.over" : "limit.under" : "limit.fine",
            "v",
            value + (humid ? "%" : draw.say(" °C", "度")),
            "n",
            Integer.toString(limit));
    return Scenario.of(
            draw.language(),
            "home",
            HomeBook.dressed(draw, text),
            List.of(List.of(read.call())),
            answer)
        .answering(Integer.toString(value));
  }
}

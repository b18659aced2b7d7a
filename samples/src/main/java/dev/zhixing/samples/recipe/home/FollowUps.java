package dev.zhixing.samples.recipe.home;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Weighted;
import java.util.List;

/** Requests that are only understood from the turns before them. */
final class FollowUps {

  private FollowUps() {}

  static List<Weighted> all() {
    return List.of(
        Weighted.of(1.2, FollowUps::lightAgain),
        Weighted.of(1, FollowUps::lightLevel),
        Weighted.of(1.2, FollowUps::secondOne),
        Weighted.of(1.4, FollowUps::bump),
        Weighted.of(1.2, FollowUps::otherRoom),
        Weighted.of(1, FollowUps::otherKind),
        Weighted.of(1, FollowUps::door),
        Weighted.of(1, FollowUps::curtain),
        Weighted.of(1, FollowUps::offer),
        Weighted.of(0.7, FollowUps::away),
        Weighted.of(0.8, FollowUps::timer),
        Weighted.of(0.8, FollowUps::same));
  }

  static Scenario answered(Draw draw, Command command, String... turns) {
    String user = Turns.typed(draw, command.text(), HomeSituations.kept(command));
    return Scenario.of(
            draw.language(), "home", user, List.of(List.of(command.call())), command.done())
        .withHistory(turns)
        .answering(command.needed().toArray(String[]::new));
  }

  private static Command over(Command command, String text) {
    return new Command(text, command.call(), command.done(), command.needed(), command.subject());
  }

  private static String first(Draw draw, Command command) {
    return HomeBook.dressed(draw, command.text(), HomeSituations.kept(command));
  }

  /** On, and off again (or the other way round). */
  private static Scenario lightAgain(Draw draw) {
    Room room = Room.any(draw);
    boolean on = draw.chance(0.4);
    String text = HomeBook.phrase(draw, on ? "again.on" : "again.off");
    Command command = Lights.done(draw, text, room, on, 0);
    if (draw.chance(0.5)) {
      String asked = HomeBook.reply(draw, "ask.light", "room", room.called(draw));
      String state = HomeBook.reply(draw, on ? "state.off" : "state.on", "room", room.named(draw));
      return answered(draw, command, Turns.typed(draw, asked), state);
    }
    Command before = Lights.switched(draw, room, Form.SENTENCE, !on);
    return answered(draw, command, first(draw, before), before.done());
  }

  private static Scenario lightLevel(Draw draw) {
    Room room = Room.any(draw);
    Command before =
        draw.chance(0.5)
            ? Lights.switched(draw, room, Form.SENTENCE, true)
            : Lights.dimmed(draw, room, Form.SENTENCE, Spoken.percent(draw));
    Spoken level = Spoken.percent(draw);
    String text = HomeBook.phrase(draw, "again.level", "pct", level.text());
    Command command = Lights.done(draw, text, room, true, (int) level.value());
    return answered(draw, command, first(draw, before), before.done());
  }

  /** Two are named; "shut the second one". */
  private static Scenario secondOne(Draw draw) {
    Room one = Room.any(draw);
    Room two = one.other(draw);
    boolean second = draw.chance(0.6);
    Room meant = second ? two : one;
    boolean light = draw.chance(0.5);
    String base = light ? "two.light" : "two.curtain";
    String asked = Turns.typed(draw, HomeBook.reply(draw, base + ".ask"));
    String told =
        HomeBook.reply(draw, base + ".told", "one", one.named(draw), "two", two.named(draw));
    String text =
        draw.chance(0.25)
            ? HomeBook.phrase(
                draw,
                base + (second ? ".not.first" : ".not.second"),
                "one",
                one.named(draw),
                "two",
                two.named(draw))
            : HomeBook.phrase(draw, base + (second ? ".second" : ".first"));
    Command command =
        light
            ? Lights.done(draw, text, meant, false, 0)
            : Curtains.done(draw, text, meant, "closed");
    return answered(draw, command, asked, told);
  }

  /** "Bump that up by three". */
  private static Scenario bump(Draw draw) {
    Room room = Room.any(draw);
    boolean up = draw.chance(0.5);
    double from = draw.between(15, 26) + (draw.chance(0.2) ? 0.5 : 0);
    double by = draw.chance(0.75) ? draw.between(1, 5) : draw.pick(0.5, 1.5, 2.5);
    String step =
        by == Math.rint(by)
            ? draw.isChinese() ? Spoken.han(draw, (int) by) + "度" : Spoken.number(draw, (int) by)
            : draw.isChinese()
                ? by < 1 ? "半度" : Spoken.han(draw, (int) by) + "度半"
                : by < 1 ? "half a degree" : Spoken.words(draw, (int) by) + " and a half";
    String unit = draw.isChinese() || by < 1 ? "" : by == 1 ? " degree" : " degrees";
    String text = HomeBook.phrase(draw, up ? "bump.up" : "bump.down", "by", step, "unit", unit);
    double to = up ? from + by : from - by;
    Command command = Heating.done(draw, text, room, to);
    String t = Spoken.figures(from);
    if (draw.chance(0.5)) {
      String asked = HomeBook.reply(draw, "ask.heat", "room", room.called(draw));
      String told = HomeBook.reply(draw, "state.heat", "room", room.named(draw), "t", t);
      return answered(draw, command, Turns.typed(draw, asked), told);
    }
    String called = room.called(draw);
    String asked =
        HomeBook.phrase(
            draw,
            "heat.set",
            "room",
            called,
            "in",
            Room.in(draw, called),
            "t",
            t + draw.say(" degrees", "度"),
            "deg",
            t + draw.say(" degrees", "度"));
    String told = HomeBook.reply(draw, "heat.done", "room", room.named(draw), "t", t);
    return answered(draw, command, HomeBook.dressed(draw, asked), told);
  }

  /** "And the kitchen?" after a reading. */
  private static Scenario otherRoom(Draw draw) {
    Room room = Room.any(draw);
    String kind = draw.pick(Sensors.KINDS);
    Command before = Sensors.draw(draw, room, Form.SENTENCE, kind);
    Room next = room.other(draw);
    String text = HomeBook.phrase(draw, "and.room", "room", next.called(draw));
    Command command = Sensors.done(draw, text, next, kind, Sensors.reading(draw, kind));
    return answered(draw, command, first(draw, before), before.done());
  }

  /** "And the humidity?" after a temperature. */
  private static Scenario otherKind(Draw draw) {
    Room room = Room.any(draw);
    List<String> kinds = draw.pickSome(Sensors.KINDS, 2);
    Command before = Sensors.draw(draw, room, Form.SENTENCE, kinds.get(0));
    String kind = kinds.get(1);
    String text = HomeBook.phrase(draw, "and." + kind);
    Command command = Sensors.done(draw, text, room, kind, Sensors.reading(draw, kind));
    return answered(draw, command, first(draw, before), before.done());
  }

  private static Scenario door(Draw draw) {
    Locks.Door door = draw.pick(Locks.Door.FRONT, Locks.Door.BACK, Locks.Door.GARAGE);
    boolean lock = draw.chance(0.6);
    String text = HomeBook.phrase(draw, lock ? "again.lock" : "again.unlock");
    Command command = Locks.done(draw, text, door, lock);
    if (draw.chance(0.6)) {
      String asked = HomeBook.reply(draw, "ask.door", "door", door.called(draw));
      String told =
          HomeBook.reply(draw, lock ? "state.unlocked" : "state.locked", "door", door.named(draw));
      return answered(draw, command, Turns.typed(draw, asked), told);
    }
    Command before = Locks.draw(draw, door, Form.SENTENCE, !lock);
    return answered(draw, command, first(draw, before), before.done());
  }

  private static Scenario curtain(Draw draw) {
    Room room = Room.indoors(draw);
    String position = draw.pick("open", "closed", "half");
    String text = HomeBook.phrase(draw, "again.curtain." + position);
    Command command = Curtains.done(draw, text, room, position);
    String was = position.equals("closed") ? "open" : draw.pick("closed", "open");
    if (was.equals(position)) {
      was = "closed";
    }
    if (draw.chance(0.5)) {
      String asked = HomeBook.reply(draw, "ask.curtain", "room", room.called(draw));
      String told = HomeBook.reply(draw, "state.curtain." + was, "room", room.named(draw));
      return answered(draw, command, Turns.typed(draw, asked), told);
    }
    Command before = Curtains.draw(draw, room, Form.SENTENCE, was);
    return answered(draw, command, first(draw, before), before.done());
  }

  /** The assistant offers something; the person takes it or leaves it. */
  private static Scenario offer(Draw draw) {
    Room room = Room.any(draw);
    Locks.Door door = draw.pick(Locks.Door.FRONT, Locks.Door.BACK, Locks.Door.GARAGE);
    int kind = draw.between(0, 3);
    String yes = HomeBook.phrase(draw, "offer.yes");
    Command command =
        switch (kind) {
          case 0 -> Lights.done(draw, yes, room, false, 0);
          case 1 -> Locks.done(draw, yes, door, true);
          case 2 -> Curtains.done(draw, yes, room, "closed");
          default -> Heating.done(draw, yes, room, draw.between(18, 24));
        };
    String section = List.of("offer.light", "offer.lock", "offer.curtain", "offer.heat").get(kind);
    String t =
        kind == 3 ? Spoken.figures(command.call().arguments().get("celsius").asDouble()) : "";
    String told =
        HomeBook.reply(draw, section, "room", room.named(draw), "door", door.named(draw), "t", t);
    String asked = Turns.typed(draw, HomeBook.reply(draw, "offer.before"));
    if (draw.chance(0.25)) {
      String no = Turns.typed(draw, HomeBook.phrase(draw, "offer.no"));
      return Scenario.of(
              draw.language(), "home", no, List.of(), HomeBook.reply(draw, "offer.no.answer"))
          .withHistory(asked, told);
    }
    return answered(draw, command, asked, told);
  }

  /** The assistant asks what to do before a journey. */
  private static Scenario away(Draw draw) {
    Room room = Room.any(draw);
    Command command =
        switch (draw.between(0, 3)) {
          case 0 -> Lights.draw(draw, room, Form.CLAUSE);
          case 1 -> Locks.draw(draw, Form.CLAUSE);
          case 2 -> Curtains.draw(draw, room, Form.CLAUSE);
          default -> Heating.draw(draw, room, Form.CLAUSE);
        };
    String text = HomeBook.phrase(draw, "away.answer", "do", command.text());
    String asked = Turns.typed(draw, HomeBook.reply(draw, "away.before"));
    return answered(draw, over(command, text), asked, HomeBook.reply(draw, "away.asked"));
  }

  private static Scenario timer(Draw draw) {
    Command before = Timers.draw(draw, Form.SENTENCE);
    Spoken time = Spoken.minutes(draw);
    if (draw.chance(0.5)) {
      Purpose purpose = Purpose.any(draw);
      String text =
          HomeBook.phrase(draw, "another.purpose", "dur", time.text(), "what", purpose.what());
      Command command = Timers.done(draw, text, time.value(), purpose.label());
      return answered(draw, command, first(draw, before), before.done());
    }
    String text = HomeBook.phrase(draw, "another.timer", "dur", time.text());
    return answered(
        draw, Timers.done(draw, text, time.value(), null), first(draw, before), before.done());
  }

  /** "The same in the bedroom". */
  private static Scenario same(Draw draw) {
    Room room = Room.any(draw);
    Room next = room.other(draw);
    String text = HomeBook.phrase(draw, "same.room", "room", next.called(draw));
    Command before;
    Command command;
    switch (draw.between(0, 2)) {
      case 0 -> {
        boolean on = draw.chance(0.5);
        before = Lights.switched(draw, room, Form.SENTENCE, on);
        command = Lights.done(draw, text, next, on, 0);
      }
      case 1 -> {
        before = Heating.draw(draw, room, Form.SENTENCE);
        double celsius = before.call().arguments().get("celsius").asDouble();
        command = Heating.done(draw, text, next, celsius);
      }
      default -> {
        String position = draw.pick("open", "closed", "half");
        before = Curtains.draw(draw, room, Form.SENTENCE, position);
        command = Curtains.done(draw, text, next, position);
      }
    }
    return answered(draw, command, first(draw, before), before.done());
  }
}

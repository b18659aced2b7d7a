package dev.zhixing.samples.recipe.chain;

import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.home.Command;
import dev.zhixing.samples.recipe.home.Corrections;
import dev.zhixing.samples.recipe.home.Curtains;
import dev.zhixing.samples.recipe.home.Form;
import dev.zhixing.samples.recipe.home.Heating;
import dev.zhixing.samples.recipe.home.HomeSituations;
import dev.zhixing.samples.recipe.home.Lights;
import dev.zhixing.samples.recipe.home.Locks;
import dev.zhixing.samples.recipe.home.Purpose;
import dev.zhixing.samples.recipe.home.Room;
import dev.zhixing.samples.recipe.home.Sensors;
import dev.zhixing.samples.recipe.home.Spoken;
import dev.zhixing.samples.recipe.home.Timers;
import java.util.ArrayList;
import java.util.List;

/** Several things at once: calls that don't need each other, made in one round. */
final class Parallel {

  private Parallel() {}

  static Scenario of(Draw draw, String text, List<Command> commands) {
    List<Call> calls = commands.stream().map(Command::call).toList();
    StringBuilder answer = new StringBuilder();
    List<String> needed = new ArrayList<>();
    for (Command command : commands) {
      answer.append(answer.isEmpty() ? "" : draw.say(" ", "")).append(command.done());
      needed.addAll(command.needed());
    }
    String[] kept = HomeSituations.kept(commands.toArray(Command[]::new));
    return ChainBook.together(draw, ChainBook.dressed(draw, text, kept), answer.toString(), calls)
        .answering(needed.toArray(String[]::new));
  }

  private static boolean clashes(Command one, Command other) {
    return one.call().tool().equals(other.call().tool())
        && (one.call().arguments().path("room").equals(other.call().arguments().path("room"))
            && one.call().arguments().path("door").equals(other.call().arguments().path("door"))
            && one.call().arguments().path("kind").equals(other.call().arguments().path("kind")));
  }

  private static void add(List<Command> commands, Command next) {
    if (commands.stream().noneMatch(c -> clashes(c, next))) {
      commands.add(next);
    }
  }

  /** Two to four commands of any kind. */
  static Scenario mixed(Draw draw) {
    int count = draw.chance(0.6) ? 2 : draw.chance(0.75) ? 3 : 4;
    List<Command> commands = new ArrayList<>();
    if (draw.chance(0.12)) {
      commands.add(Corrections.corrected(draw));
    }
    while (commands.size() < count) {
      add(commands, HomeSituations.any(draw, Form.CLAUSE));
    }
    return of(draw, joined(draw, commands), commands);
  }

  static String joined(Draw draw, List<Command> commands) {
    StringBuilder text = new StringBuilder();
    String style = draw.pick("and", "and", "then", "plain", "dots");
    for (int i = 0; i < commands.size(); i++) {
      boolean last = i == commands.size() - 1;
      if (i > 0) {
        String join = ChainBook.phrase(draw, last ? "join.last" : "join." + style);
        boolean word = Character.isLetter(join.charAt(0)) && !draw.isChinese();
        text.append(word ? " " : "").append(join).append(draw.say(" ", ""));
      }
      text.append(commands.get(i).text());
    }
    String all = text.toString().replaceAll("\\s+([,.;])", "$1");
    return ChainBook.phrase(draw, "several", "all", all);
  }

  /** Several things in one room that is named once. */
  static Scenario scene(Draw draw) {
    Room room = Room.indoors(draw);
    String called = room.called(draw);
    List<Command> commands = new ArrayList<>();
    int count = draw.chance(0.55) ? 2 : 3;
    while (commands.size() < count) {
      add(
          commands,
          switch (draw.between(0, 6)) {
            case 0, 1, 2 -> Lights.draw(draw, room, Form.BARE);
            case 3, 4 -> Curtains.draw(draw, room, Form.BARE);
            default -> Heating.draw(draw, room, Form.BARE);
          });
    }
    if (draw.chance(0.2)) {
      add(commands, Timers.draw(draw, Form.CLAUSE));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < commands.size(); i++) {
      boolean last = i == commands.size() - 1;
      text.append(
          i == 0
              ? ""
              : last
                  ? draw.say(draw.pick(" and ", ", ", ", and "), draw.pick("，", "，再"))
                  : draw.say(", ", "，"));
      text.append(commands.get(i).text());
    }
    String user =
        ChainBook.phrase(
            draw, "scene", "room", called, "in", Room.in(draw, called), "all", text.toString());
    return of(draw, user, commands);
  }

  /** The same in two or three rooms, or at two doors. */
  static Scenario everywhere(Draw draw) {
    int count = draw.chance(0.7) ? 2 : 3;
    if (draw.chance(0.15)) {
      return doors(draw);
    }
    List<Room> rooms = draw.pickSome(List.of(Room.values()), count);
    List<String> names = rooms.stream().map(r -> r.called(draw)).toList();
    String listed = listed(draw, names);
    String kind = draw.pick("on", "off", "off", "dim", "heat", "open", "closed", "closed");
    Spoken percent = Spoken.percent(draw);
    Spoken celsius = Spoken.celsius(draw);
    String said =
        celsius.text().matches("\\d+|[a-z]+(?:[ -][a-z]+)?")
            ? celsius.text() + draw.say(" degrees", "度")
            : celsius.text();
    String text =
        ChainBook.phrase(
            draw, "rooms." + kind, "rooms", listed, "pct", percent.text(), "deg", said);
    List<Command> commands =
        rooms.stream()
            .map(
                room ->
                    switch (kind) {
                      case "on" -> Lights.done(draw, "", room, true, 0);
                      case "off" -> Lights.done(draw, "", room, false, 0);
                      case "dim" -> Lights.done(draw, "", room, true, (int) percent.value());
                      case "heat" -> Heating.done(draw, "", room, celsius.value());
                      default -> Curtains.done(draw, "", room, kind);
                    })
            .toList();
    return of(draw, text, commands);
  }

  private static Scenario doors(Draw draw) {
    List<Locks.Door> doors = draw.pickSome(List.of(Locks.Door.values()), draw.chance(0.7) ? 2 : 3);
    boolean locked = draw.chance(0.7);
    String listed = listed(draw, doors.stream().map(d -> d.named(draw)).toList());
    String text = ChainBook.phrase(draw, locked ? "doors.lock" : "doors.unlock", "doors", listed);
    return of(draw, text, doors.stream().map(d -> Locks.done(draw, "", d, locked)).toList());
  }

  private static String listed(Draw draw, List<String> names) {
    StringBuilder text = new StringBuilder();
    String last =
        draw.say(
            draw.pick(" and ", " and ", " and the ", " & "), draw.pick("和", "和", "跟", "还有", "、"));
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : i == names.size() - 1 ? last : draw.say(", ", "、"));
      text.append(names.get(i));
    }
    return text.toString();
  }

  /**
   * One kind of sensor in several rooms, or several kinds in one room; now and then after a talk.
   */
  static Scenario sensors(Draw draw) {
    String kind = draw.pick(Sensors.KINDS);
    List<Room> rooms = draw.pickSome(List.of(Room.values()), draw.chance(0.8) ? 2 : 3);
    if (draw.chance(0.3)) {
      return kinds(draw, rooms.getFirst());
    }
    String listed = listed(draw, rooms.stream().map(r -> r.called(draw)).toList());
    List<Command> reads =
        rooms.stream()
            .map(room -> Sensors.done(draw, "", room, kind, Sensors.reading(draw, kind)))
            .toList();
    if (draw.chance(0.35)) {
      Room before = rooms.getFirst().other(draw);
      while (rooms.contains(before)) {
        before = before.other(draw);
      }
      Command first = Sensors.draw(draw, before, Form.SENTENCE, kind);
      return of(draw, ChainBook.phrase(draw, "sensors.more", "rooms", listed), reads)
          .withHistory(ChainBook.dressed(draw, first.text()), first.done());
    }
    return of(draw, ChainBook.phrase(draw, "sensors." + kind, "rooms", listed), reads);
  }

  private static Scenario kinds(Draw draw, Room room) {
    List<String> kinds = draw.pickSome(List.of("temperature", "humidity", "light"), 2);
    List<Command> reads =
        kinds.stream()
            .map(kind -> Sensors.done(draw, "", room, kind, Sensors.reading(draw, kind)))
            .toList();
    String called = room.called(draw);
    String listed =
        listed(draw, kinds.stream().map(k -> ChainBook.phrase(draw, "kind." + k)).toList());
    String text =
        ChainBook.phrase(
            draw, "kinds", "room", called, "in", Room.in(draw, called), "kinds", listed);
    return of(draw, text, reads);
  }

  static Scenario timers(Draw draw) {
    Purpose one = Purpose.any(draw);
    Purpose two = Purpose.any(draw);
    while (two.label().equals(one.label())) {
      two = Purpose.any(draw);
    }
    Spoken first = Spoken.minutes(draw);
    Spoken second = Spoken.minutes(draw);
    String text =
        ChainBook.phrase(
            draw,
            "timers",
            "a",
            first.text(),
            "b",
            second.text(),
            "one",
            one.what(),
            "two",
            two.what());
    return of(
        draw,
        text,
        List.of(
            Timers.done(draw, "", first.value(), one.label()),
            Timers.done(draw, "", second.value(), two.label())));
  }

  /** A sum and something at home, in either order. */
  static Scenario sumAndHome(Draw draw) {
    Sum sum = Sum.draw(draw);
    Command home = HomeSituations.any(draw, Form.CLAUSE);
    boolean sumFirst = draw.chance(0.6);
    String text =
        ChainBook.phrase(
            draw, sumFirst ? "sum.home" : "home.sum", "sum", sum.text(), "do", home.text());
    Call call = ChainBook.calculator(sum.expression(), sum.result());
    String told = ChainBook.reply(draw, "sum.done", "sum", sum.text(), "r", sum.shown());
    String answer =
        sumFirst ? told + draw.say(" ", "") + home.done() : home.done() + draw.say(" ", "") + told;
    List<String> needed = new ArrayList<>(home.needed());
    needed.add(sum.shown());
    return ChainBook.together(
            draw,
            ChainBook.dressed(draw, text, HomeSituations.kept(home)),
            answer,
            sumFirst ? List.of(call, home.call()) : List.of(home.call(), call))
        .answering(needed.toArray(String[]::new));
  }
}

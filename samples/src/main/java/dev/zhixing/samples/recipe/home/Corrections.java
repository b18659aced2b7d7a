package dev.zhixing.samples.recipe.home;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Scenario;

/** Requests that are put right before they end. */
public final class Corrections {

  private Corrections() {}

  static Scenario sample(Draw draw) {
    return HomeSituations.single(draw, corrected(draw));
  }

  /** A command whose text first says something else. */
  public static Command corrected(Draw draw) {
    return switch (draw.between(0, 9)) {
      case 0, 1, 2 -> room(draw);
      case 3, 4 -> value(draw);
      case 5, 6 -> time(draw);
      case 7 -> door(draw);
      case 8 -> opposite(draw);
      default -> mid(draw);
    };
  }

  private static String join(Draw draw, String wrong, String right) {
    String second = HomeBook.phrase(draw, "correct.join", "right", right);
    String dash =
        draw.isChinese()
            ? draw.pick("，", "，", "……", "。", "——")
            : draw.pick(", ", "... ", ". ", " - ", ", ", " ");
    return wrong.replaceAll("[?.？。]$", "") + dash + second;
  }

  private static String named(Draw draw, String right, String wrong) {
    return HomeBook.phrase(draw, "correct.right", "right", right, "wrong", wrong);
  }

  /** "hallway light on … no, the kitchen". */
  private static Command room(Draw draw) {
    Room right = Room.any(draw);
    Room wrong = right.other(draw);
    Command said;
    Command meant;
    switch (draw.between(0, 3)) {
      case 0 -> {
        Spoken percent = Spoken.percent(draw);
        said = Lights.dimmed(draw, wrong, Form.CLAUSE, percent);
        meant = Lights.done(draw, "", right, true, (int) percent.value());
      }
      case 1 -> {
        boolean on = draw.chance(0.5);
        said = Lights.switched(draw, wrong, Form.CLAUSE, on);
        meant = Lights.done(draw, "", right, on, 0);
      }
      case 2 -> {
        said = Heating.draw(draw, wrong, Form.CLAUSE);
        meant = Heating.done(draw, "", right, said.call().arguments().get("celsius").asDouble());
      }
      default -> {
        String position = draw.pick("open", "closed", "half");
        said = Curtains.draw(draw, wrong, Form.CLAUSE, position);
        meant = Curtains.done(draw, "", right, position);
      }
    }
    String text = join(draw, said.text(), named(draw, right.called(draw), wrong.named(draw)));
    return said(meant, text);
  }

  /** The wrong number first. */
  private static Command value(Draw draw) {
    Room room = Room.any(draw);
    if (draw.chance(0.5)) {
      Spoken wrong = Spoken.percent(draw);
      Spoken right = Spoken.percent(draw);
      Command first = Lights.dimmed(draw, room, Form.CLAUSE, wrong);
      return said(
          Lights.done(draw, "", room, true, (int) right.value()),
          join(draw, first.text(), right.text()));
    }
    Command first = Heating.draw(draw, room, Form.CLAUSE);
    Spoken right = Spoken.celsius(draw);
    return said(
        Heating.done(draw, "", room, right.value()), join(draw, first.text(), right.text()));
  }

  private static Command time(Draw draw) {
    Spoken wrong = Spoken.minutes(draw);
    Spoken right = Spoken.minutes(draw);
    if (draw.chance(0.5)) {
      Purpose purpose = Purpose.any(draw);
      Command first = Timers.labelled(draw, Form.SENTENCE, wrong, purpose);
      return said(
          Timers.done(draw, "", right.value(), purpose.label()),
          join(draw, first.text(), right.text()));
    }
    Command first = Timers.plain(draw, Form.SENTENCE, wrong);
    return said(Timers.done(draw, "", right.value(), null), join(draw, first.text(), right.text()));
  }

  private static Command door(Draw draw) {
    Locks.Door right = draw.pick(Locks.Door.FRONT, Locks.Door.BACK, Locks.Door.GARAGE);
    Locks.Door wrong = right;
    while (wrong == right) {
      wrong = draw.pick(Locks.Door.FRONT, Locks.Door.BACK, Locks.Door.GARAGE);
    }
    boolean locked = draw.chance(0.5);
    Command first = Locks.draw(draw, wrong, Form.CLAUSE, locked);
    return said(
        Locks.done(draw, "", right, locked),
        join(draw, first.text(), named(draw, right.named(draw), wrong.named(draw))));
  }

  /** "turn on the light, no, off". */
  private static Command opposite(Draw draw) {
    Room room = Room.any(draw);
    boolean on = draw.chance(0.5);
    Command first = Lights.switched(draw, room, Form.CLAUSE, !on);
    String right =
        on
            ? draw.say(draw.pick("on", "turn it on", "switch it on"), draw.pick("打开", "开", "要开"))
            : draw.say(
                draw.pick("off", "turn it off", "switch it off"), draw.pick("关掉", "关", "要关"));
    return said(Lights.done(draw, "", room, on, 0), join(draw, first.text(), right));
  }

  /** The wrong room right before the right one: "the bath, I mean bedroom light off". */
  private static Command mid(Draw draw) {
    Room right = Room.any(draw);
    String wrong = right.other(draw).called(draw);
    String word = right.called(draw);
    boolean on = draw.chance(0.5);
    String both =
        draw.isChinese()
            ? wrong + draw.pick("——说错了，是", "，不对，", "……哦不，", "，啊不是，是", "，不是，") + word
            : wrong
                + draw.pick(", sorry, ", ", I mean ", " no wait ", ", er, ", "... no, the ")
                + word;
    String text =
        on
            ? draw.say("turn on the " + both + " light", draw.pick("打开", "把") + both + "的灯")
            : draw.say("turn off the " + both + " light", draw.pick("关掉", "把") + both + "的灯");
    if (text.startsWith("把")) {
      text += on ? draw.pick("打开", "开了") : draw.pick("关掉", "关了");
    }
    return said(Lights.done(draw, "", right, on, 0), text);
  }

  private static Command said(Command command, String text) {
    return new Command(text, command.call(), command.done(), command.needed(), command.subject());
  }
}

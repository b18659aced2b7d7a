package dev.zhixing.samples.recipe.home;

import dev.zhixing.samples.recipe.Draw;

/** Lengths of time as people say them. */
final class SpokenTime {

  private SpokenTime() {}

  private static int usual(Draw draw) {
    return draw.chance(0.5) ? draw.between(1, 20) : draw.between(1, 11) * 5;
  }

  static Spoken english(Draw draw) {
    int n = usual(draw);
    String unit = draw.pick("minutes", "minutes", "minutes", "mins", "min");
    return switch (draw.between(0, 19)) {
      case 0 -> new Spoken("half an hour", 30);
      case 1 ->
          draw.pick(
              new Spoken("an hour", 60), new Spoken("one hour", 60), new Spoken("1 hour", 60));
      case 2 ->
          draw.pick(
              new Spoken("an hour and a half", 90),
              new Spoken("one and a half hours", 90),
              new Spoken("1.5 hours", 90));
      case 3 ->
          draw.pick(
              new Spoken("an hour and a quarter", 75),
              new Spoken("a quarter of an hour", 15),
              new Spoken("three quarters of an hour", 45),
              new Spoken("quarter of an hour", 15),
              new Spoken("an hour and three quarters", 105));
      case 4 -> {
        int hours = draw.between(2, 8);
        yield draw.chance(0.3)
            ? new Spoken(Spoken.number(draw, hours) + " and a half hours", hours * 60 + 30)
            : new Spoken(Spoken.number(draw, hours) + " hours", hours * 60);
      }
      case 5 -> {
        int hours = draw.between(1, 3);
        int more = 5 * draw.between(1, 11);
        String hour = hours == 1 ? draw.pick("an hour", "1 hour", "one hour") : hours + " hours";
        yield new Spoken(
            hour + draw.pick(" and ", " ") + Spoken.number(draw, more) + " " + unit,
            hours * 60 + more);
      }
      case 6 -> {
        int seconds = draw.pick(30, 45, 60, 90, 120, 15, 75, 150, 180);
        yield new Spoken(
            Spoken.number(draw, seconds) + draw.pick(" seconds", " seconds", " secs"),
            seconds / 60.0);
      }
      case 7 ->
          new Spoken(
              n == 1 && draw.chance(0.7)
                  ? "a minute and a half"
                  : Spoken.words(draw, n) + " and a half minutes",
              n + 0.5);
      case 8 -> new Spoken(n + ".5 " + unit, n + 0.5);
      case 9 ->
          draw.pick(
              new Spoken("a couple of minutes", 2),
              new Spoken("two minutes thirty", 2.5),
              new Spoken("a minute", 1),
              new Spoken("half a minute", 0.5),
              new Spoken("a dozen minutes", 12));
      default -> new Spoken(Spoken.number(draw, n) + " " + (n == 1 ? "minute" : unit), n);
    };
  }

  static Spoken chinese(Draw draw) {
    int n = usual(draw);
    return switch (draw.between(0, 19)) {
      case 0 ->
          draw.pick(
              new Spoken("半小时", 30),
              new Spoken("半个小时", 30),
              new Spoken("半个钟头", 30),
              new Spoken("半个钟", 30));
      case 1 ->
          draw.pick(
              new Spoken("一个小时", 60),
              new Spoken("一小时", 60),
              new Spoken("1小时", 60),
              new Spoken("一个钟头", 60));
      case 2 ->
          draw.pick(new Spoken("一个半小时", 90), new Spoken("1个半小时", 90), new Spoken("一个半钟头", 90));
      case 3 ->
          draw.pick(
              new Spoken("一刻钟", 15),
              new Spoken("三刻钟", 45),
              new Spoken("一小时一刻钟", 75),
              new Spoken("一个小时零五分", 65));
      case 4 -> {
        int hours = draw.between(2, 8);
        yield draw.chance(0.35)
            ? new Spoken(Spoken.han(draw, hours) + "个半小时", hours * 60 + 30)
            : new Spoken(Spoken.han(draw, hours) + draw.pick("个小时", "小时", "个钟头"), hours * 60);
      }
      case 5 -> {
        int hours = draw.between(1, 3);
        int more = 5 * draw.between(1, 11);
        yield new Spoken(
            Spoken.han(draw, hours)
                + draw.pick("小时", "个小时", "个小时零")
                + Spoken.number(draw, more)
                + draw.pick("分钟", "分"),
            hours * 60 + more);
      }
      case 6 -> {
        int seconds = draw.pick(30, 45, 60, 90, 120, 15, 75, 150, 180);
        yield new Spoken(Spoken.number(draw, seconds) + draw.pick("秒", "秒", "秒钟"), seconds / 60.0);
      }
      case 7 -> new Spoken(Spoken.han(draw, n) + draw.pick("分半", "分半钟"), n + 0.5);
      case 8 ->
          draw.chance(0.5)
              ? new Spoken(n + ".5分钟", n + 0.5)
              : new Spoken(Spoken.han(draw, n) + "分" + draw.pick("30", "三十") + "秒", n + 0.5);
      case 9 -> draw.pick(new Spoken("半分钟", 0.5), new Spoken("一分钟", 1), new Spoken("两分钟", 2));
      default -> new Spoken(Spoken.han(draw, n) + draw.pick("分钟", "分钟", "分钟", "分"), n);
    };
  }
}

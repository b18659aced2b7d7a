package dev.zhixing.samples.recipe.home;

import dev.zhixing.samples.recipe.Draw;
import java.util.List;

/**
 * A quantity as someone says it: the words and what they mean.
 *
 * @param text e.g. "an hour and a half"
 * @param value e.g. 90
 */
public record Spoken(String text, double value) {

  private static final List<String> ONES =
      List.of(
          ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                  + " fifteen sixteen seventeen eighteen nineteen")
              .split(" "));
  private static final List<String> TENS =
      List.of("- ten twenty thirty forty fifty sixty seventy eighty ninety".split(" "));
  private static final String HAN = "零一二三四五六七八九";

  /** The number in figures, without needless decimals: 20, 20.5. */
  public static String figures(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  public String figures() {
    return figures(value);
  }

  /** A whole number from 0 to 999 in words. */
  public static String words(Draw draw, int value) {
    return draw.isChinese() ? han(value) : english(value, draw.chance(0.5) ? "-" : " ");
  }

  private static String english(int value, String joint) {
    if (value < 20) {
      return ONES.get(value);
    }
    if (value < 100) {
      return TENS.get(value / 10) + (value % 10 == 0 ? "" : joint + ONES.get(value % 10));
    }
    String rest = value % 100 == 0 ? "" : " and " + english(value % 100, joint);
    return ONES.get(value / 100) + " hundred" + rest;
  }

  private static String han(int value) {
    if (value < 10) {
      return HAN.substring(value, value + 1);
    }
    if (value < 100) {
      String tens = value < 20 ? "" : han(value / 10);
      return tens + "十" + (value % 10 == 0 ? "" : han(value % 10));
    }
    int rest = value % 100;
    String tail =
        rest == 0 ? "" : rest < 10 ? "零" + han(rest) : rest < 20 ? "一" + han(rest) : han(rest);
    return han(value / 100) + "百" + tail;
  }

  /** Figures or words. */
  static String number(Draw draw, int value) {
    return draw.chance(0.55) ? Integer.toString(value) : words(draw, value);
  }

  /** A brightness from 1 to 99 per cent, mostly multiples of five. */
  public static Spoken percent(Draw draw) {
    if (draw.chance(0.14)) {
      return fraction(draw);
    }
    int value = draw.chance(0.8) ? 5 * draw.between(1, 19) : draw.between(1, 99);
    if (draw.isChinese()) {
      if (value % 10 == 0 && draw.chance(0.2)) {
        return new Spoken(han(value / 10) + "成", value);
      }
      return new Spoken(
          switch (draw.between(0, 5)) {
            case 0, 1 -> value + "%";
            case 2, 3 -> "百分之" + han(value);
            case 4 -> "百分之" + value;
            default -> value < 10 ? value + "%" : Integer.toString(value);
          },
          value);
    }
    return new Spoken(
        switch (draw.between(0, 6)) {
          case 0, 1 -> value + "%";
          case 2 -> value + draw.pick(" percent", " per cent", " %");
          case 3 -> words(draw, value) + draw.pick(" percent", " per cent");
          case 4 -> words(draw, value);
          default -> Integer.toString(value);
        },
        value);
  }

  private static Spoken fraction(Draw draw) {
    return draw.isChinese()
        ? draw.pick(
            new Spoken("一半", 50),
            new Spoken("三分之一", 33),
            new Spoken("四分之一", 25),
            new Spoken("四分之三", 75),
            new Spoken("三分之二", 67),
            new Spoken("五分之一", 20),
            new Spoken("十分之一", 10),
            new Spoken("五成", 50))
        : draw.pick(
            new Spoken("half", 50),
            new Spoken("a third", 33),
            new Spoken("a quarter", 25),
            new Spoken("three quarters", 75),
            new Spoken("two thirds", 67),
            new Spoken("one third", 33),
            new Spoken("a fifth", 20),
            new Spoken("a tenth", 10),
            new Spoken("fifty fifty", 50));
  }

  /** A room temperature from 5 to 35 degrees, in halves or, rarely, tenths. */
  public static Spoken celsius(Draw draw) {
    int whole = draw.chance(0.8) ? draw.between(16, 27) : draw.between(5, 34);
    double part = draw.chance(0.62) ? 0 : draw.chance(0.85) ? 0.5 : draw.between(1, 9) / 10.0;
    double value = whole + part;
    return new Spoken(draw.isChinese() ? chinese(draw, value) : english(draw, value), value);
  }

  private static String english(Draw draw, double value) {
    int whole = (int) value;
    int tenths = (int) Math.round((value - whole) * 10);
    String spoken = words(draw, whole);
    String number =
        switch (draw.between(0, 4)) {
          case 0, 1, 2 -> figures(value);
          default ->
              tenths == 0
                  ? spoken
                  : spoken
                      + (tenths == 5 && draw.chance(0.75)
                          ? " and a half"
                          : " point " + words(draw, tenths));
        };
    boolean inFigures = Character.isDigit(number.charAt(0));
    return number
        + switch (draw.between(0, 9)) {
          case 0, 1, 2 -> " degrees";
          case 3 -> inFigures ? "°" : " degrees";
          case 4 -> inFigures ? draw.pick(" °C", "C", "°C") : " degrees celsius";
          case 5 -> draw.pick(" celsius", " degrees c", " deg");
          default -> "";
        };
  }

  private static String chinese(Draw draw, double value) {
    int whole = (int) value;
    int tenths = (int) Math.round((value - whole) * 10);
    boolean inFigures = draw.chance(0.55);
    String number = inFigures ? Integer.toString(whole) : han(whole);
    if (tenths == 0) {
      return number + (inFigures && draw.chance(0.12) ? "" : draw.pick("度", "度", "度", "摄氏度"));
    }
    if (tenths == 5 && draw.chance(0.5)) {
      return number + draw.pick("度半", "度半", inFigures ? "度5" : "度五");
    }
    return inFigures
        ? figures(value) + draw.pick("度", "度", "℃", "")
        : number + "点" + han(tenths) + "度";
  }

  /** A number of minutes. */
  public static Spoken minutes(Draw draw) {
    return draw.isChinese() ? SpokenTime.chinese(draw) : SpokenTime.english(draw);
  }

  static String han(Draw draw, int value) {
    return draw.chance(0.5) ? Integer.toString(value) : value == 2 ? "两" : han(value);
  }
}

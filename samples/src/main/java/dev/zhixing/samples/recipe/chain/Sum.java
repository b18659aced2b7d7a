package dev.zhixing.samples.recipe.chain;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Numbers;
import java.math.BigDecimal;

/**
 * A small calculation.
 *
 * @param text as said: "17% of 2350"
 * @param expression as calculated: {@code 2350*17%}
 * @param result exactly
 */
record Sum(String text, String expression, BigDecimal result) {

  static Sum draw(Draw draw) {
    return switch (draw.between(0, 7)) {
      case 0, 1, 2 -> percent(draw);
      case 3, 4 -> times(draw);
      case 5 -> plus(draw);
      case 6 -> minus(draw);
      default -> divided(draw);
    };
  }

  String shown() {
    return Numbers.digits(result);
  }

  private static BigDecimal amount(Draw draw) {
    return BigDecimal.valueOf(
        draw.chance(0.5) ? draw.between(2, 99) * 50L : draw.between(40, 9999));
  }

  private static Sum percent(Draw draw) {
    BigDecimal of = amount(draw);
    BigDecimal p = BigDecimal.valueOf(draw.between(2, 60));
    String said = Numbers.percent(p, draw);
    String whole = Numbers.say(of, draw);
    return new Sum(
        draw.isChinese() ? whole + "的" + said : said + " of " + whole,
        Numbers.digits(of) + "*" + Numbers.digits(p) + "%",
        of.multiply(p).movePointLeft(2));
  }

  private static Sum times(Draw draw) {
    BigDecimal a = BigDecimal.valueOf(draw.between(12, 480));
    BigDecimal b =
        draw.chance(0.4)
            ? BigDecimal.valueOf(draw.between(21, 999), 1)
            : BigDecimal.valueOf(draw.between(3, 90));
    String by =
        draw.isChinese()
            ? draw.pick("乘以", "乘", "×", "*")
            : draw.pick(" times ", " times ", " x ", " multiplied by ", " * ");
    return new Sum(
        Numbers.say(a, draw) + by + Numbers.say(b, draw),
        Numbers.digits(a) + "*" + Numbers.digits(b),
        a.multiply(b));
  }

  private static Sum plus(Draw draw) {
    BigDecimal a = amount(draw);
    BigDecimal b = amount(draw);
    BigDecimal c = amount(draw);
    String join =
        draw.isChinese() ? draw.pick("加", "加上", "+") : draw.pick(" plus ", " + ", " and ");
    boolean three = draw.chance(0.4);
    String text =
        Numbers.digits(a) + join + Numbers.digits(b) + (three ? join + Numbers.digits(c) : "");
    if (join.equals(" and ")) {
      text = "the sum of " + text;
    }
    return new Sum(
        text,
        Numbers.digits(a) + "+" + Numbers.digits(b) + (three ? "+" + Numbers.digits(c) : ""),
        a.add(b).add(three ? c : BigDecimal.ZERO));
  }

  private static Sum minus(Draw draw) {
    BigDecimal b = amount(draw);
    BigDecimal a = b.add(amount(draw));
    String join =
        draw.isChinese() ? draw.pick("减", "减去", "-") : draw.pick(" minus ", " - ", " less ");
    return new Sum(
        Numbers.say(a, draw) + join + Numbers.say(b, draw),
        Numbers.digits(a) + "-" + Numbers.digits(b),
        a.subtract(b));
  }

  private static Sum divided(Draw draw) {
    BigDecimal b = BigDecimal.valueOf(draw.between(3, 40));
    BigDecimal result = BigDecimal.valueOf(draw.between(4, 300));
    BigDecimal a = b.multiply(result);
    String join =
        draw.isChinese() ? draw.pick("除以", "÷", "除以") : draw.pick(" divided by ", " / ", " over ");
    return new Sum(
        Numbers.say(a, draw) + join + Numbers.say(b, draw),
        Numbers.digits(a) + "/" + Numbers.digits(b),
        result);
  }
}

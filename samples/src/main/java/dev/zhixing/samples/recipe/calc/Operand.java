package dev.zhixing.samples.recipe.calc;

import dev.zhixing.samples.recipe.Clocks;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Numbers;
import java.math.BigDecimal;

/**
 * A number of a calculation: its value, what the expression shows of it, and how it is said.
 *
 * @param kind the slot's kind: the letters of the slot's name
 * @param value the value
 */
record Operand(String kind, BigDecimal value) {

  /** Draws a value for a slot such as {@code p} or {@code M2}; trailing digits only tell apart. */
  static Operand draw(String slot, Draw draw) {
    String kind = slot.replaceAll("\\d+$", "");
    return new Operand(
        kind,
        switch (kind) {
          case "n" -> whole(draw.between(2, 12));
          case "N" -> whole(draw.between(13, 60));
          case "h" -> whole(draw.chance(0.5) ? draw.between(100, 999) : draw.between(2, 99) * 10L);
          case "x" -> draw.chance(0.5) ? whole(draw.between(13, 999)) : round(draw);
          case "m" -> price(draw);
          case "M" -> draw.chance(0.75) ? round(draw) : scaled(draw.between(4000, 250_000), 2);
          case "B" -> whole(draw.between(11, 990) * draw.pick(100L, 1000L, 1000L, 10_000L));
          case "p" -> percent(draw);
          case "q" -> scaled(draw.between(2, 18) * 5L, 1);
          case "z" -> scaled(draw.chance(0.5) ? draw.between(5, 9) * 10L : draw.between(61, 98), 1);
          case "l" -> scaled(draw.between(85, 260), 2);
          case "d" -> scaled(draw.between(11, 250), 1);
          case "D" -> scaled(draw.between(105, 9900), 2);
          case "half" -> scaled(draw.between(1, 9) * 10L + 5, 1);
          case "t" ->
              draw.chance(0.8) ? whole(draw.between(-30, 110)) : scaled(draw.between(355, 405), 1);
          case "y" -> whole(draw.between(2, 30));
          case "e" -> whole(draw.between(2, 12));
          case "sq" -> whole((long) Math.pow(draw.between(11, 99), 2));
          case "f" -> whole(draw.between(3, 5));
          case "cm" -> whole(draw.between(148, 196));
          case "kg" -> scaled(draw.between(42, 105) * 10L + draw.pick(0, 0, 5), 1);
          case "c" -> whole(draw.between(6, 10) * 60L + draw.between(0, 11) * 5L);
          case "k" -> whole(draw.between(11, 12) * 60L + draw.between(0, 11) * 5L);
          default -> throw new IllegalArgumentException("slot " + slot + ": no such operand");
        });
  }

  private static BigDecimal whole(long n) {
    return BigDecimal.valueOf(n);
  }

  private static BigDecimal scaled(long n, int decimals) {
    return new BigDecimal(Numbers.digits(BigDecimal.valueOf(n, decimals)));
  }

  private static BigDecimal round(Draw draw) {
    return switch (draw.between(0, 3)) {
      case 0 -> whole(draw.between(11, 99) * 100L);
      case 1 -> whole(draw.between(11, 99) * 10L);
      case 2 -> whole(draw.between(101, 9999));
      default -> whole(draw.between(15, 600));
    };
  }

  private static BigDecimal price(Draw draw) {
    return switch (draw.between(0, 3)) {
      case 0 -> scaled(draw.between(2, 60), 0);
      case 1 -> scaled(draw.between(12, 490), 1);
      case 2 -> scaled(draw.between(1, 60) * 100L - 1, 2);
      default -> scaled(draw.between(25, 400) * 5L, 2);
    };
  }

  private static BigDecimal percent(Draw draw) {
    return switch (draw.between(0, 3)) {
      case 0 -> whole(draw.between(1, 12) * 5L);
      case 1 -> scaled(draw.between(2, 30) * 10L + 5, 1);
      default -> whole(draw.between(2, 48));
    };
  }

  /** The operand in an expression. */
  String inExpression() {
    return switch (kind) {
      case "p", "q" -> Numbers.digits(value) + "%";
      case "z" -> Numbers.digits(value.movePointLeft(1));
      case "f" -> "1/" + value;
      case "cm" -> Numbers.digits(value.movePointLeft(2));
      case "c", "k" -> hour() + "*60+" + value.intValue() % 60;
      default -> Numbers.digits(value);
    };
  }

  private int hour() {
    return value.intValue() / 60;
  }

  /** The operand in a sentence. */
  String say(Draw draw, int currency) {
    return switch (kind) {
      case "n", "N", "y", "e" -> Numbers.count(value.longValue(), draw);
      case "m", "M" -> Numbers.money(value, draw, currency);
      case "p", "q" -> Numbers.percent(value, draw);
      case "z" -> Numbers.zhe(value, draw);
      case "t" -> temperature(draw);
      case "f" -> fraction(draw);
      case "c", "k" -> Clocks.bare(hour(), value.intValue() % 60, draw);
      case "cm" -> draw.isChinese() ? chineseHeight(draw) : Numbers.digits(value) + " cm";
      default -> Numbers.say(value, draw);
    };
  }

  /** The operand without currency or sign. */
  String bare(Draw draw) {
    return kind.equals("z") ? Numbers.zhe(value, draw) : Numbers.say(value, draw);
  }

  /** The operand in an assistant's sentence: digits. */
  String plain(Draw draw) {
    return switch (kind) {
      case "p", "q" -> Numbers.digits(value) + "%";
      case "z" -> Numbers.digits(value) + "折";
      case "c", "k" -> Clocks.digits(hour(), value.intValue() % 60);
      case "f" -> fraction(draw);
      default -> Numbers.digits(value);
    };
  }

  private String temperature(Draw draw) {
    String bare = Numbers.say(value.abs(), draw);
    if (value.signum() >= 0) {
      return bare;
    }
    return draw.isChinese()
        ? draw.pick("零下", "负", "零下") + bare
        : draw.pick("minus " + bare, "-" + Numbers.digits(value.abs()));
  }

  private String fraction(Draw draw) {
    int n = value.intValue();
    if (draw.isChinese()) {
      return draw.pick(Numbers.words(n, draw.language()), String.valueOf(n)) + "分之一";
    }
    return n == 3 ? "a third" : n == 4 ? "a quarter" : "a fifth";
  }

  private String chineseHeight(Draw draw) {
    int cm = value.intValue();
    String tail = Numbers.words(cm % 100 / 10, draw.language());
    String last = cm % 10 == 0 ? "" : Numbers.words(cm % 10, draw.language());
    return draw.pick(
        cm + "厘米", cm + "公分", "一米" + tail + last, "1米" + cm % 100, "1.%02d米".formatted(cm % 100));
  }

  /** Another value of the same kind, for a slip of the tongue. */
  Operand other(Draw draw) {
    Operand other = this;
    for (int i = 0; i < 20 && other.value.compareTo(value) == 0; i++) {
      other = draw(kind, draw);
    }
    return other;
  }
}

package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.samples.recipe.Clocks;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Numbers;
import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Exercises without tools in what arguments and answers need: reading numbers told in words,
 * copying names, addresses and ids letter by letter, comparing and rounding numbers, small sums,
 * minutes between times of day. Far more of their tokens are learned than of a conversation's.
 * Stateless, safe for all threads.
 */
final class Drills {

  private static final List<String> COPIED =
      List.of(
          "order", "code", "phone", "address", "address", "name", "ticket", "product", "issue",
          "person", "person", "city");

  private final Things things =
      new Things(Phrasebook.load("things.en"), Phrasebook.load("things.zh"));

  /** An exercise's request and reply. */
  record Turn(String user, String reply) {}

  /** Some exercises of one conversation. */
  List<Turn> sample(Draw draw) {
    List<Turn> turns = new ArrayList<>();
    for (int i = draw.between(8, 14); i > 0; i--) {
      turns.add(
          switch (draw.between(0, 9)) {
            case 0, 1, 2, 3 -> reading(draw);
            case 4, 5, 6 -> copying(draw);
            case 7 -> several(draw, "Above or below: ", "高于还是低于：", Drills::comparison);
            case 8 -> several(draw, "Two decimals: ", "两位小数：", Drills::rounding);
            default -> several(draw, "How much: ", "是多少：", Drills::sum);
          });
    }
    return turns;
  }

  private static Turn reading(Draw draw) {
    return several(draw, "In digits: ", "写成数字：", Drills::number);
  }

  /** A list of two to five exercises of a kind; a value is said by the user, shown in the reply. */
  private static Turn several(
      Draw draw, String english, String chinese, Function<Draw, Value> exercise) {
    List<String> said = new ArrayList<>();
    List<String> replies = new ArrayList<>();
    for (int i = draw.between(2, 5); i > 0; i--) {
      Value value = exercise.apply(draw);
      said.add(value.said());
      replies.add(value.shown());
    }
    String separator = draw.say("; ", "；");
    return new Turn(
        draw.say(english, chinese) + String.join(separator, said), String.join(separator, replies));
  }

  private Turn copying(Draw draw) {
    List<String> texts = new ArrayList<>();
    for (int i = draw.between(1, 3); i > 0; i--) {
      texts.add(things.draw(draw.pick(COPIED), draw).shown());
    }
    String list = String.join(draw.say("; ", "；"), texts);
    return new Turn(draw.say("Word for word: ", "照抄：") + list, list);
  }

  private static Value number(Draw draw) {
    return switch (draw.between(0, 9)) {
      case 0 -> {
        BigDecimal percent = BigDecimal.valueOf(draw.between(2, 199), draw.chance(0.5) ? 1 : 0);
        yield Value.text(Numbers.digits(percent) + "%", Numbers.percent(percent, draw));
      }
      case 1 -> {
        int hour = draw.between(0, 23);
        int minute = draw.between(0, 11) * 5;
        yield Value.text(Clocks.digits(hour, minute), Clocks.say(hour, minute, draw));
      }
      case 2 -> {
        String id = Things.digits(draw, draw.between(3, 6));
        yield Value.text(id, Numbers.digitByDigit(id, draw));
      }
      case 3 -> {
        BigDecimal price = Things.price(draw);
        yield Value.text(Numbers.digits(price), Numbers.money(price, draw));
      }
      default -> {
        BigDecimal number = plain(draw);
        String said = draw.chance(0.7) ? Numbers.inWords(number, draw) : Numbers.say(number, draw);
        yield Value.text(Numbers.digits(number), said);
      }
    };
  }

  private static BigDecimal plain(Draw draw) {
    return switch (draw.between(0, 6)) {
      case 0, 1 -> BigDecimal.valueOf(draw.between(1, 60));
      case 2 -> BigDecimal.valueOf(draw.between(20, 999));
      case 3 -> BigDecimal.valueOf(draw.between(1, 99) * 100L);
      case 4 -> BigDecimal.valueOf(draw.between(1, 990) * 1000L);
      case 5 -> BigDecimal.valueOf(draw.between(1, 999), 1);
      default -> BigDecimal.valueOf(draw.between(1, 40) * 10L + 5, 1);
    };
  }

  private static Value comparison(Draw draw) {
    BigDecimal limit = measured(draw);
    BigDecimal value = draw.chance(0.6) ? limit.add(step(draw)) : measured(draw);
    int order = value.compareTo(limit);
    String reply =
        order > 0
            ? draw.say("above", "高于")
            : order < 0 ? draw.say("below", "低于") : draw.say("equal", "等于");
    return Value.text(
        reply, Numbers.digits(value) + draw.say(" and ", "和") + Numbers.say(limit, draw));
  }

  private static Value rounding(Draw draw) {
    BigDecimal digits =
        new BigDecimal(draw.random().nextLong(100_000_000_000_000L)).movePointLeft(10);
    BigDecimal value = digits.movePointLeft(draw.between(0, 3)).setScale(10, RoundingMode.HALF_UP);
    BigDecimal rounded = value.setScale(2, RoundingMode.HALF_UP);
    return Value.text(Numbers.digits(rounded), Numbers.digits(value));
  }

  private static Value sum(Draw draw) {
    if (draw.chance(0.4)) {
      int from = draw.between(0, 22 * 60);
      int minutes = draw.between(1, 115);
      return Value.text(
          draw.say(minutes + " minutes", minutes + "分钟"),
          clock(from) + draw.say(" to ", "到") + clock(from + minutes));
    }
    BigDecimal value = measured(draw);
    BigDecimal step = step(draw);
    String sign = step.signum() < 0 ? " - " : " + ";
    return Value.text(
        Numbers.digits(value.add(step)),
        Numbers.digits(value) + sign + Numbers.say(step.abs(), draw));
  }

  private static String clock(int minuteOfDay) {
    return Clocks.digits(minuteOfDay / 60, minuteOfDay % 60);
  }

  /** A reading: degrees, percent, lux. */
  private static BigDecimal measured(Draw draw) {
    return switch (draw.between(0, 3)) {
      case 0 -> BigDecimal.valueOf(draw.between(50, 350), 1);
      case 1 -> BigDecimal.valueOf(draw.between(20, 900));
      default -> BigDecimal.valueOf(draw.between(5, 99));
    };
  }

  private static BigDecimal step(Draw draw) {
    BigDecimal step = BigDecimal.valueOf(draw.between(1, 12), 0);
    BigDecimal some = draw.chance(0.3) ? step.divide(BigDecimal.TWO) : step;
    return draw.chance(0.5) ? some : some.negate();
  }
}

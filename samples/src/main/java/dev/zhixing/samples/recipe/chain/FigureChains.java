package dev.zhixing.samples.recipe.chain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Clocks;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Numbers;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.home.Command;
import dev.zhixing.samples.recipe.home.Form;
import dev.zhixing.samples.recipe.home.HomeBook;
import dev.zhixing.samples.recipe.home.HomeSituations;
import dev.zhixing.samples.recipe.home.Timers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** Figures from one tool that go into the next: sums, the web, programs, the clock. */
final class FigureChains {

  private FigureChains() {}

  /** A sum is worked out and remembered. */
  static Scenario remembered(Draw draw) {
    Sum sum = Sum.draw(draw);
    String what = ChainBook.phrase(draw, "what");
    String text = ChainBook.phrase(draw, "keep", "sum", sum.text(), "what", what);
    String fact = ChainBook.reply(draw, "keep.fact", "what", what, "r", sum.shown());
    String answer =
        ChainBook.reply(draw, "keep.done", "sum", sum.text(), "r", sum.shown(), "what", what);
    return ChainBook.steps(
            draw,
            ChainBook.dressed(draw, text, what),
            answer,
            ChainBook.calculator(sum.expression(), sum.result()),
            ChainBook.remember(fact, sum.shown()))
        .answering(sum.shown());
  }

  /** Something is looked up and then calculated with. */
  static Scenario searched(Draw draw) {
    String kind = draw.pick("distance", "height", "price", "rate", "weight");
    String[] thing = ChainBook.phrase(draw, "thing." + kind).split(";", -1);
    BigDecimal fact =
        switch (kind) {
          case "distance" -> BigDecimal.valueOf(draw.between(90, 990));
          case "height" -> BigDecimal.valueOf(draw.between(40, 828));
          case "price" -> BigDecimal.valueOf(draw.between(4, 160));
          case "weight" -> BigDecimal.valueOf(draw.between(20, 900));
          default -> BigDecimal.valueOf(draw.between(105, 990), 2);
        };
    BigDecimal by =
        switch (kind) {
          case "distance" -> BigDecimal.valueOf(draw.between(42, 98), 1);
          case "rate" -> BigDecimal.valueOf(draw.between(2, 40) * 25L);
          default -> BigDecimal.valueOf(draw.between(2, 30));
        };
    String expression =
        kind.equals("distance")
            ? Numbers.digits(fact) + "*" + Numbers.digits(by) + "/100"
            : Numbers.digits(fact) + "*" + Numbers.digits(by);
    BigDecimal result =
        kind.equals("distance") ? fact.multiply(by).movePointLeft(2) : fact.multiply(by);
    String other = thing.length > 2 ? thing[2] : "";
    String said = by.scale() > 0 ? Numbers.digits(by) : Numbers.say(by, draw);
    if (draw.isChinese() && by.intValue() == 2) {
      said = "两";
    }
    String[] slots = {
      "a",
      thing[0],
      "b",
      thing[1],
      "c",
      other,
      "v",
      Numbers.digits(fact),
      "n",
      said,
      "N",
      Numbers.digits(by),
      "r",
      Numbers.digits(result),
      "year",
      Integer.toString(draw.between(1889, 2021))
    };
    String text = ChainBook.phrase(draw, "web." + kind, slots);
    String query = ChainBook.reply(draw, "web." + kind + ".query", slots);
    ObjectNode result1 = Draw.arguments();
    ObjectNode entry = result1.putArray("results").addObject();
    entry.put("title", ChainBook.reply(draw, "web." + kind + ".title", slots));
    entry.put("snippet", ChainBook.reply(draw, "web." + kind + ".snippet", slots));
    ObjectNode matcher = Draw.arguments();
    matcher.set("query", ChainBook.contains(thing[0]));
    Call search =
        Call.of("web_search", Draw.arguments().put("query", query), result1.toString())
            .accepting(matcher);
    return ChainBook.steps(
            draw,
            ChainBook.dressed(draw, text, thing[0], thing[1]),
            ChainBook.reply(draw, "web." + kind + ".done", slots),
            search,
            ChainBook.calculator(expression, result))
        .answering(Numbers.digits(result));
  }

  /** A timer until a time of day somewhere. */
  static Scenario until(Draw draw) {
    String[] place = ChainBook.reply(draw, "place").split(";", -1);
    int now = draw.between(6 * 60, 21 * 60);
    int left = draw.between(5, 110);
    int target = (now + left + 4) / 5 * 5;
    if (draw.chance(0.45)) {
      target = (now / 60 + 1) * 60;
    }
    int minutes = target - now;
    String at = Clocks.say(target / 60, target % 60, draw);
    String text = ChainBook.phrase(draw, "until", "place", place[0], "at", at);
    String time =
        "2025-%02d-%02d %s"
            .formatted(draw.between(1, 12), draw.between(1, 28), Clocks.digits(now / 60, now % 60));
    ObjectNode result = Draw.arguments();
    if (draw.chance(0.7)) {
      result.put("zone", place[1]);
    }
    result.put("time", time);
    Call clock = Call.of("current_time", Draw.arguments().put("zone", place[1]), result.toString());
    Command timer = Timers.done(draw, "", minutes, null);
    String answer =
        ChainBook.reply(
            draw,
            "until.done",
            "place",
            place[0],
            "now",
            Clocks.digits(now / 60, now % 60),
            "n",
            Integer.toString(minutes));
    return ChainBook.steps(draw, ChainBook.dressed(draw, text, at), answer, clock, timer.call())
        .answering(Integer.toString(minutes));
  }

  /** A program's output is remembered. */
  static Scenario programmed(Draw draw) {
    String kind = draw.pick("sum", "factorial", "primes", "days", "squares");
    int n =
        switch (kind) {
          case "factorial" -> draw.between(5, 15);
          case "days" -> draw.between(20, 300);
          default -> draw.between(10, 200);
        };
    String from = "2025-%02d-%02d".formatted(draw.between(1, 3), draw.between(1, 28));
    String to = LocalDate.parse(from).plusDays(n).toString();
    String code =
        switch (kind) {
          case "sum" -> "let s=0;for(let i=1;i<=" + n + ";i++)s+=i;console.log(s)";
          case "squares" -> "let s=0;for(let i=1;i<=" + n + ";i++)s+=i*i;console.log(s)";
          case "factorial" -> "let f=1;for(let i=2;i<=" + n + ";i++)f*=i;console.log(f)";
          case "primes" ->
              "let c=0;for(let i=2;i<="
                  + n
                  + ";i++){let p=true;for(let"
                  + " j=2;j*j<=i;j++)if(i%j===0)p=false;if(p)c++}console.log(c)";
          default -> "console.log((new Date(\"" + to + "\")-new Date(\"" + from + "\"))/86400000)";
        };
    String out = result(kind, n);
    String what = ChainBook.phrase(draw, "what");
    String text =
        ChainBook.phrase(
            draw,
            "code." + kind,
            "n",
            Integer.toString(n),
            "what",
            what,
            "from",
            day(draw, from),
            "to",
            day(draw, to));
    ObjectNode matcher = Draw.arguments();
    matcher.set("code", ChainBook.contains(kind.equals("days") ? "2025" : Integer.toString(n)));
    Call run =
        Call.of(
                "run_code",
                Draw.arguments().put("code", code),
                Draw.arguments().put("stdout", out + "\n").toString())
            .accepting(matcher);
    String fact = ChainBook.reply(draw, "keep.fact", "what", what, "r", out);
    return ChainBook.steps(
            draw,
            ChainBook.dressed(draw, text, what, day(draw, from)),
            ChainBook.reply(draw, "code.done", "what", what, "r", out),
            run,
            ChainBook.remember(fact, out))
        .answering(out);
  }

  private static String day(Draw draw, String iso) {
    LocalDate date = LocalDate.parse(iso);
    if (draw.isChinese()) {
      return date.getYear() + "年" + date.getMonthValue() + "月" + date.getDayOfMonth() + "日";
    }
    String month = date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return date.getDayOfMonth() + " " + month + " " + date.getYear();
  }

  private static String result(String kind, int n) {
    return switch (kind) {
      case "sum" -> Integer.toString(n * (n + 1) / 2);
      case "squares" -> Integer.toString(n * (n + 1) * (2 * n + 1) / 6);
      case "factorial" -> {
        BigInteger f = BigInteger.ONE;
        for (int i = 2; i <= n; i++) {
          f = f.multiply(BigInteger.valueOf(i));
        }
        yield f.toString();
      }
      case "primes" -> {
        int count = 0;
        for (int i = 2; i <= n; i++) {
          count += BigInteger.valueOf(i).isProbablePrime(30) ? 1 : 0;
        }
        yield Integer.toString(count);
      }
      default -> Integer.toString(n);
    };
  }

  /** A timer and a sum need nothing of each other; a fact to keep and a light neither. */
  static Scenario noted(Draw draw) {
    Command home = HomeSituations.any(draw, Form.CLAUSE);
    String fact = ChainBook.phrase(draw, "note.fact");
    String text = ChainBook.phrase(draw, "note", "do", home.text(), "fact", fact);
    String answer =
        home.done() + draw.say(" ", "") + ChainBook.reply(draw, "note.done", "fact", fact);
    return ChainBook.together(
            draw,
            HomeBook.dressed(draw, text, fact),
            answer,
            List.of(home.call(), ChainBook.remember(fact, fact)))
        .answering(home.needed().toArray(String[]::new));
  }
}

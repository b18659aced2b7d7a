package dev.zhixing.samples.recipe.unseen;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.zhixing.samples.recipe.Clocks;
import dev.zhixing.samples.recipe.Dates;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Numbers;
import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Value;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How values of unseen tools are said. */
final class Spoken {

  private static final List<String> CURRENCIES =
      List.of(
          "USD dollars 美元",
          "EUR euros 欧元",
          "GBP pounds 英镑",
          "JPY yen 日元",
          "CHF francs 瑞士法郎",
          "CNY yuan 人民币",
          "SEK kronor 瑞典克朗",
          "KRW won 韩元",
          "THB baht 泰铢",
          "INR rupees 卢比");
  private static final List<String> LANGUAGES =
      List.of(
          "en English 英语",
          "de German 德语",
          "fr French 法语",
          "es Spanish 西班牙语",
          "it Italian 意大利语",
          "ja Japanese 日语",
          "ko Korean 韩语",
          "pt Portuguese 葡萄牙语",
          "ru Russian 俄语",
          "zh Chinese 中文",
          "nl Dutch 荷兰语",
          "pl Polish 波兰语",
          "ar Arabic 阿拉伯语",
          "sv Swedish 瑞典语");
  private static final List<String> COUNTRIES =
      List.of(
          "DE Germany 德国",
          "FR France 法国",
          "NL the_Netherlands 荷兰",
          "JP Japan 日本",
          "US the_US 美国",
          "GB Britain 英国",
          "IT Italy 意大利",
          "ES Spain 西班牙",
          "CH Switzerland 瑞士",
          "AT Austria 奥地利",
          "KR South_Korea 韩国",
          "BR Brazil 巴西",
          "CA Canada 加拿大",
          "SE Sweden 瑞典",
          "TH Thailand 泰国");

  private Spoken() {}

  /** "a, b and c", a、b和c. */
  static String list(List<String> items, Draw draw) {
    String last = items.getLast();
    if (items.size() == 1) {
      return last;
    }
    String head = String.join(draw.say(", ", "、"), items.subList(0, items.size() - 1));
    return head
        + draw.say(draw.pick(" and ", " and ", " plus ", ", "), draw.pick("和", "跟", "、", "还有"))
        + last;
  }

  static String amount(String unit, BigDecimal n, Draw draw) {
    int whole = n.intValue();
    return switch (unit) {
      case "percent" -> Numbers.percent(n, draw);
      case "hour" -> Clocks.say(whole, 0, draw);
      case "mins" -> minutes(whole, draw);
      case "months" -> months(whole, draw);
      default -> n.scale() <= 0 && whole < 100 ? Numbers.count(whole, draw) : Numbers.say(n, draw);
    };
  }

  private static String minutes(int n, Draw draw) {
    if (draw.isChinese()) {
      return switch (n) {
        case 15 -> draw.pick("一刻钟", "15分钟", "十五分钟");
        case 30 -> draw.pick("半小时", "半个小时", "30分钟");
        case 60 -> draw.pick("一小时", "一个小时", "60分钟");
        case 90 -> draw.pick("一个半小时", "90分钟");
        case 120 -> draw.pick("两小时", "两个小时");
        default -> Numbers.say(n, draw) + "分钟";
      };
    }
    return switch (n) {
      case 15 -> draw.pick("a quarter of an hour", "15 minutes", "fifteen minutes", "15 min");
      case 30 -> draw.pick("half an hour", "30 minutes", "thirty minutes");
      case 60 -> draw.pick("an hour", "one hour", "60 minutes", "1 h");
      case 90 -> draw.pick("an hour and a half", "ninety minutes", "one and a half hours");
      case 120 -> draw.pick("two hours", "2 hours", "120 minutes");
      default -> Numbers.say(n, draw) + draw.pick(" minutes", " minutes", " min", " mins");
    };
  }

  private static String months(int n, Draw draw) {
    return switch (n) {
      case 6 ->
          draw.say(draw.pick("half a year", "six months", "6 months"), draw.pick("半年", "六个月"));
      case 12 -> draw.say(draw.pick("a year", "12 months", "one year"), draw.pick("一年", "十二个月"));
      case 24 -> draw.say(draw.pick("two years", "24 months"), draw.pick("两年", "24个月"));
      default -> Numbers.count(n, draw) + draw.say(n == 1 ? " month" : " months", "个月");
    };
  }

  static Value text(String thing, Draw draw, Things things) {
    return switch (thing) {
      case "plate" ->
          Value.text(
              draw.isChinese()
                  ? draw.pick("京", "沪", "粤", "苏", "浙", "川")
                      + (char) ('A' + draw.between(0, 7))
                      + Things.digits(draw, 5)
                  : things.draw("ticket", draw).shown());
      case "form" -> Value.text(draw.between(5, 12) + draw.pick("A", "B", "C", "D"));
      case "row" -> Value.text(draw.pick("A", "B", "C", "D", "E", "F", "G", "H", "K"));
      case "word" -> Value.text(Things.madeUp(draw).toLowerCase(Locale.ROOT));
      default ->
          thing.startsWith("file")
              ? Value.text(file(thing.substring(4).strip().split("\\|", -1), draw, things))
              : things.draw(thing, draw);
    };
  }

  private static String file(String[] endings, Draw draw, Things things) {
    String stem =
        draw.isChinese()
            ? draw.pick(
                "合同", "报告", "照片", "会议纪要", "预算", "简历", "封面", "采访", things.draw("name", draw).shown())
            : draw.pick(
                "report",
                "intro",
                "holiday",
                "budget",
                "draft",
                "invoice",
                "talk",
                Things.madeUp(draw).toLowerCase(Locale.ROOT));
    String number = draw.chance(0.3) ? draw.pick("_", "-", "") + draw.between(1, 40) : "";
    return stem + number + "." + draw.pick(List.of(endings));
  }

  static Value format(String kind, Draw draw) {
    LocalDate date = Things.date(draw);
    int hour = draw.between(6, 22);
    int minute = draw.pick(0, 0, 15, 30, 30, 45, draw.between(0, 11) * 5);
    return switch (kind) {
      case "date" -> Value.text(date.toString(), Dates.say(date, draw));
      case "md" -> Value.text(date.toString().substring(5), Dates.dayOfMonth(date, draw));
      case "time" -> Value.text(Clocks.digits(hour, minute), Clocks.say(hour, minute, draw));
      case "weekday" -> {
        DayOfWeek day = DayOfWeek.of(draw.between(1, 7));
        yield Value.text(
            ParameterKind.Format.DAYS.get(day.getValue() - 1), Dates.weekday(day, draw));
      }
      case "weekdays" -> weekdays(draw);
      case "currency" -> coded(CURRENCIES, draw, true);
      case "language" -> coded(LANGUAGES, draw, false);
      case "country" -> coded(COUNTRIES, draw, false);
      default -> throw new IllegalArgumentException("format " + kind + ": not known");
    };
  }

  private static Value coded(List<String> list, Draw draw, boolean codeToo) {
    String[] words = draw.pick(list).split(" ", 3);
    String said = (draw.isChinese() ? words[2] : words[1]).replace('_', ' ');
    return Value.text(words[0], codeToo && draw.chance(0.25) ? words[0] : said);
  }

  private static Value weekdays(Draw draw) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    List<String> said = new ArrayList<>();
    List<DayOfWeek> days =
        new ArrayList<>(draw.pickSome(List.of(DayOfWeek.values()), draw.pick(1, 2, 2, 3)));
    days.sort(null);
    for (DayOfWeek day : days) {
      json.add(ParameterKind.Format.DAYS.get(day.getValue() - 1));
      said.add(Dates.weekday(day, draw));
    }
    return new Value(json, list(said, draw), String.join(", ", said));
  }
}

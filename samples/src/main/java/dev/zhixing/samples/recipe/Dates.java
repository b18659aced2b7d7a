package dev.zhixing.samples.recipe;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;

/** Days as people say them, in both languages. Stateless, safe for all threads. */
public final class Dates {

  private Dates() {}

  /** With the year: "the second of August 2025", "Aug 2, 2025", 2025年5月16号. */
  public static String say(LocalDate date, Draw draw) {
    if (draw.chance(0.3)) {
      return date.toString();
    }
    if (draw.isChinese()) {
      return date.getYear() + draw.pick("年", "年", " 年 ").strip() + dayOfMonth(date, draw);
    }
    String year = " " + date.getYear();
    return dayOfMonth(date, draw) + (draw.chance(0.3) ? "," + year : year);
  }

  /** Without the year: "2 August", "August 2nd", 五月十六号. */
  public static String dayOfMonth(LocalDate date, Draw draw) {
    int day = date.getDayOfMonth();
    if (draw.isChinese()) {
      String end = draw.pick("号", "日", "号");
      return draw.chance(0.35)
          ? ChineseNumbers.words(date.getMonthValue()) + "月" + ChineseNumbers.words(day) + end
          : date.getMonthValue() + "月" + day + end;
    }
    String month = date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    String brief = date.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    return switch (draw.between(0, 5)) {
      case 0 -> "the " + EnglishNumbers.ordinal(day) + " of " + month;
      case 1 -> month + " " + EnglishNumbers.ordinalSuffix(day);
      case 2 -> EnglishNumbers.ordinalSuffix(day) + " of " + month;
      case 3 -> brief + " " + day;
      case 4 -> day + " " + month;
      default -> month + " " + day;
    };
  }

  /** "Monday", "mondays", 周一, 星期一. */
  public static String weekday(DayOfWeek day, Draw draw) {
    if (draw.isChinese()) {
      String number =
          day == DayOfWeek.SUNDAY ? draw.pick("日", "天") : ChineseNumbers.words(day.getValue());
      String week = draw.pick("周", "周", "星期", "礼拜");
      return week.equals("周") && number.equals("天") ? "周日" : week + number;
    }
    String name = day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return draw.chance(0.5) ? name : name.toLowerCase(Locale.ROOT);
  }
}

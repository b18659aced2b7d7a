package dev.zhixing.samples.recipe;

import java.util.ArrayList;
import java.util.List;

/** Times of day as people say them, in both languages. Stateless, safe for all threads. */
public final class Clocks {

  private Clocks() {}

  /** {@code 07:15}. */
  public static String digits(int hour, int minute) {
    return "%02d:%02d".formatted(hour, minute);
  }

  /** Without the part of the day: "a quarter past seven", "7:15", 七点一刻. */
  public static String bare(int hour, int minute, Draw draw) {
    int h = (hour + 11) % 12 + 1;
    return draw.pick(draw.isChinese() ? chinese(h, minute) : english(h, minute));
  }

  /** Unmistakable on the 24-hour clock: "7:15 pm", "19:15", 晚上七点一刻. */
  public static String say(int hour, int minute, Draw draw) {
    if (draw.chance(0.2) && hour > 0) {
      return digits(hour, minute);
    }
    if (draw.isChinese()) {
      return chinesePart(hour, draw) + bare(hour == 0 ? 12 : hour, minute, draw);
    }
    int h = (hour + 11) % 12 + 1;
    if (draw.chance(0.5)) {
      String m = minute == 0 ? "" : "%02d".formatted(minute);
      String point = m.isEmpty() ? "" : draw.pick(":", ":", ".");
      return h + point + m + draw.pick("", " ") + (hour < 12 ? "am" : "pm");
    }
    if (minute == 0 && hour == 12) {
      return draw.pick("noon", "twelve noon", "12 noon");
    }
    String part =
        hour < 12
            ? " in the morning"
            : hour < 18
                ? " in the afternoon"
                : draw.pick(" in the evening", " in the evening", " tonight");
    return bare(hour, minute, draw) + (hour >= 22 ? " at night" : part);
  }

  private static String chinesePart(int hour, Draw draw) {
    if (hour < 5) {
      return "凌晨";
    }
    if (hour < 9) {
      return draw.pick("早上", "早上", "上午", "早晨");
    }
    if (hour < 12) {
      return "上午";
    }
    if (hour < 13) {
      return "中午";
    }
    return hour < 18 ? "下午" : hour < 19 ? draw.pick("晚上", "傍晚") : "晚上";
  }

  private static List<String> english(int h, int minute) {
    String hour = EnglishNumbers.words(h, true);
    String next = EnglishNumbers.words(h % 12 + 1, true);
    List<String> out = new ArrayList<>();
    out.add(h + ":" + "%02d".formatted(minute));
    switch (minute) {
      case 0 -> {
        out.add(hour + " o'clock");
        out.add(hour);
        out.add(String.valueOf(h));
      }
      case 15 -> {
        out.add("a quarter past " + hour);
        out.add("quarter past " + hour);
      }
      case 30 -> {
        out.add("half past " + hour);
        out.add("half " + hour);
      }
      case 45 -> {
        out.add("a quarter to " + next);
        out.add("quarter to " + next);
      }
      default -> {
        if (minute % 5 == 0) {
          boolean before = minute > 30;
          String count = EnglishNumbers.words(before ? 60 - minute : minute, true);
          out.add(count + (before ? " to " + next : " past " + hour));
        }
        if (minute >= 10) {
          out.add(hour + " " + EnglishNumbers.words(minute, true));
        }
      }
    }
    return out;
  }

  private static List<String> chinese(int h, int minute) {
    String hour = h == 2 ? "两" : ChineseNumbers.words(h);
    List<String> out = new ArrayList<>();
    out.add("%d:%02d".formatted(h, minute));
    if (minute == 0) {
      out.add(hour + "点");
      out.add(hour + "点整");
      out.add(h + "点");
      return out;
    }
    String words = (minute < 10 ? "零" : "") + ChineseNumbers.words(minute);
    out.add(hour + "点" + words + (minute % 5 == 0 ? "" : "分"));
    out.add(h + "点" + "%02d".formatted(minute) + (minute % 5 == 0 ? "" : "分"));
    switch (minute) {
      case 15 -> out.add(hour + "点一刻");
      case 30 -> {
        out.add(hour + "点半");
        out.add(h + "点半");
      }
      case 45 -> out.add(hour + "点三刻");
      case 50, 55 -> {
        String next = h % 12 + 1 == 2 ? "两" : ChineseNumbers.words(h % 12 + 1);
        out.add("差" + ChineseNumbers.words(60 - minute) + "分" + next + "点");
      }
      default -> {}
    }
    return out;
  }
}

package dev.zhixing.chat.template;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** A date in the notation of C's {@code strftime}, in English. */
final class DateFormat {
  /** Characters that a field of two may become, as {@code %c} does. */
  static final int LONGEST_FIELD = 24;

  private DateFormat() {}

  static String format(LocalDateTime now, String format) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      char field = format.charAt(++i);
      boolean isShort = field == '-' && i + 1 < format.length();
      if (isShort) {
        field = format.charAt(++i);
      }
      String value = field(now, field);
      out.append(
          isShort && value.startsWith("0") && value.length() > 1 ? value.substring(1) : value);
    }
    return out.toString();
  }

  private static String field(LocalDateTime now, char field) {
    return switch (field) {
      case 'Y' -> Integer.toString(now.getYear());
      case 'y' -> digits(now.getYear() % 100, 2);
      case 'm' -> digits(now.getMonthValue(), 2);
      case 'd' -> digits(now.getDayOfMonth(), 2);
      case 'j' -> digits(now.getDayOfYear(), 3);
      case 'B' -> now.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> now.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'a' -> now.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'w' -> Integer.toString(now.getDayOfWeek().getValue() % 7);
      case 'u' -> Integer.toString(now.getDayOfWeek().getValue());
      case 'H' -> digits(now.getHour(), 2);
      case 'I' -> digits((now.getHour() + 11) % 12 + 1, 2);
      case 'p' -> now.getHour() < 12 ? "AM" : "PM";
      case 'M' -> digits(now.getMinute(), 2);
      case 'S' -> digits(now.getSecond(), 2);
      case 'F' -> format(now, "%Y-%m-%d");
      case 'T' -> format(now, "%H:%M:%S");
      case 'R' -> format(now, "%H:%M");
      case 'D', 'x' -> format(now, "%m/%d/%y");
      case 'c' -> format(now, "%a %b %d %H:%M:%S %Y");
      case 'Z', 'z' -> "";
      case '%' -> "%";
      default ->
          throw new TemplateException(
              "strftime_now: expected a field such as %d, %b or %Y, found %" + field);
    };
  }

  private static String digits(int value, int count) {
    String text = Integer.toString(value);
    return "0".repeat(Math.max(0, count - text.length())) + text;
  }
}

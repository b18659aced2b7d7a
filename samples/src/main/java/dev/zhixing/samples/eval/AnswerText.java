package dev.zhixing.samples.eval;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for words and numbers in an answer: case-insensitive, a number by its value and never
 * inside a longer number ({@code 1,234} is 1234, {@code 45.60} is 45.6, 48 does not stand in 148,
 * 48.5 or 0.48).
 */
final class AnswerText {

  private static final Pattern NUMBER =
      Pattern.compile("(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[-−]?" + NUMBER.pattern());
  private static final Pattern GROUPING = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");

  private final String text;

  AnswerText(String answer) {
    this.text = normalize(answer);
  }

  /** Whether {@code needle} stands in the answer. */
  boolean contains(String needle) {
    String wanted = normalize(needle);
    return WHOLE_NUMBER.matcher(wanted).matches() ? containsNumber(wanted) : containsText(wanted);
  }

  private boolean containsNumber(String wanted) {
    boolean negative = isMinus(wanted.charAt(0));
    BigDecimal value = value(negative ? wanted.substring(1) : wanted);
    Matcher found = NUMBER.matcher(text);
    while (found.find()) {
      boolean signFits =
          !negative || (found.start() > 0 && isMinus(text.charAt(found.start() - 1)));
      if (signFits && value(found.group()).compareTo(value) == 0) {
        return true;
      }
    }
    return false;
  }

  // Text that begins or ends with a digit, such as a date, must not be cut out of a longer number.
  private boolean containsText(String wanted) {
    String plain = ungrouped(wanted);
    String all = ungrouped(text);
    for (int at = all.indexOf(plain); at >= 0; at = all.indexOf(plain, at + 1)) {
      if (!continuesBefore(all, at) && !continuesAfter(all, at + plain.length())) {
        return true;
      }
    }
    return plain.isEmpty();
  }

  private static boolean continuesBefore(String all, int at) {
    return at < all.length()
        && isDigit(all, at)
        && (isDigit(all, at - 1) || (isDigit(all, at - 2) && all.charAt(at - 1) == '.'));
  }

  private static boolean continuesAfter(String all, int end) {
    return isDigit(all, end - 1)
        && (isDigit(all, end) || (isDigit(all, end + 1) && all.charAt(end) == '.'));
  }

  private static boolean isDigit(String s, int at) {
    return at >= 0 && at < s.length() && s.charAt(at) >= '0' && s.charAt(at) <= '9';
  }

  private static boolean isMinus(char c) {
    return c == '-' || c == '−';
  }

  private static BigDecimal value(String number) {
    return new BigDecimal(number.replace(",", ""));
  }

  private static String ungrouped(String s) {
    return GROUPING.matcher(s).replaceAll("");
  }

  /** Lower case, plain apostrophes, digits of full width as plain ones. */
  static String normalize(String s) {
    String lower = s.strip().toLowerCase(Locale.ROOT).replace('’', '\'');
    StringBuilder out = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      out.append(c >= '０' && c <= '９' ? (char) (c - '０' + '0') : c);
    }
    return out.toString();
  }
}

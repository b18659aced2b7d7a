package dev.zhixing.agent.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What names are made of. */
final class Letters {
  private static final Pattern ESCAPED = Pattern.compile("\\\\+u([0-9a-fA-F]{4})");

  private Letters() {}

  /** Chinese, Japanese or Korean, which are written without spaces. */
  static boolean isAsian(char c) {
    return (c >= 0x3041 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3);
  }

  static boolean isOfName(char c) {
    return (Character.isLetterOrDigit(c) || c == '_') && !isAsian(c);
  }

  /**
   * Where the name that begins at {@code start} ends: words, joined by hyphens, dots or escapes.
   */
  static int nameEnd(String text, int start) {
    int end = start;
    int last = start;
    while (end < text.length()) {
      char c = text.charAt(end);
      if (isOfName(c)) {
        last = ++end;
      } else if (c == '-' || c == '.') {
        end++;
      } else if (c == '\\' && isEscape(text, end)) {
        end += 6;
        last = end;
      } else {
        break;
      }
    }
    return last;
  }

  /** A letter escaped as JSON allows; escaped punctuation ends a name. */
  private static boolean isEscape(String text, int at) {
    return at + 6 <= text.length()
        && text.charAt(at + 1) == 'u'
        && text.substring(at + 2, at + 6).chars().allMatch(c -> Character.digit(c, 16) >= 0)
        && Character.isLetterOrDigit(Integer.parseInt(text, at + 2, at + 6, 16));
  }

  static String decoded(String name) {
    return name.indexOf('\\') < 0
        ? name
        : ESCAPED
            .matcher(name)
            .replaceAll(
                m ->
                    Matcher.quoteReplacement(Character.toString(Integer.parseInt(m.group(1), 16))));
  }
}

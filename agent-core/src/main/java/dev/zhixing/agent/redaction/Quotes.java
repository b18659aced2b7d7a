package dev.zhixing.agent.redaction;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads quoted strings of one text: in JSON (also within a string of JSON, where quotes stand
 * behind backslashes), code, YAML, prose, HTML and URLs. For a scan from the start to the end.
 */
final class Quotes {
  private static final Map<Character, Character> TYPESET =
      Map.of('“', '”', '‘', '’', '「', '」', '『', '』', '„', '“', '«', '»', '《', '》');

  private static final String[] ENCODED = {
    "&quot;", "&#34;", "&#39;", "&apos;", "&#x27;", "&#x22;", "%22", "%27", "\\u0022", "\\u0027"
  };

  private static final String[] NONE = {};

  private final String text;

  /** Closing quotes of which none is left in the text. */
  private final Set<String> used = new HashSet<>();

  /**
   * A quote.
   *
   * @param closing what ends the string
   * @param level how often JSON was put into a string of JSON: such quotes stand behind 2^level - 1
   *     backslashes
   */
  record Quote(String closing, int level, int start, int end) {
    boolean isPlain() {
      return closing.length() == 1 && (closing.charAt(0) == '"' || closing.charAt(0) == '\'');
    }
  }

  Quotes(String text) {
    this.text = text;
  }

  /** The quote that begins a string at {@code at}. */
  @Nullable Quote opening(int at) {
    if (at >= text.length()) {
      return null;
    }
    char c = text.charAt(at);
    Character typeset = TYPESET.get(c);
    if (typeset != null) {
      return new Quote(typeset.toString(), 0, at, at + 1);
    }
    if ((c == '"' || c == '\'')
        && at + 2 < text.length()
        && text.charAt(at + 1) == c
        && text.charAt(at + 2) == c) {
      return new Quote(String.valueOf(c).repeat(3), 0, at, at + 3);
    }
    return either(at);
  }

  /** The quote that ends a string at {@code at}. */
  @Nullable Quote closing(int at) {
    if (at < text.length() && TYPESET.containsValue(text.charAt(at))) {
      return new Quote(String.valueOf(text.charAt(at)), 0, at, at + 1);
    }
    return either(at);
  }

  private @Nullable Quote either(int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) == '\\') {
      end++;
    }
    if (end < text.length() && isAscii(text.charAt(end))) {
      return new Quote(text.substring(end, end + 1), level(end - at), at, end + 1);
    }
    boolean maybe = at < text.length() && "&%\\".indexOf(text.charAt(at)) >= 0;
    for (String encoded : maybe ? ENCODED : NONE) {
      if (text.startsWith(encoded, at)) {
        return new Quote(encoded, 0, at, at + encoded.length());
      }
    }
    return null;
  }

  /** Where the string that {@code quote} began ends, its closing quote left out; -1 if nowhere. */
  int end(Quote quote) {
    String kind = quote.closing + quote.level;
    if (used.contains(kind)) {
      return -1;
    }
    boolean isPlain = quote.closing.length() == 1 && isAscii(quote.closing.charAt(0));
    int end = isPlain ? plainEnd(quote) : text.indexOf(quote.closing, quote.end);
    if (end < 0) {
      used.add(kind);
    }
    return end;
  }

  private int plainEnd(Quote quote) {
    char kind = quote.closing.charAt(0);
    int backslashes = 0;
    for (int i = quote.end; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        backslashes++;
        continue;
      }
      if (c == kind && level(backslashes) <= quote.level) {
        if (kind == '\'' && i > quote.end && i + 1 < text.length() && text.charAt(i + 1) == kind) {
          i++; // doubled, in YAML or SQL
        } else {
          return i - Math.min(backslashes, (1 << level(backslashes)) - 1);
        }
      }
      backslashes = 0;
    }
    return -1;
  }

  private static boolean isAscii(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private static int level(int backslashes) {
    return Integer.numberOfTrailingZeros(~backslashes);
  }
}

package dev.zhixing.engine.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what a backslash begins in a pattern. For one escape. */
final class PatternEscapes {
  private static final String CATEGORIES =
      "Cn Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No -- Zs Zl Zp Cc Cf -- Co Cs Pd Ps Pe Pc Po Sm Sc Sk So Pi"
          + " Pf";

  private final String pattern;
  private int at; // of the backslash, then behind the escape

  PatternEscapes(String pattern, int at) {
    this.pattern = pattern;
    this.at = at;
  }

  /** Where the escape ends. */
  int end() {
    return at;
  }

  CodePoints next(boolean inSet) {
    int begin = at;
    if (begin + 1 >= pattern.length()) {
      throw wrong(begin, "a character behind the backslash", "the end");
    }
    int c = pattern.codePointAt(begin + 1);
    at = begin + 1 + Character.charCount(c);
    return switch (c) {
      case 'd' -> CodePoints.DIGITS;
      case 'D' -> CodePoints.DIGITS.complement();
      case 'w' -> CodePoints.WORD;
      case 'W' -> CodePoints.WORD.complement();
      case 's' -> CodePoints.SPACE;
      case 'S' -> CodePoints.SPACE.complement();
      case 'p', 'P' -> property(begin, c == 'P');
      case 't' -> one('\t');
      case 'n' -> one('\n');
      case 'v' -> one(0x0b);
      case 'f' -> one('\f');
      case 'r' -> one('\r');
      case 'x' -> one(hex(begin, 2));
      case 'u' -> one(unicode(begin));
      case 'c' -> control(begin);
      case '0' -> zero(begin);
      case 'b' -> {
        if (inSet) {
          yield one('\b');
        }
        throw wrong(begin, "no word boundary, as it cannot be enforced", "\\b");
      }
      default -> identity(begin, c);
    };
  }

  private CodePoints identity(int begin, int c) {
    if ((c >= '1' && c <= '9') || c == 'k') {
      throw wrong(begin, "no back-reference, as it cannot be enforced", "\\" + (char) c);
    }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xd800 && c < 0xe000)) {
      throw wrong(begin, "an escape of ECMAScript", "\\" + Character.toString(c));
    }
    return one(c);
  }

  private static CodePoints one(int codePoint) {
    return CodePoints.of(codePoint, codePoint);
  }

  private CodePoints zero(int begin) {
    if (at < pattern.length() && Character.digit(pattern.charAt(at), 10) >= 0) {
      throw wrong(begin, "no octal escape; use \\xHH", "one");
    }
    return one(0);
  }

  private CodePoints control(int begin) {
    int letter = at < pattern.length() ? pattern.charAt(at) | 0x20 : 0;
    if (letter < 'a' || letter > 'z') {
      throw wrong(begin, "a letter behind \\c", "none");
    }
    at++;
    return one(letter & 0x1f);
  }

  private int hex(int begin, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at < pattern.length() ? Character.digit(pattern.charAt(at), 16) : -1;
      if (digit < 0) {
        throw wrong(begin, digits + " hexadecimal digits", "fewer");
      }
      value = value << 4 | digit;
      at++;
    }
    return value;
  }

  private int unicode(int begin) {
    if (at < pattern.length() && pattern.charAt(at) == '{') {
      int end = pattern.indexOf('}', at);
      if (end < 0 || end - at > 8 || end == at + 1) {
        throw wrong(begin, "one to six digits in \\u{…}", "none or more");
      }
      at++;
      int value = hex(begin, end - at);
      at = end + 1;
      return whole(begin, value);
    }
    int value = hex(begin, 4);
    if (value >= 0xd800 && value < 0xdc00 && pattern.startsWith("\\u", at)) {
      at += 2;
      int low = hex(begin, 4);
      if (low >= 0xdc00 && low < 0xe000) {
        return Character.toCodePoint((char) value, (char) low);
      }
    }
    return whole(begin, value);
  }

  private int whole(int begin, int value) {
    if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) {
      throw wrong(begin, "a code point that is no surrogate", Integer.toHexString(value));
    }
    return value;
  }

  /** A general category, such as {@code \p{L}} or {@code \p{Lu}}, or a script. */
  private CodePoints property(int begin, boolean negated) {
    int end = pattern.indexOf('}', at);
    if (at >= pattern.length() || pattern.charAt(at) != '{' || end < 0) {
      throw wrong(begin, "a property in braces, such as \\p{L}", "none");
    }
    String name = pattern.substring(at + 1, end);
    at = end + 1;
    int equals = name.indexOf('=');
    String kind = equals < 0 ? "" : name.substring(0, equals).toLowerCase(Locale.ROOT);
    String value = name.substring(equals + 1);
    CodePoints set =
        kind.equals("script") || kind.equals("sc") || kind.equals("script_extensions")
            ? script(begin, value)
            : category(begin, value);
    return negated ? set.complement() : set;
  }

  private CodePoints category(int begin, String name) {
    String wanted = name.equals("Letter") ? "L" : name.equals("Number") ? "N" : name;
    List<String> names = List.of(CATEGORIES.split(" "));
    boolean[] types = new boolean[names.size()];
    boolean known = false;
    for (int type = 0; type < types.length; type++) {
      types[type] = !wanted.isEmpty() && wanted.length() < 3 && names.get(type).startsWith(wanted);
      known |= types[type];
    }
    if (!known) {
      throw wrong(begin, "a general category such as L, Lu, N or P, or Script=Han", name);
    }
    List<Integer> edges = new ArrayList<>();
    for (int c = 0; c <= 0x10ffff; c++) {
      add(c, types[Character.getType(c)], edges);
    }
    return CodePoints.of(edges.stream().mapToInt(Integer::intValue).toArray());
  }

  private CodePoints script(int begin, String name) {
    Character.UnicodeScript script;
    try {
      script = Character.UnicodeScript.forName(name);
    } catch (IllegalArgumentException e) {
      throw wrong(begin, "a script of Unicode, such as Han or Latin", name);
    }
    List<Integer> edges = new ArrayList<>();
    for (int c = 0; c <= 0x10ffff; c++) {
      add(c, Character.UnicodeScript.of(c) == script, edges);
    }
    return CodePoints.of(edges.stream().mapToInt(Integer::intValue).toArray());
  }

  private static void add(int codePoint, boolean in, List<Integer> edges) {
    if (!in) {
      return;
    }
    if (!edges.isEmpty() && edges.getLast() == codePoint - 1) {
      edges.set(edges.size() - 1, codePoint);
    } else {
      edges.add(codePoint);
      edges.add(codePoint);
    }
  }

  private IllegalArgumentException wrong(int begin, String expected, String found) {
    return PatternParser.wrong(pattern, begin, expected, found);
  }
}

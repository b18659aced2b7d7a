package dev.zhixing.engine.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules from EBNF in the dialect GBNF: {@code name ::= "text" [a-z]+ (other | .)? {2,5} # comment}.
 * A rule ends with its line, unless the line ends in {@code |} or within parentheses, or the next
 * one begins with {@code |}. Literals and classes know the escapes n, r, t, of quotes, brackets and
 * the backslash, and code points as x, u or U with 2, 4 or 8 hexadecimal digits. The whole is what
 * the rule {@code root} says.
 */
public final class Ebnf {
  private static final int MOST_CHARACTERS = 200_000;
  private static final int MOST_RULES = 1_000;
  private static final int DEEPEST = 200;
  private static final int MOST_REPEATS = 1_000_000;

  private final String source;
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final Map<String, Integer> mentioned = new LinkedHashMap<>(); // and where first
  private int at;
  private int depth;

  private Ebnf(String source) {
    this.source = source;
  }

  /**
   * Parses a grammar.
   *
   * @throws IllegalArgumentException if it is not one, names a rule that is missing or given twice,
   *     has left recursion, or is too large; the text names the line and column
   */
  public static Rule parse(String source) {
    Ebnf ebnf = new Ebnf(source);
    if (source.length() > MOST_CHARACTERS) {
      throw ebnf.wrong(0, "at most " + MOST_CHARACTERS + " characters", source.length() + "");
    }
    ebnf.rules();
    Rule.Rules all = new Rule.Rules(ebnf.rules, new Rule.Ref("root"));
    new RuleCycles(all, regex -> false).check(); // they are classes only
    return all;
  }

  private void rules() {
    skip(true);
    while (at < source.length()) {
      int begin = at;
      String name = name();
      if (name.isEmpty()) {
        throw wrong(at, "a rule's name", found());
      }
      skip(false);
      if (!source.startsWith("::=", at)) {
        throw wrong(at, "::= behind the name '" + name + "'", found());
      }
      at += 3;
      skip(true);
      Rule rule = choice();
      if (rules.put(name, rule) != null) {
        throw wrong(begin, "each rule once", "'" + name + "' again");
      }
      if (rules.size() > MOST_RULES) {
        throw wrong(begin, "at most " + MOST_RULES + " rules", "more");
      }
      skip(true);
    }
    mentioned.putIfAbsent("root", 0);
    for (Map.Entry<String, Integer> entry : mentioned.entrySet()) {
      if (!rules.containsKey(entry.getKey())) {
        throw wrong(entry.getValue(), "a rule named '" + entry.getKey() + "'", "none");
      }
    }
  }

  private Rule choice() {
    if (++depth > DEEPEST) {
      throw wrong(at, "parentheses that nest at most " + DEEPEST + " deep", "more");
    }
    List<Rule> options = new ArrayList<>();
    options.add(sequence());
    while (bar()) {
      skip(true);
      options.add(sequence());
    }
    depth--;
    return options.size() == 1 ? options.getFirst() : new Rule.Choice(options);
  }

  /** Takes a bar, which may stand on the next line. */
  private boolean bar() {
    int begin = at;
    skip(true);
    if (peek() == '|') {
      at++;
      return true;
    }
    at = begin;
    return false;
  }

  private Rule sequence() {
    List<Rule> parts = new ArrayList<>();
    skip(depth > 1);
    while (at < source.length() && "|)\n\r".indexOf(peek()) < 0) {
      parts.add(repeated(part()));
      skip(depth > 1);
    }
    return parts.size() == 1 ? parts.getFirst() : new Rule.Sequence(parts);
  }

  private Rule part() {
    char c = peek();
    if (c == '"' || c == '\'') {
      return new Rule.Literal(text(c));
    }
    if (c == '[') {
      return new Rule.Pattern(set());
    }
    if (c == '.') {
      at++;
      return new Rule.Text(1, 1);
    }
    if (c == '(') {
      int begin = at++;
      Rule inner = choice();
      skip(true);
      if (peek() != ')') {
        throw wrong(begin, "a closing parenthesis", "none for this one");
      }
      at++;
      return inner;
    }
    int begin = at;
    String name = name();
    if (name.isEmpty()) {
      throw wrong(at, "a name, \"text\", [class], . or (group)", found());
    }
    mentioned.putIfAbsent(name, begin);
    return new Rule.Ref(name);
  }

  private Rule repeated(Rule rule) {
    Rule whole = rule;
    for (int n = 0; ; n++) {
      skip(depth > 1);
      int min = peek() == '+' ? 1 : 0;
      int max = peek() == '?' ? 1 : Integer.MAX_VALUE;
      if (peek() == '{') {
        int end = source.indexOf('}', at);
        int comma = end < 0 ? -1 : source.indexOf(',', at, end);
        boolean exact = comma < 0;
        min = end < 0 ? -1 : number(at + 1, exact ? end : comma);
        max =
            exact ? min : source.substring(comma + 1, end).isBlank() ? max : number(comma + 1, end);
        if (min < 0 || max < min) {
          throw wrong(at, "a repetition such as {2}, {2,} or {2,5}", found());
        }
        at = end + 1;
      } else if (peek() == '*' || peek() == '+' || peek() == '?') {
        at++;
      } else {
        return whole;
      }
      if (n == DEEPEST) {
        throw wrong(at, "fewer signs of repetition", "more than " + DEEPEST);
      }
      whole = new Rule.Repeat(whole, min, max);
    }
  }

  private int number(int from, int to) {
    String digits = source.substring(from, to).strip();
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      value = value * 10 + Character.digit(digits.charAt(i), 10);
      if (Character.digit(digits.charAt(i), 10) < 0 || value > MOST_REPEATS) {
        return -1;
      }
    }
    return digits.isEmpty() ? -1 : value;
  }

  private String text(char quote) {
    int begin = at++;
    StringBuilder text = new StringBuilder();
    while (peek() != quote) {
      if (at >= source.length() || peek() == '\n') {
        throw wrong(begin, "a closing quote on the same line", "none");
      }
      text.appendCodePoint(peek() == '\\' ? escape() : character());
    }
    at++;
    return text.toString();
  }

  /** A class, in the syntax of patterns. */
  private String set() {
    int begin = at++;
    StringBuilder set = new StringBuilder("[");
    if (peek() == '^') {
      set.append('^');
      at++;
    }
    while (peek() != ']') {
      if (at >= source.length() || peek() == '\n') {
        throw wrong(begin, "a closing bracket on the same line", "none");
      }
      if (peek() == '-') {
        at++;
        set.append(peek() == ']' || set.length() < 2 ? "\\-" : "-");
        continue;
      }
      set.append("\\u{").append(Integer.toHexString(peek() == '\\' ? escape() : character()));
      set.append('}');
    }
    at++;
    try {
      PatternParser.parse(set.append(']').toString());
    } catch (IllegalArgumentException e) {
      throw wrong(begin, "a class", source.substring(begin, at) + ": " + e.getMessage());
    }
    return set.toString();
  }

  private int escape() {
    int begin = at++;
    char c = peek();
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'x' -> hex(begin, 2);
      case 'u' -> hex(begin, 4);
      case 'U' -> hex(begin, 8);
      case '\\', '"', '\'', '[', ']', '-', '^' -> c;
      default ->
          throw wrong(begin, "one of \\n \\r \\t \\\\ \\\" \\[ \\] \\- \\xHH \\uHHHH", "\\" + c);
    };
  }

  private int hex(int begin, int digits) {
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw wrong(begin, digits + " hexadecimal digits", "fewer");
      }
      value = value << 4 | digit;
      at++;
    }
    if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) {
      throw wrong(begin, "a code point that is no surrogate", Long.toHexString(value));
    }
    return (int) value;
  }

  private int character() {
    int codePoint = source.codePointAt(at);
    if (codePoint >= 0xd800 && codePoint < 0xe000) {
      throw wrong(at, "whole characters", "a lone surrogate");
    }
    at += Character.charCount(codePoint);
    return codePoint;
  }

  private String name() {
    int begin = at;
    while (Character.isLetterOrDigit(peek()) || peek() == '-' || peek() == '_') {
      at++;
    }
    return source.substring(begin, at);
  }

  /** Skips blanks and comments, with {@code lines} the ends of lines too. */
  private void skip(boolean lines) {
    while (at < source.length()) {
      char c = peek();
      if (c == '#') {
        int end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end;
      } else if (c == ' ' || c == '\t' || (lines && (c == '\n' || c == '\r'))) {
        at++;
      } else {
        return;
      }
    }
  }

  private char peek() {
    return at < source.length() ? source.charAt(at) : '\0';
  }

  private String found() {
    return at >= source.length() ? "the end" : "'" + source.substring(at, at + 1) + "'";
  }

  private IllegalArgumentException wrong(int position, String expected, String found) {
    int line = 1;
    int begin = 0;
    for (int i = 0; i < position; i++) {
      if (source.charAt(i) == '\n') {
        line++;
        begin = i + 1;
      }
    }
    return new IllegalArgumentException(
        "grammar: line %d, column %d: expected %s, found %s"
            .formatted(line, position - begin + 1, expected, found));
  }
}

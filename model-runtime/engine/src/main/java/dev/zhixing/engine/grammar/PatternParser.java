package dev.zhixing.engine.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads regular expressions in the syntax of ECMAScript, as far as they are regular: no
 * back-references, no looking around, no word boundaries. Groups capture nothing, lazy quantifiers
 * match what greedy ones do. Source: ECMA-262, section 22.2, with its {@code u} flag. For one use.
 */
final class PatternParser {
  static final int MOST_CHARACTERS = 20_000;
  private static final int DEEPEST = 200;
  private static final int MOST_REPEATS = 10_000;

  private final String pattern;
  private int at;
  private int depth;

  private PatternParser(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if it is not one or uses what is not regular; the text names
   *     the pattern and the position
   */
  static CharTree parse(String pattern) {
    PatternParser parser = new PatternParser(pattern);
    if (pattern.length() > MOST_CHARACTERS) {
      throw parser.wrong("at most " + MOST_CHARACTERS + " characters", pattern.length() + "");
    }
    CharTree tree = parser.choice();
    if (parser.at < pattern.length()) {
      throw parser.wrong("an end or an opening parenthesis before it", "')'");
    }
    return tree;
  }

  private CharTree choice() {
    if (++depth > DEEPEST) {
      throw wrong("groups that nest at most " + DEEPEST + " deep", "more");
    }
    List<CharTree> options = new ArrayList<>();
    options.add(sequence());
    while (peek() == '|') {
      at++;
      options.add(sequence());
    }
    depth--;
    return options.size() == 1 ? options.getFirst() : new CharTree.Choice(options);
  }

  private CharTree sequence() {
    List<CharTree> parts = new ArrayList<>();
    while (at < pattern.length() && peek() != '|' && peek() != ')') {
      parts.add(quantified());
    }
    return parts.size() == 1 ? parts.getFirst() : new CharTree.Sequence(parts);
  }

  private CharTree quantified() {
    int begin = at;
    CharTree part = atom();
    int[] times = quantifier();
    if (times.length == 0) {
      return part;
    }
    if (part instanceof CharTree.Begin || part instanceof CharTree.End) {
      at = begin;
      throw wrong("something that can be repeated before a quantifier", "an anchor");
    }
    if (peek() == '?') {
      at++; // lazy: the same texts
    }
    return new CharTree.Repeat(part, times[0], times[1]);
  }

  /** The quantifier's bounds; empty if there is none. */
  private int[] quantifier() {
    char c = peek();
    if (c == '{') {
      return braces();
    }
    if (c != '*' && c != '+' && c != '?') {
      return new int[0];
    }
    at++;
    return new int[] {c == '+' ? 1 : 0, c == '?' ? 1 : Bounds.ANY};
  }

  private int[] braces() {
    int end = pattern.indexOf('}', at);
    int comma = end < 0 ? -1 : pattern.indexOf(',', at, end);
    if (end < 0) {
      throw wrong("a quantifier such as {2,5}, or \\{", "an open brace");
    }
    boolean exact = comma < 0;
    int min = number(at + 1, exact ? end : comma);
    int max = exact ? min : comma + 1 == end ? Bounds.ANY : number(comma + 1, end);
    if (min > max) {
      throw wrong("a quantifier with minimum <= maximum", pattern.substring(at, end + 1));
    }
    at = end + 1;
    return new int[] {min, max};
  }

  private int number(int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = pattern.charAt(i);
      if (c < '0' || c > '9' || value > MOST_REPEATS) {
        value = MOST_REPEATS + 1;
        break;
      }
      value = 10 * value + c - '0';
    }
    if (from == to || value > MOST_REPEATS) {
      throw wrong(
          "a quantifier such as {2,5} with numbers of at most " + MOST_REPEATS + ", or \\{",
          "'" + pattern.substring(at, Math.min(to + 1, pattern.length())) + "'");
    }
    return value;
  }

  private CharTree atom() {
    char c = peek();
    return switch (c) {
      case '(' -> group();
      case '*', '+', '?', '{' ->
          throw wrong("something to repeat before '" + c + "', or a backslash", "nothing");
      case '\\' -> {
        PatternEscapes escapes = escapes();
        CodePoints set = escapes.next(false);
        at = escapes.end();
        yield new CharTree.Chars(set);
      }
      case '[', '.', '^', '$' -> {
        at++;
        yield c == '['
            ? new CharTree.Chars(set())
            : c == '.'
                ? new CharTree.Chars(CodePoints.LINE_ENDS.complement())
                : c == '^' ? new CharTree.Begin() : new CharTree.End();
      }
      default -> {
        int codePoint = character();
        yield new CharTree.Chars(CodePoints.of(codePoint, codePoint));
      }
    };
  }

  private CharTree group() {
    int begin = at;
    at++;
    if (peek() == '?') {
      at++;
      if (peek() == ':') {
        at++;
      } else if (peek() == '<' && pattern.indexOf('>', at) > 0 && !"=!".contains(peekAfter())) {
        at = pattern.indexOf('>', at) + 1;
      } else {
        at = begin;
        throw wrong(
            "a group ( or (?: or (?<name>",
            pattern.substring(begin, Math.min(begin + 4, pattern.length()))
                + ", which looks around or sets flags and cannot be enforced");
      }
    }
    CharTree inner = choice();
    if (peek() != ')') {
      at = begin;
      throw wrong("a closing parenthesis", "none for this one");
    }
    at++;
    return inner;
  }

  private String peekAfter() {
    return pattern.substring(
        Math.min(at + 1, pattern.length()), Math.min(at + 2, pattern.length()));
  }

  /** A class behind its opening bracket. */
  private CodePoints set() {
    int begin = at - 1;
    boolean negated = peek() == '^';
    at += negated ? 1 : 0;
    List<Integer> edges = new ArrayList<>();
    CodePoints named = CodePoints.of();
    while (peek() != ']') {
      if (at >= pattern.length()) {
        at = begin;
        throw wrong("a closing bracket", "none for this one");
      }
      CodePoints first = member();
      boolean range = peek() == '-' && !peekAfter().equals("]") && !peekAfter().isEmpty();
      if (!range) {
        named = add(first, edges, named);
        continue;
      }
      at++;
      CodePoints last = member();
      if (isSingle(first) && isSingle(last)) {
        addRange(first.first(0), last.first(0), edges);
      } else {
        throw wrong("single characters at both ends of a range, or \\-", "a class");
      }
    }
    at++;
    CodePoints set = CodePoints.of(edges.stream().mapToInt(Integer::intValue).toArray()).or(named);
    return negated ? set.complement() : set;
  }

  private static boolean isSingle(CodePoints set) {
    return set.ranges() == 1 && set.first(0) == set.last(0);
  }

  private static CodePoints add(CodePoints member, List<Integer> edges, CodePoints named) {
    if (!isSingle(member)) {
      return named.or(member);
    }
    edges.add(member.first(0));
    edges.add(member.first(0));
    return named;
  }

  private void addRange(int first, int last, List<Integer> edges) {
    if (first > last) {
      throw wrong("a range from the lower to the higher character", "the reverse");
    }
    edges.add(first);
    edges.add(last);
  }

  private CodePoints member() {
    if (peek() == '\\') {
      PatternEscapes escapes = escapes();
      CodePoints set = escapes.next(true);
      at = escapes.end();
      return set;
    }
    int codePoint = character();
    return CodePoints.of(codePoint, codePoint);
  }

  private PatternEscapes escapes() {
    return new PatternEscapes(pattern, at);
  }

  private int character() {
    int codePoint = pattern.codePointAt(at);
    if (codePoint >= 0xd800 && codePoint < 0xe000) {
      throw wrong("whole characters", "a lone surrogate");
    }
    at += Character.charCount(codePoint);
    return codePoint;
  }

  private char peek() {
    return at < pattern.length() ? pattern.charAt(at) : '\0';
  }

  private IllegalArgumentException wrong(String expected, String found) {
    return wrong(pattern, at, expected, found);
  }

  static IllegalArgumentException wrong(String pattern, int at, String expected, String found) {
    String shown = pattern.length() <= 200 ? pattern : pattern.substring(0, 200) + "…";
    return new IllegalArgumentException(
        "pattern '%s': position %d: expected %s, found %s".formatted(shown, at, expected, found));
  }
}

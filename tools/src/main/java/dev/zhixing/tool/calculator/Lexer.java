package dev.zhixing.tool.calculator;

import dev.zhixing.tool.calculator.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Cuts an expression into tokens; full-width characters count as their plain forms. */
final class Lexer {

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();

  /** For each open parenthesis, whether it holds a function's arguments. */
  private final Deque<Boolean> calls = new ArrayDeque<>();

  private int next;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    var lexer = new Lexer(text);
    while (lexer.next < text.length()) {
      lexer.token();
    }
    lexer.dropEqualsSign();
    lexer.add(Kind.END, "", text.length());
    return lexer.tokens;
  }

  private void token() {
    int start = next;
    char c = at(next);
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      next++;
    } else if (isDigit(c) || (c == '.' && isDigit(at(next + 1)))) {
      number();
    } else if (Character.isLetter(c) && c != 'π') {
      name();
    } else if (SUPERSCRIPTS.indexOf(c) >= 0) {
      superscript();
    } else {
      next++;
      symbol(c, start);
    }
  }

  private void symbol(char c, int start) {
    switch (c) {
      case '+' -> add(Kind.PLUS, "+", start);
      case '-' -> add(Kind.MINUS, "-", start);
      case '/' -> add(Kind.DIVIDE, "/", start);
      case '^' -> add(Kind.POWER, "^", start);
      case '%' -> add(Kind.PERCENT, "%", start);
      case ',' -> add(Kind.COMMA, ",", start);
      case 'π' -> add(Kind.NAME, "pi", start);
      case '√' -> add(Kind.NAME, "√", start);
      case '=' -> add(Kind.END, "=", start);
      case '*' -> {
        if (at(next) == '*') {
          next++;
          add(Kind.POWER, "**", start);
        } else {
          add(Kind.TIMES, "*", start);
        }
      }
      case '(' -> {
        calls.push(!tokens.isEmpty() && tokens.getLast().kind() == Kind.NAME);
        add(Kind.OPEN, "(", start);
      }
      case ')' -> {
        calls.poll();
        add(Kind.CLOSE, ")", start);
      }
      default ->
          throw new ExpressionException("unexpected '" + text.charAt(start) + "'", start + 1);
    }
  }

  private void number() {
    int start = next;
    int digits = digits();
    while (digits <= 3 && groupsThousands(start)) {
      next++;
      digits();
    }
    if (at(next) == '.' && (next > start || isDigit(at(next + 1)))) {
      next++;
      digits();
    }
    if ((at(next) == 'e' || at(next) == 'E') && exponentFollows()) {
      next += 2;
      digits();
    }
    if (at(next) == '.') {
      throw new ExpressionException("a number with two decimal points", next + 1);
    }
    var plain = new StringBuilder();
    for (int i = start; i < next; i++) {
      if (at(i) != ',') {
        plain.append(at(i));
      }
    }
    add(Kind.NUMBER, plain.toString(), start);
  }

  private int digits() {
    int start = next;
    while (isDigit(at(next))) {
      next++;
    }
    return next - start;
  }

  /** A comma and exactly three digits, where a comma cannot part two arguments. */
  private boolean groupsThousands(int numberStart) {
    boolean inCall = !calls.isEmpty() && calls.peek();
    return !inCall
        && at(numberStart) != '0'
        && at(next) == ','
        && isDigit(at(next + 1))
        && isDigit(at(next + 2))
        && isDigit(at(next + 3))
        && !isDigit(at(next + 4));
  }

  private boolean exponentFollows() {
    char sign = at(next + 1);
    return isDigit(sign) || ((sign == '-' || sign == '+') && isDigit(at(next + 2)));
  }

  private void name() {
    int start = next;
    while (Character.isLetter(at(next)) && at(next) != 'π') {
      next++;
    }
    String name = text.substring(start, next);
    switch (name) {
      case "of", "x", "X" -> add(Kind.TIMES, name, start);
      case "mod" -> add(Kind.REMAINDER, name, start);
      default -> add(Kind.NAME, name, start);
    }
  }

  private void superscript() {
    int start = next;
    var digits = new StringBuilder();
    while (next < text.length() && SUPERSCRIPTS.indexOf(text.charAt(next)) >= 0) {
      digits.append((char) ('0' + SUPERSCRIPTS.indexOf(text.charAt(next))));
      next++;
    }
    add(Kind.POWER, "^", start);
    add(Kind.NUMBER, digits.toString(), start);
  }

  /** "1+1=" asks the same as "1+1"; any other equals sign is a mistake. */
  private void dropEqualsSign() {
    if (!tokens.isEmpty() && tokens.getLast().kind() == Kind.END) {
      tokens.removeLast();
    }
    for (Token token : tokens) {
      if (token.kind() == Kind.END) {
        throw new ExpressionException(
            "unexpected '='; only an expression can be evaluated, not an equation", token.at());
      }
    }
  }

  private void add(Kind kind, String shown, int start) {
    tokens.add(new Token(kind, shown, start + 1));
  }

  private char at(int index) {
    return index < text.length() ? plain(text.charAt(index)) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The plain form of a full-width or typographic character. */
  private static char plain(char c) {
    return switch (c) {
      case '×', '✕', '✖', '∗', '·', '⋅' -> '*';
      case '÷', '∕', '⁄' -> '/';
      case '−', '–', '—', '﹣' -> '-';
      case '，' -> ',';
      default -> c >= '！' && c <= '～' ? (char) (c - 0xFEE0) : c;
    };
  }
}

package dev.zhixing.chat.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template's source into tokens, white space handled as model files expect it: the line feed
 * behind a block goes (trim_blocks), the blanks before a block that starts its line go
 * (lstrip_blocks), and {@code -} at a delimiter removes all white space on that side.
 */
final class Lexer {
  private static final String[] OPERATORS = {
    "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")", "[",
    "]", "{", "}", ",", ":", ".", "|", ";"
  };

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private boolean trimsNext; // the last delimiter had a '-'
  private boolean dropsLineFeed; // the last delimiter was a block's or comment's

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String template) {
    String source = template.replace("\r\n", "\n").replace('\r', '\n');
    if (source.endsWith("\n")) {
      source = source.substring(0, source.length() - 1);
    }
    Lexer lexer = new Lexer(source);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < source.length()) {
      int open = nextDelimiter(at);
      data(open < 0 ? source.length() : open, open);
      if (open < 0) {
        break;
      }
      delimited(source.charAt(open + 1));
    }
    tokens.add(new Token(Token.Kind.END, "", line));
  }

  private int nextDelimiter(int from) {
    for (int i = source.indexOf('{', from); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** The text up to a delimiter, less what white space control takes away. */
  private void data(int end, int open) {
    int from = at;
    int to = end;
    if (trimsNext) {
      while (from < to && Character.isWhitespace(source.charAt(from))) {
        from++;
      }
    } else if (dropsLineFeed && from < to && source.charAt(from) == '\n') {
      from++;
    }
    if (open >= 0) {
      to = dataEnd(from, to, open);
    }
    if (from < to) {
      tokens.add(new Token(Token.Kind.DATA, source.substring(from, to), line));
    }
    advance(end);
    trimsNext = false;
    dropsLineFeed = false;
  }

  private int dataEnd(int from, int end, int open) {
    char sign = open + 2 < source.length() ? source.charAt(open + 2) : ' ';
    int to = end;
    if (sign == '-') {
      while (to > from && Character.isWhitespace(source.charAt(to - 1))) {
        to--;
      }
    } else if (source.charAt(open + 1) != '{' && sign != '+') {
      int blank = to;
      while (blank > from && isBlank(source.charAt(blank - 1))) {
        blank--;
      }
      boolean startsLine = blank == 0 || source.charAt(blank - 1) == '\n';
      if (startsLine) {
        to = blank;
      }
    }
    return to;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\u000b' || c == '\f';
  }

  private void delimited(char kind) {
    int begun = line;
    at += 2;
    if (kind == '#') {
      comment(begun);
      return;
    }
    if (at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
      at++;
    }
    boolean isOutput = kind == '{';
    int start = tokens.size();
    tokens.add(
        new Token(isOutput ? Token.Kind.OUTPUT_BEGIN : Token.Kind.BLOCK_BEGIN, "{" + kind, line));
    expression(isOutput ? "}}" : "%}", begun);
    tokens.add(new Token(isOutput ? Token.Kind.OUTPUT_END : Token.Kind.BLOCK_END, "", line));
    dropsLineFeed = !isOutput;
    if (!isOutput
        && tokens.size() == start + 3
        && tokens.get(start + 1).is(Token.Kind.NAME, "raw")) {
      tokens.subList(start, tokens.size()).clear();
      raw(begun);
    }
  }

  private void comment(int begun) {
    int end = source.indexOf("#}", at);
    if (end < 0) {
      throw new TemplateException("expected '#}' to end the comment, found none").at(begun);
    }
    trimsNext = end > at && source.charAt(end - 1) == '-';
    advance(end + 2);
    dropsLineFeed = true;
  }

  private void raw(int begun) {
    int open = source.indexOf("{%", at);
    while (open >= 0) {
      int word = skip(open + 2, true);
      int close = skip(word + "endraw".length(), false);
      if (source.startsWith("endraw", word) && source.startsWith("%}", close)) {
        data(open, open);
        trimsNext = source.charAt(close - 1) == '-';
        dropsLineFeed = true;
        advance(close + 2);
        return;
      }
      open = source.indexOf("{%", open + 2);
    }
    throw new TemplateException("expected '{% endraw %}', found none").at(begun);
  }

  /** Skips blanks and the sign of white space control. */
  private int skip(int from, boolean signFirst) {
    int i = from;
    if (signFirst && i < source.length() && "-+".indexOf(source.charAt(i)) >= 0) {
      i++;
    }
    while (i < source.length() && Character.isWhitespace(source.charAt(i))) {
      i++;
    }
    if (!signFirst && i < source.length() && "-+".indexOf(source.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }

  private void advance(int to) {
    for (; at < to; at++) {
      if (source.charAt(at) == '\n') {
        line++;
      }
    }
  }

  private void expression(String close, int begun) {
    int braces = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (Character.isWhitespace(c)) {
        advance(at + 1);
      } else if (braces == 0 && closes(close)) {
        return;
      } else if (c == '"' || c == '\'') {
        string(c);
      } else if (Character.isDigit(c)) {
        number();
      } else if (c == '_' || Character.isLetter(c)) {
        name();
      } else {
        braces += c == '{' ? 1 : c == '}' ? -1 : 0;
        operator();
      }
    }
    throw new TemplateException("expected '" + close + "', found the end of the template")
        .at(begun);
  }

  private boolean closes(String close) {
    boolean hasSign = source.startsWith(close, at + 1) && "-+".indexOf(source.charAt(at)) >= 0;
    if (!hasSign && !source.startsWith(close, at)) {
      return false;
    }
    trimsNext = hasSign && source.charAt(at) == '-';
    at += hasSign ? 3 : 2;
    return true;
  }

  private void string(char quote) {
    StringBuilder value = new StringBuilder();
    int begun = line;
    int i = at + 1;
    while (i < source.length() && source.charAt(i) != quote) {
      if (source.charAt(i) == '\\' && i + 1 < source.length()) {
        i = escape(i + 1, value);
      } else {
        value.append(source.charAt(i++));
      }
    }
    if (i >= source.length()) {
      throw new TemplateException("expected the string to end with " + quote + ", found no end")
          .at(begun);
    }
    tokens.add(new Token(Token.Kind.STRING, value.toString(), begun));
    advance(i + 1);
  }

  /** One escape, as Python has them; an unknown one stands for itself. Returns where it ends. */
  private int escape(int i, StringBuilder value) {
    char c = source.charAt(i);
    int known = "ntrfbav0\\'\"".indexOf(c);
    if (known >= 0) {
      value.append("\n\t\r\f\b\u0007\u000b\0\\'\"".charAt(known));
      return i + 1;
    }
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    int end = i + 1 + digits;
    if (digits > 0 && end <= source.length()) {
      try {
        value.appendCodePoint(Integer.parseInt(source, i + 1, end, 16));
        return end;
      } catch (IllegalArgumentException e) {
        throw new TemplateException(
                "expected " + digits + " hexadecimal digits of a character behind \\" + c)
            .at(line);
      }
    }
    if (c != '\n') {
      value.append('\\').append(c);
    }
    return i + 1;
  }

  private void number() {
    int i = digits(at);
    boolean isFloat = false;
    if (i + 1 < source.length()
        && source.charAt(i) == '.'
        && Character.isDigit(source.charAt(i + 1))
        && !followsDot()) {
      isFloat = true;
      i = digits(i + 1);
    }
    if (i < source.length() && (source.charAt(i) == 'e' || source.charAt(i) == 'E')) {
      int digit =
          i + 1 < source.length() && "+-".indexOf(source.charAt(i + 1)) >= 0 ? i + 2 : i + 1;
      if (digit < source.length() && Character.isDigit(source.charAt(digit))) {
        isFloat = true;
        i = digits(digit);
      }
    }
    String text = source.substring(at, i).replace("_", "");
    tokens.add(new Token(isFloat ? Token.Kind.FLOAT : Token.Kind.INTEGER, text, line));
    at = i;
  }

  /** Whether an index such as the 0 of {@code matrix.0.1} is next. */
  private boolean followsDot() {
    return tokens.getLast().is(Token.Kind.OPERATOR, ".");
  }

  private int digits(int from) {
    int i = from;
    while (i < source.length()
        && (Character.isDigit(source.charAt(i)) || source.charAt(i) == '_')) {
      i++;
    }
    return i;
  }

  private void name() {
    int i = at;
    while (i < source.length()
        && (source.charAt(i) == '_' || Character.isLetterOrDigit(source.charAt(i)))) {
      i++;
    }
    tokens.add(new Token(Token.Kind.NAME, source.substring(at, i), line));
    at = i;
  }

  private void operator() {
    for (String operator : OPERATORS) {
      if (source.startsWith(operator, at)) {
        tokens.add(new Token(Token.Kind.OPERATOR, operator, line));
        at += operator.length();
        return;
      }
    }
    throw new TemplateException("expected an expression, found '" + source.charAt(at) + "'")
        .at(line);
  }
}

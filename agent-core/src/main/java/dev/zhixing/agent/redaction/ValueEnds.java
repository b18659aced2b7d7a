package dev.zhixing.agent.redaction;

import dev.zhixing.agent.redaction.Quotes.Quote;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how far a secret value reaches. */
final class ValueEnds {
  /** How far a name is looked for behind a comma that may part two values. */
  private static final int NEXT_NAME = 40;

  /** How much is read of what may be a secret or anything else. */
  private static final int LONGEST_RANDOM = 1_000;

  /** How much of a sentence is read to tell whether it talks about secrets or is one. */
  private static final int LONGEST_TALK = 200;

  private static final String BEHIND_A_WORD = ".,;:)]}>\"'`";
  private static final String ASIAN_MARKS = "。，；、！？）”』」》】";

  private static final Pattern BLOCK = Pattern.compile("[|>][+\\-0-9]{0,3}[ \\t]{0,8}\\r?\\n");
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9-]{2,20}[ \\t]{1,4}(?=\\S)");
  private static final Pattern SCHEMA =
      Pattern.compile(
          "\\{\\s{0,20}\\\\{0,3}\"type\\\\{0,3}\"\\s{0,4}:\\s{0,4}\\\\{0,3}\"[a-z]{3,8}\\\\{0,3}\"");

  private final String text;
  private final Quotes quotes;

  /** Where it begins and ends, quotes left out. */
  record Value(int start, int end, boolean quoted) {}

  ValueEnds(String text, Quotes quotes) {
    this.text = text;
    this.quotes = quotes;
  }

  /**
   * The value behind {@code separator}; empty if there is none.
   *
   * @param name where its name begins
   * @param property whether the name stood in quotes
   */
  Value of(int name, Secrecy secrecy, Separators.Separator separator, boolean property) {
    int start = separator.end();
    switch (separator.kind()) {
      case TAG -> {
        return element(start, secrecy);
      }
      case CELL -> {
        return upTo(start, '|');
      }
      case PROMPT -> {
        return typed(start);
      }
      case SIGN, WORD, GAP, COMMA, OPTION -> {}
    }
    Quote quote = quotes.opening(prefixed(start));
    if (quote != null) {
      return bounded(quoted(quote, secrecy), secrecy);
    }
    if (secrecy == Secrecy.HEADER && !property) {
      return header(name, start);
    }
    Matcher block = BLOCK.matcher(text).region(start, text.length());
    if (separator.isJson() && block.lookingAt()) {
      return block(name, block.end());
    }
    if (property && (at(start) == '{' || at(start) == '[')) {
      boolean none =
          secrecy == Secrecy.IF_RANDOM
              || SCHEMA.matcher(text).region(start, text.length()).lookingAt();
      return new Value(start, none ? start : balanced(start), true);
    }
    return unquoted(name, secrecy, separator, property);
  }

  private Value unquoted(
      int name, Secrecy secrecy, Separators.Separator separator, boolean property) {
    int start = separator.end();
    int end = wordEnd(start);
    boolean words =
        secrecy == Secrecy.PHRASE
            || (secrecy == Secrecy.PASSWORD && separator.isJson() && !property && beginsLine(name));
    if (!words) {
      return new Value(start, end, false);
    }
    boolean talk =
        SecretValues.isNone(text.substring(start, end), false)
            && SecretValues.isSentence(
                text.substring(start, clauseEnd(start, end, start + LONGEST_TALK)));
    int clause = talk ? end : clauseEnd(start, end, text.length());
    return new Value(start, clause, !talk && clause > end);
  }

  /** Past the letter before a quote, as in {@code b'x'}. */
  private int prefixed(int start) {
    boolean letter = "bBrRuUfF@L".indexOf(at(start)) >= 0 && at(start) != '\0';
    return letter && quotes.opening(start + 1) != null ? start + 1 : start;
  }

  private Value quoted(Quote quote, Secrecy secrecy) {
    int end = quotes.end(quote);
    int limit = secrecy == Secrecy.IF_RANDOM ? quote.end() + LONGEST_RANDOM + 1 : text.length();
    return new Value(quote.end(), end < 0 ? lineEnd(quote.end(), limit) : end, true);
  }

  /** Values that are perhaps none are read again for names: so they are not long. */
  private static Value bounded(Value value, Secrecy secrecy) {
    return secrecy == Secrecy.IF_RANDOM && value.end - value.start > LONGEST_RANDOM
        ? new Value(value.start, value.start, true)
        : value;
  }

  private Value element(int start, Secrecy secrecy) {
    String cdata = "<![CDATA[";
    int from = text.startsWith(cdata, start) ? start + cdata.length() : start;
    int end = text.indexOf(from > start ? "]]>" : "<", from);
    return bounded(new Value(from, end < 0 ? text.length() : end, true), secrecy);
  }

  private Value upTo(int start, char border) {
    int end = start;
    while (end < text.length() && "\r\n".indexOf(at(end)) < 0 && at(end) != border) {
      end++;
    }
    while (end > start && Character.isWhitespace(at(end - 1))) {
      end--;
    }
    return new Value(start, end, false);
  }

  /** A line that holds one word and nothing else; of anything longer nothing. */
  private Value typed(int start) {
    int end = start;
    int limit = Math.min(text.length(), start + LONGEST_TALK);
    while (end < limit && !Character.isWhitespace(at(end))) {
      end++;
    }
    boolean alone =
        lineEnd(blanks(end), text.length()) == blanks(end) && end < start + LONGEST_TALK;
    return new Value(start, alone && at(end - 1) != ':' ? end : start, false);
  }

  private int blanks(int from) {
    int i = from;
    while (at(i) == ' ' || at(i) == '\t') {
      i++;
    }
    return i;
  }

  /** The rest of a header; the name of a scheme such as Basic stays. */
  private Value header(int name, int start) {
    int word = wordEnd(start, Math.min(text.length(), start + LONGEST_TALK));
    int sign = text.substring(start, word).indexOf('=');
    boolean isCookie = sign > 0 || (Character.toLowerCase(at(name)) != 'c' && !isSetCookie(name));
    if (!isCookie || SecretValues.isNone(text.substring(start, word), false)) {
      return new Value(start, start, false);
    }
    int end = lineEnd(start, text.length());
    Quote around = name > 0 ? quotes.opening(name - 1) : null;
    if (around != null && around.isPlain()) {
      int close = quotes.end(around);
      end = close >= start ? Math.min(end, close) : end;
    }
    for (int i = start; i + 1 < end; i++) {
      if (at(i) == '\\' && (at(i + 1) == 'r' || at(i + 1) == 'n')) {
        end = i;
      }
    }
    Matcher scheme = SCHEME.matcher(text).region(start, end);
    return new Value(scheme.lookingAt() ? scheme.end() : start, end, true);
  }

  private boolean isSetCookie(int name) {
    return text.regionMatches(true, name, "set-", 0, 4);
  }

  /** The lines below that are further in than the one with the name. */
  private Value block(int name, int start) {
    int margin = indent(lineStart(name));
    int end = start;
    while (end < text.length()) {
      int line = lineEnd(end, text.length());
      boolean blank = text.substring(end, Math.min(line, end + 200)).isBlank();
      if (!blank && indent(end) <= margin) {
        break;
      }
      end = Math.min(text.length(), line + 1);
    }
    int last = end;
    while (last > start && Character.isWhitespace(at(last - 1))) {
      last--;
    }
    int first = start;
    while (first < last && Character.isWhitespace(at(first))) {
      first++;
    }
    return new Value(first, last, true);
  }

  private int balanced(int start) {
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        if (--depth == 0) {
          return i + 1;
        }
      } else if (c == '"' || c == '\\') {
        i = stringEnd(i);
      }
    }
    return text.length();
  }

  /** The last place of the string, or of the backslashes, at {@code start}. */
  private int stringEnd(int start) {
    Quote quote = quotes.opening(start);
    int end = quote == null ? -1 : quotes.end(quote);
    if (quote != null && end >= 0) {
      return Math.max(quote.end() - 1, end + ((1 << quote.level()) - 1));
    }
    return Math.max(start, backslashes(start) - 1);
  }

  private int backslashes(int start) {
    int end = start;
    while (at(end) == '\\') {
      end++;
    }
    return end;
  }

  /** Where a word without quotes ends, punctuation behind it left out. */
  private int wordEnd(int start) {
    return wordEnd(start, text.length());
  }

  private int wordEnd(int start, int limit) {
    boolean ascii = at(start) < 128;
    int end = start;
    while (end < limit && !endsWord(end, ascii)) {
      end = Math.max(end + 1, backslashes(end));
    }
    while (end > start
        && BEHIND_A_WORD.indexOf(at(end - 1)) >= 0
        && !(at(end - 1) == '}' && (at(start) == '{' || at(start + 1) == '{'))) {
      end--;
    }
    return end;
  }

  private boolean endsWord(int i, boolean ascii) {
    char c = text.charAt(i);
    if (Character.isWhitespace(c) || ASIAN_MARKS.indexOf(c) >= 0) {
      return true;
    }
    if (ascii && Letters.isAsian(c)) {
      return true;
    }
    return switch (c) {
      case '<' -> at(i + 1) == '/' || text.startsWith("<br", i);
      case '"', '\'', '`' -> isBorder(i + 1);
      case '\\' -> endsAtEscape(i);
      case '&' ->
          isBorder(i + 1)
              || isNamed(text.startsWith("&amp;", i) ? i + 5 : i + 1)
              || text.startsWith("&quot;", i)
              || text.startsWith("&#", i);
      case '%' -> (text.startsWith("%26", i) && isNamed(i + 3)) || text.startsWith("%22", i);
      case ',', ';', '|' -> isBorder(i + 1) || isNamed(i + 1);
      default -> false;
    };
  }

  private boolean endsAtEscape(int i) {
    int end = backslashes(i);
    char c = at(end);
    return switch (c) {
      case '"', '\'' -> true;
      case 'n', 'r', 't' -> isBorder(end + 1) || isNamed(end + 1) || at(end + 1) == '\\';
      case 'u' -> text.startsWith("u0026", end) || text.startsWith("u0022", end);
      default -> c == '\0' || c == '\n';
    };
  }

  /** Whether a word cannot go on at {@code i}. */
  private boolean isBorder(int i) {
    char c = at(i);
    return c == '\0' || Character.isWhitespace(c) || ",;:)]}>\"'`\\{[(&|".indexOf(c) >= 0;
  }

  /** Whether a name and its sign stand at {@code i}. */
  private boolean isNamed(int i) {
    int end = i;
    while (end < i + NEXT_NAME && (Letters.isOfName(at(end)) || "-. ".indexOf(at(end)) >= 0)) {
      end++;
    }
    return end > i && (at(end) == '=' || at(end) == ':' || text.startsWith("%3D", end));
  }

  /** Where the words end that go on after {@code end}: at punctuation, a comment or the line. */
  private int clauseEnd(int start, int end, int limit) {
    int last = end;
    while (last < limit && at(last) == ' ' && last > start) {
      int next = last;
      while (at(next) == ' ') {
        next++;
      }
      char c = at(next);
      boolean over = c == '\0' || Character.isWhitespace(c) || "#/(-|&;".indexOf(c) >= 0;
      if (over || (isNamed(next) && !spaceBeforeSign(next))) {
        break;
      }
      int word = wordEnd(next);
      if (word == next) {
        break;
      }
      last = word;
    }
    return last;
  }

  /** Whether the name at {@code i} is words of a sentence, whose sign comes later. */
  private boolean spaceBeforeSign(int i) {
    return text.startsWith(" ", Letters.nameEnd(text, i));
  }

  /** Whether nothing but marks of lists stand before the name on its line. */
  private boolean beginsLine(int name) {
    int i = name - 1;
    while (i >= 0 && i > name - NEXT_NAME && " \t-*>".indexOf(text.charAt(i)) >= 0) {
      i--;
    }
    return i < 0 || text.charAt(i) == '\n' || text.charAt(i) == '\r';
  }

  private int lineStart(int i) {
    return text.lastIndexOf('\n', i) + 1;
  }

  private int lineEnd(int from, int limit) {
    int i = from;
    int end = Math.min(limit, text.length());
    while (i < end && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  private int indent(int line) {
    int i = line;
    while (at(i) == ' ' || at(i) == '\t' || (at(i) == '-' && at(i + 1) == ' ')) {
      i++;
    }
    return i - line;
  }

  private char at(int i) {
    return i < 0 || i >= text.length() ? '\0' : text.charAt(i);
  }
}

package dev.zhixing.agent.redaction;

import dev.zhixing.agent.redaction.Quotes.Quote;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands between a secret's name and its value. */
final class Separators {
  /** How far attributes of an element are read. */
  private static final int FARTHEST = 200;

  /** How much of a command is read before a name. */
  private static final int SHORT = 20;

  private static final Pattern SIGN =
      Pattern.compile(
          "(?:[=：＝]|:(?!//|:)|%3[aAdD]|&#(?:61|x3[dD]);|\\\\u003[aAdD]|[!?+]=|->|→|⇒)[=>~]{0,2}");

  /** "is", in prose. */
  private static final Pattern IS =
      Pattern.compile(
          "(?i)[ \\t]{1,4}(?:is|was|are|ist|lautet|est|es|é|to)[ \\t]{0,2}[:=]?[ \\t\\n]");

  private static final Pattern ASIAN_IS =
      Pattern.compile("码?\\s{0,3}(?:[就则則]?(?:是|为|為|叫)|设置?为|設為|[改换換变]成|改为|は|は、|은|는)\\s{0,3}[:：]?");

  /** A type between a name and its value, as in {@code password: String = "x"}. */
  private static final Pattern TYPE =
      Pattern.compile(
          "[ \\t]{0,4}([A-Za-z]{1,10})[\\[\\]?!<>]{0,4}(?:[ \\t]{0,4}\\|[^=\\n"
              + "]{1,20})?[ \\t]{0,4}=[ \\t]{0,4}");

  /**
   * The name was a value itself, and its own follows: {@code {"name": "PASSWORD", "value": "x"}}.
   */
  private static final Pattern PAIR =
      Pattern.compile(
          "[\\s,]{1,40}(?:<)?(?:\\\\{0,3}[\"'])?(?i:value|val|content|default)(?:\\\\{0,3}[\"'])?\\s{0,4}[:=>]\\s{0,4}");

  /** A question at a terminal; what was typed stands on the next line. */
  private static final Pattern PROMPT =
      Pattern.compile(
          "(?:[ \\t](?:for|of)[ \\t][^\\n:]{1,60})?[:：][ \\t]{0,4}\\r?\\n[ \\t]{0,8}(?=\\S)");

  /** What may stand between in speech: "'s" for "is", or a slip of the hand. */
  private static final Pattern SLIP =
      Pattern.compile("['’]s[ \\t]{1,4}|\\?(?=[^\\s=&?/]{6,100}(?:\\s|$))");

  /** A command that sets the variable whose name follows. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?:(?i:(?<![\\w-])(?:setx|setenv)(?:[ \\t]{1,4}/m)?)|(?<=\\n)ENV)[ \\t]{1,4}$");

  private final String text;
  private final Quotes quotes;

  /** What a separator looks like, as far as the value's extent depends on it. */
  enum Kind {
    /** = or : and the like. */
    SIGN,
    /** A word such as "is". */
    WORD,
    /** White space, or nothing. */
    GAP,
    /** The end of an element's opening tag. */
    TAG,
    /** The border between cells. */
    CELL,
    /** Comma: in a list of a command's arguments. */
    COMMA,
    /** The option of a command and white space. */
    OPTION,
    /** The end of a line that asks for it. */
    PROMPT
  }

  /** Where it ends, which is where the value begins. */
  record Separator(Kind kind, int end, boolean spaced) {
    /** Whether what follows may just as well be a word of the text. */
    boolean isWeak() {
      return kind == Kind.GAP || kind == Kind.PROMPT;
    }

    boolean isJson() {
      return kind == Kind.SIGN;
    }
  }

  Separators(String text, Quotes quotes) {
    this.text = text;
    this.quotes = quotes;
  }

  /** Whether a name that ends at {@code end} goes on with "'s". */
  boolean isGenitive(int end) {
    return (at(end) == '\'' || at(end) == '’')
        && at(end + 1) == 's'
        && (at(end + 2) == ' ' || at(end + 2) == '\t');
  }

  /** The separator after the name from {@code start} to {@code end}, or null if there is none. */
  @Nullable Separator after(int start, int end, Secrecy secrecy, @Nullable Quote closing) {
    int named = closing == null ? end : closing.end();
    if (closing != null && at(named) == ']') {
      named++;
    }
    while (at(named) == '*') {
      named++; // bold, in Markdown
    }
    int next = closing == null ? blanks(named) : white(named);
    Matcher prompt = at(PROMPT, named);
    if (closing == null && prompt.lookingAt()) {
      return new Separator(Kind.PROMPT, prompt.end(), false);
    }
    Separator sign = sign(named, next, closing != null);
    if (sign != null) {
      return sign;
    }
    if (closing != null || at(named) == '\n' || at(named) == '\r') {
      Matcher pair = at(PAIR, named);
      if (pair.lookingAt()) {
        return new Separator(Kind.SIGN, pair.end(), false);
      }
    }
    Separator tag = tag(start, named, closing != null);
    if (tag != null) {
      return tag;
    }
    return isOption(start, closing)
        ? option(named, next, closing != null)
        : closing != null ? null : inProse(named, next, secrecy);
  }

  private @Nullable Separator sign(int named, int next, boolean quoted) {
    Matcher sign = at(SIGN, next);
    if (sign.lookingAt()) {
      Matcher type = at(TYPE, sign.end());
      int end =
          !quoted && type.lookingAt() && SecretValues.isType(type.group(1))
              ? type.end()
              : sign.end();
      while (text.startsWith("**", end)) {
        end += 2;
      }
      int value = quoted ? white(end) : blanks(end);
      return new Separator(Kind.SIGN, value, value > end || next > named);
    }
    if (at(next) == '|' && next > named) {
      return new Separator(Kind.CELL, blanks(next + 1), true);
    }
    if (at(named) == '(' && quotes.opening(blanks(named + 1)) != null) {
      return new Separator(Kind.SIGN, blanks(named + 1), false);
    }
    return null;
  }

  private @Nullable Separator tag(int start, int named, boolean quoted) {
    int open = start - 1;
    while (open > start - 20 && open > 0 && (at(open) == ':' || Letters.isOfName(at(open)))) {
      open--;
    }
    if (!quoted && at(open) != '<') {
      return null;
    }
    int limit = Math.min(text.length(), named + FARTHEST);
    for (int i = named; i < limit && at(i) != '<'; i++) {
      if (at(i) == '>') {
        return at(i - 1) == '/' ? null : new Separator(Kind.TAG, i + 1, false);
      }
      if (quoted && !Character.isWhitespace(at(i))) {
        return null;
      }
    }
    return null;
  }

  private boolean isOption(int start, @Nullable Quote closing) {
    if (at(start - 1) != '-') {
      return closing == null && isSet(start);
    }
    int before = at(start - 2) == '-' ? start - 3 : start - 2;
    char c = at(before);
    return c == '\0' || Character.isWhitespace(c) || (closing != null && "\"'".indexOf(c) >= 0);
  }

  /** Whether the name at {@code start} is a variable that a command sets. */
  private boolean isSet(int start) {
    char c = at(start - 1);
    return (c == ' ' || c == '\t')
        && SETTING.matcher(text).region(Math.max(0, start - SHORT), start).find();
  }

  private @Nullable Separator option(int named, int next, boolean quoted) {
    if (quoted) {
      return at(next) == ',' ? new Separator(Kind.COMMA, white(next + 1), false) : null;
    }
    return next > named && next < text.length() && at(next) != '-' && at(next) != '\n'
        ? new Separator(Kind.OPTION, next, false)
        : null;
  }

  private @Nullable Separator inProse(int named, int next, Secrecy secrecy) {
    Matcher is = at(IS, named);
    if (is.lookingAt()) {
      return new Separator(Kind.WORD, blanks(is.end() - 1), true);
    }
    Matcher asianIs = at(ASIAN_IS, named);
    if (asianIs.lookingAt()) {
      return new Separator(Kind.WORD, asianIs.end(), true);
    }
    Matcher slip = at(SLIP, named);
    if (slip.lookingAt()) {
      return new Separator(Kind.GAP, slip.end(), false);
    }
    boolean word = secrecy == Secrecy.PASSWORD || secrecy == Secrecy.PHRASE;
    boolean quoted = quotes.opening(next) != null;
    boolean apart = next > named || (named > 0 && Letters.isAsian(at(named - 1)));
    return apart && next < text.length() && !Letters.isAsian(at(next)) && (!quoted || word)
        ? new Separator(Kind.GAP, next, false)
        : null;
  }

  private Matcher at(Pattern pattern, int at) {
    return pattern.matcher(text).region(Math.min(at, text.length()), text.length());
  }

  private int blanks(int from) {
    int i = from;
    while (at(i) == ' ' || at(i) == '\t' || at(i) == '\u3000') {
      i++;
    }
    return i;
  }

  private int white(int from) {
    int i = from;
    while (i < text.length() && (Character.isWhitespace(at(i)) || isEscapedWhite(i))) {
      i += at(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  private boolean isEscapedWhite(int i) {
    return at(i) == '\\' && (at(i + 1) == 'n' || at(i + 1) == 'r' || at(i + 1) == 't');
  }

  private char at(int i) {
    return i < 0 || i >= text.length() ? '\0' : text.charAt(i);
  }
}

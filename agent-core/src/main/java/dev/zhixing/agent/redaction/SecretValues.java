package dev.zhixing.agent.redaction;

import dev.zhixing.agent.RecordedCall;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells secrets from other values that follow a secret's name. */
final class SecretValues {
  /** What is longer is taken for a secret, so that no value need be read twice. */
  private static final int LONGEST_TALK = 200;

  private static final Pattern NOTHING =
      Pattern.compile("(?i)null|none|nil|true|false|undefined|n/a|[.…*•xX-]{3,}|\\[redacted]|");

  /** A value that is elsewhere: in a variable, in a form to be filled in. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "\\$\\{[^}]*}|\\$\\([^)]*\\)|\\$[A-Z_][A-Z0-9_]*|%[A-Z_]+%|\\$?\\{\\{.*|\\{[a-z_]*}"
              + "|<[A-Za-z _-]+>|%s");

  /** Code that computes a value: a call, or an element. */
  private static final Pattern COMPUTED = Pattern.compile("[A-Za-z_][A-Za-z_.]*[(\\[].*");

  private static final Pattern SMALL_NUMBER = Pattern.compile("\\d{1,5}|\\d+\\.\\d+");
  private static final Pattern PLACE_ON_A_BOARD = Pattern.compile("\\d{1,2}");

  /** What follows "password" or "password is" in talk about passwords, and types of values. */
  private static final Set<String> WORDS_OF_TALK =
      Set.of(
          """
          a an the no not in on at by to for of and or if as with without than then when \
          while where who why how what which that this it its is are was be been has have \
          had will would can could should must may might do does did my your our their his \
          her so too very only also always never still already just from into about because \
          but isn't wasn't doesn't can't required optional needed missing empty blank wrong \
          incorrect invalid valid correct right expired accepted rejected stored saved kept \
          hashed encrypted sent shown hidden changed reset set unset updated given entered \
          asked forgotten lost leaked compromised protected secure insecure safe weak strong \
          short long shorter longer simple unknown known unique different same old new good \
          bad ok okay fine available unavailable supported disabled enabled allowed denied \
          granted revoked rotated created deleted generated important case-sensitive \
          sensitive confidential patience see use used using please enter type choose input \
          include omit same-origin flag option argument parameter switch field header file \
          manager policy hash length string str text int integer number boolean bool object \
          bytes array list any void char uuid final const self\
          """
              .strip()
              .split("\\s+", -1));

  private static final Set<String> TYPES =
      Set.of("string", "str", "text", "int", "number", "any", "optional", "bytes", "char");

  private static final String[] ASIAN_TALK = {
    "什么", "必填", "必须", "必要", "错", "不", "空", "正确", "多少", "对的", "否", "无效", "过期", "一种", "一个", "用来",
    "用于", "由", "保护", "安全", "重要", "个", "需要", "什麼", "何"
  };

  private SecretValues() {}

  /**
   * Whether {@code value} is one.
   *
   * @param quoted whether it stood in quotes or in an element, so that it is no word of the text
   */
  static boolean isSecret(Secrecy secrecy, String value, boolean quoted) {
    String plain = value.strip();
    if (secrecy == Secrecy.NONE || isNone(plain, quoted)) {
      return false;
    }
    return switch (secrecy) {
      case NONE -> false;
      case IF_RANDOM -> isRandom(plain, 7);
      case TOKEN -> quoted || !SMALL_NUMBER.matcher(plain).matches();
      case PIN -> quoted || !PLACE_ON_A_BOARD.matcher(plain).matches();
      case KEY, PASSWORD, PHRASE, HEADER -> true;
    };
  }

  /**
   * Whether a word is a secret though hardly a sign says so, as in "PIN 4711", where it may be a
   * word of the text.
   */
  static boolean isSureOf(Secrecy secrecy, String word) {
    boolean digits = word.chars().allMatch(Character::isDigit);
    return switch (secrecy) {
      case PASSWORD, PHRASE, PIN -> digits ? word.length() >= 3 : isChosen(word);
      default -> isRandom(word, 16);
    };
  }

  /** Whether {@code word} looks like what people choose for a password, and no algorithm. */
  static boolean isChosen(String word) {
    return isRandom(word, 6)
        && !word.matches(
            "(?i)(?:sha|md|utf|base|pbkdf|argon|bcrypt|oauth|v)-?[0-9.]{1,4}[a-z]{0,2}");
  }

  /** Whether {@code value} is a word of talk, a place of a secret or the like, and not long. */
  static boolean isNone(String value, boolean quoted) {
    return value.length() <= LONGEST_TALK
        && (NOTHING.matcher(value).matches() || isElsewhere(value) || (!quoted && isTalk(value)));
  }

  /** Whether {@code value} only names the place of a secret, or stands where one was. */
  static boolean isElsewhere(String value) {
    return RecordedCall.mark().matcher(value).lookingAt() || ELSEWHERE.matcher(value).matches();
  }

  private static boolean isTalk(String value) {
    int end = 0;
    while (end < value.length() && isOfWord(value.charAt(end))) {
      end++;
    }
    boolean whole = end == value.length() || !Character.isLetterOrDigit(value.charAt(end));
    String word = value.substring(0, end).toLowerCase(Locale.ROOT);
    for (String talk : ASIAN_TALK) {
      if (value.startsWith(talk)) {
        return true;
      }
    }
    boolean onlyWord = end == value.length() || " \t,.;:!?)]}".indexOf(value.charAt(end)) >= 0;
    return (whole && onlyWord && WORDS_OF_TALK.contains(word)) || COMPUTED.matcher(value).matches();
  }

  /**
   * Whether {@code clause}, whose first word is one of talk, goes on as talk does: three words or
   * more without such a word after the first are a passphrase.
   */
  static boolean isSentence(String clause) {
    String[] words = clause.toLowerCase(Locale.ROOT).split("\\s+", -1);
    return words.length < 3 || Arrays.stream(words).skip(1).anyMatch(WORDS_OF_TALK::contains);
  }

  private static boolean isOfWord(char c) {
    return Character.isLetter(c) || c == '-' || c == '\'' || c == '’';
  }

  /** Whether {@code word} is the name of a type, as in {@code password: String = "x"}. */
  static boolean isType(String word) {
    return TYPES.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Whether {@code value} has letters and digits, or both cases within, and no white space. */
  static boolean isRandom(String value, int least) {
    boolean digit = false;
    boolean letter = false;
    boolean humps = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isWhitespace(c)) {
        return false;
      }
      digit |= Character.isDigit(c);
      letter |= Character.isLetter(c);
      humps |= i > 1 && Character.isUpperCase(c) && Character.isLowerCase(value.charAt(i - 1));
    }
    return value.length() >= least && letter && (digit || humps);
  }
}

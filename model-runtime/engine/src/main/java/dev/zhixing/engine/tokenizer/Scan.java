package dev.zhixing.engine.tokenizer;

/** Character classes and runs that the pre-tokenizers share. */
final class Scan {
  static final int LETTER = 0;
  static final int NUMBER = 1;
  static final int SPACE = 2;
  static final int OTHER = 3;

  private static final int LETTERS =
      1 << Character.UPPERCASE_LETTER
          | 1 << Character.LOWERCASE_LETTER
          | 1 << Character.TITLECASE_LETTER
          | 1 << Character.MODIFIER_LETTER
          | 1 << Character.OTHER_LETTER;
  private static final int MARKS =
      1 << Character.NON_SPACING_MARK
          | 1 << Character.ENCLOSING_MARK
          | 1 << Character.COMBINING_SPACING_MARK;
  private static final int NUMBERS =
      1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.LETTER_NUMBER
          | 1 << Character.OTHER_NUMBER;
  private static final int PUNCTUATION =
      1 << Character.CONNECTOR_PUNCTUATION
          | 1 << Character.DASH_PUNCTUATION
          | 1 << Character.START_PUNCTUATION
          | 1 << Character.END_PUNCTUATION
          | 1 << Character.INITIAL_QUOTE_PUNCTUATION
          | 1 << Character.FINAL_QUOTE_PUNCTUATION
          | 1 << Character.OTHER_PUNCTUATION;

  private static final int SYMBOLS =
      1 << Character.MATH_SYMBOL
          | 1 << Character.CURRENCY_SYMBOL
          | 1 << Character.MODIFIER_SYMBOL
          | 1 << Character.OTHER_SYMBOL;
  private static final int CONTROLS =
      1 << Character.CONTROL
          | 1 << Character.FORMAT
          | 1 << Character.PRIVATE_USE
          | 1 << Character.SURROGATE;

  private Scan() {}

  /** The code point at {@code i}, not looking at {@code end} and beyond. */
  static int codePoint(String text, int i, int end) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c) && i + 1 < end) {
      char low = text.charAt(i + 1);
      return Character.isLowSurrogate(low) ? Character.toCodePoint(c, low) : c;
    }
    return c;
  }

  /** The class of a code point: {@code \p{L}}, {@code \p{N}}, Unicode white space, or other. */
  static int kind(int codePoint) {
    if (isWhiteSpace(codePoint)) {
      return SPACE;
    }
    if (isLetter(codePoint)) {
      return LETTER;
    }
    return isNumber(codePoint) ? NUMBER : OTHER;
  }

  /** The end of the run of {@code kind} that starts at or before {@code i}. */
  static int run(String text, int i, int end, int kind) {
    while (i < end) {
      int c = codePoint(text, i, end);
      if (kind(c) != kind) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  static boolean isLetter(int codePoint) {
    return (LETTERS >> Character.getType(codePoint) & 1) != 0;
  }

  static boolean isLetterOrMark(int codePoint) {
    return ((LETTERS | MARKS) >> Character.getType(codePoint) & 1) != 0;
  }

  static boolean isNumber(int codePoint) {
    return (NUMBERS >> Character.getType(codePoint) & 1) != 0;
  }

  static boolean isPunctuation(int codePoint) {
    return isPunctuationType(Character.getType(codePoint));
  }

  /** As {@link #isPunctuation}, by the general category. */
  static boolean isPunctuationType(int type) {
    return (PUNCTUATION >> type & 1) != 0;
  }

  static boolean isPunctuationOrSymbol(int codePoint) {
    return ((PUNCTUATION | SYMBOLS) >> Character.getType(codePoint) & 1) != 0;
  }

  /** Control, format, private use and surrogate, by the general category. */
  static boolean isControlType(int type) {
    return (CONTROLS >> type & 1) != 0;
  }

  /** Unicode's property White_Space. */
  static boolean isWhiteSpace(int codePoint) {
    if (codePoint < 0x85) {
      return codePoint == ' ' || (codePoint >= '\t' && codePoint <= '\r');
    }
    return codePoint == 0x85
        || codePoint == 0xa0
        || codePoint == 0x1680
        || (codePoint >= 0x2000 && codePoint <= 0x200a)
        || codePoint == 0x2028
        || codePoint == 0x2029
        || codePoint == 0x202f
        || codePoint == 0x205f
        || codePoint == 0x3000;
  }

  /** The script Han, which has no character below U+2E80. */
  static boolean isHan(int codePoint) {
    if (codePoint < 0x2e80) {
      return false;
    }
    return (codePoint >= 0x4e00 && codePoint <= 0x9fff)
        || Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
  }

  /**
   * The length of an English contraction such as {@code 's} or {@code 'll} at {@code i}, else 0.
   */
  static int contraction(String text, int i, int end, boolean anyCase) {
    if (text.charAt(i) != '\'' || i + 1 >= end) {
      return 0;
    }
    char a = lower(text.charAt(i + 1), anyCase);
    if (a == 's' || a == 't' || a == 'm' || a == 'd') {
      return 2;
    }
    if (i + 2 >= end) {
      return 0;
    }
    char b = lower(text.charAt(i + 2), anyCase);
    boolean three = (a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l');
    return three ? 3 : 0;
  }

  private static char lower(char c, boolean anyCase) {
    return anyCase && c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }
}

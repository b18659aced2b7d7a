package dev.zhixing.engine.tokenizer;

/** The expressions that several pre-tokenizers share, see {@link Cut}. */
final class Cuts {
  /** Cased letters, as DeepSeek LLM's tokenizer spells them out. */
  private static final CharSet CASED =
      new CharSet(
          """
          41-5a 61-7a b5 c0-d6 d8-f6 f8-1ba 1bc-1bf 1c4-293 295-2af 370-373 376-377 37b-37d 37f
          386 388-38a 38c 38e-3a1 3a3-3f5 3f7-481 48a-52f 531-556 10a0-10c5 13a0-13f5 13f8-13fd
          1c90-1cba 1cbd-1cbf 1d00-1d2b 1d6b-1d77 1d79-1d9a 1e00-1f15 1f18-1f1d 1f20-1f45
          1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d 1f5f-1f7d 1f80-1fb4 1fb6-1fbc 1fbe 1fc2-1fc4
          1fc6-1fcc 1fd0-1fd3 1fd6-1fdb 1fe0-1fec 1ff2-1ff4 1ff6-1ffc 2102 2107 210a-2113 2115
          2119-211d 2124 2126 2128 212a-212d 212f-2134 2139 213c-213f 2145-2149 214e 2183-2184
          2c00-2c7b 2c7e-2ce4 2ceb-2cee 2cf2-2cf3 a640-a66d a680-a69b a722-a76f a771-a787
          a78b-a78e ab70-abbf fb00-fb06 fb13-fb17 ff21-ff3a ff41-ff5a 10400-1044f 104b0-104d3
          104d8-104fb 10c80-10cb2 10cc0-10cf2 118a0-118df 1e900-1e943
          """);

  private static final CharSet MARKS =
      new CharSet("21-2f 3a-7e 2018-201f 3001-3002 ff01-ff0f ff1a-ff5e");
  private static final CharSet EAST = new CharSet("800-9fa5 ac00-d7ff");
  private static final CharSet HAN_KANA = new CharSet("3040-30ff 4e00-9fa5");

  private static final CharSet BETWEEN_WORDS =
      new CharSet("21 28-29 2c 2e 3f 7c 60c 6d4 964 2026 3001-3002 ff0c");

  private Cuts() {}

  private interface Kind {
    boolean has(int codePoint);
  }

  /** {@code [\r\n]} */
  static int newLine(String text, int start, int i, int end) {
    return text.charAt(i) == '\r' || text.charAt(i) == '\n' ? i + 1 : -1;
  }

  /** {@code ?[^(\s|.,!?…。，、।۔،)]+}, a set that has the bracket and the bar, too. */
  static int words(String text, int start, int i, int end) {
    int from = text.charAt(i) == ' ' ? i + 1 : i;
    return run(text, from, end, c -> Scan.kind(c) != Scan.SPACE && !BETWEEN_WORDS.has(c));
  }

  /** {@code \p{N}} */
  static int number(String text, int start, int i, int end) {
    int c = Scan.codePoint(text, i, end);
    return Scan.isNumber(c) ? i + Character.charCount(c) : -1;
  }

  /** {@code \p{N}+} */
  static int numbers(String text, int start, int i, int end) {
    return run(text, i, end, Scan::isNumber);
  }

  /** {@code \p{N}{1,3}} */
  static int upToThreeNumbers(String text, int start, int i, int end) {
    int stop = LlamaSplit.numbers(text, i, end, 3);
    return stop > i ? stop : -1;
  }

  /** {@code [0-9][0-9][0-9]} */
  static int threeDigits(String text, int start, int i, int end) {
    return i + 3 <= end && digit(text, i) && digit(text, i + 1) && digit(text, i + 2) ? i + 3 : -1;
  }

  private static boolean digit(String text, int i) {
    char c = text.charAt(i);
    return c >= '0' && c <= '9';
  }

  /** {@code \s+$} */
  static int spacesAtEnd(String text, int start, int i, int end) {
    if (!Scan.isWhiteSpace(text.charAt(i))
        || (i > start && Scan.isWhiteSpace(text.charAt(i - 1)))) {
      return -1;
    }
    return Scan.run(text, i, end, Scan.SPACE) == end ? end : -1;
  }

  /** {@code \s?\p{L}+} */
  static int letters(String text, int start, int i, int end) {
    return spaced(text, i, end, Scan::isLetter);
  }

  /** {@code \s?\p{P}+} */
  static int punctuation(String text, int start, int i, int end) {
    return spaced(text, i, end, Scan::isPunctuation);
  }

  /** {@code \s?[...]+} with cased letters. */
  static int casedLetters(String text, int start, int i, int end) {
    return spaced(text, i, end, CASED::has);
  }

  /** {@code \s?[!-/:-~！-／：-～‘-‟　-。]+}, where white space counts as such only. */
  static int marks(String text, int start, int i, int end) {
    return spaced(text, i, end, MARKS::has);
  }

  /** {@code [一-龥ࠀ-一가-퟿]+}, where white space counts as such only. */
  static int east(String text, int start, int i, int end) {
    return run(text, i, end, c -> EAST.has(c) && !Scan.isWhiteSpace(c));
  }

  /** {@code [一-龥぀-ゟ゠-ヿ]+} */
  static int hanAndKana(String text, int start, int i, int end) {
    return run(text, i, end, HAN_KANA::has);
  }

  /** {@code [\p{P}$+<=>^~|`]+} */
  static int falconMarks(String text, int start, int i, int end) {
    return run(text, i, end, c -> PlainSplit.isMark(c) || c == '`');
  }

  /** GPT-2's chunks, of which one begins at every place. */
  static int gpt2(String text, int start, int i, int end) {
    return Gpt2Split.next(text, i, end);
  }

  /**
   * {@code [!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+|
   * ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}
   */
  static int deepseek3(String text, int start, int i, int end) {
    int c = Scan.codePoint(text, i, end);
    int after = i + Character.charCount(c);
    if (c > ' ' && c < 0x7f && Scan.isPunctuationOrSymbol(c)) {
      int stop = run(text, after, end, Cuts::isAsciiLetter);
      if (stop > after) {
        return stop;
      }
    }
    boolean mark = Scan.isPunctuationOrSymbol(c);
    if (c != '\r' && c != '\n' && !mark && !Scan.isLetter(c)) {
      int stop = run(text, after, end, Scan::isLetterOrMark);
      if (stop > after) {
        return stop;
      }
    }
    int stop = run(text, i, end, Scan::isLetterOrMark);
    if (stop > i) {
      return stop;
    }
    stop = run(text, c == ' ' ? after : i, end, Scan::isPunctuationOrSymbol);
    if (stop > i) {
      return LlamaSplit.newLines(text, stop, end, false);
    }
    return Scan.isWhiteSpace(c) ? LlamaSplit.spaces(text, i, end) : -1;
  }

  private static boolean isAsciiLetter(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static int spaced(String text, int i, int end, Kind kind) {
    int first = Scan.isWhiteSpace(text.charAt(i)) ? i + 1 : i;
    return run(text, first, end, kind);
  }

  /** The end of the run of {@code kind} at {@code i}, or -1 if it is empty. */
  private static int run(String text, int i, int end, Kind kind) {
    int stop = i;
    while (stop < end) {
      int c = Scan.codePoint(text, stop, end);
      if (!kind.has(c)) {
        break;
      }
      stop += Character.charCount(c);
    }
    return stop == i ? -1 : stop;
  }
}

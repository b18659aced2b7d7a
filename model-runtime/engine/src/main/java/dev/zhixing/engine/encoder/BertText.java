package dev.zhixing.engine.encoder;

import java.text.Normalizer;

/**
 * Cuts text into words as BERT's tokenizers do: control characters are dropped, Chinese characters
 * and punctuation stand alone, and, where the vocabulary is lower-cased, accents and upper case are
 * taken away.
 *
 * @see <a href="https://github.com/google-research/bert#tokenization">the original's rules</a>
 */
final class BertText {
  private final boolean lowercase;
  private final boolean stripAccents;

  BertText(boolean lowercase, boolean stripAccents) {
    this.lowercase = lowercase;
    this.stripAccents = stripAccents;
  }

  /** Takes the words one by one. */
  interface Words {
    /** Takes a word; false for enough. The word is the caller's, and valid during the call. */
    boolean take(StringBuilder word);
  }

  /** Gives all words of a text until there are enough. */
  void split(String text, Words words) {
    StringBuilder word = new StringBuilder();
    StringBuilder alone = new StringBuilder();
    StringBuilder plain = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      boolean space = isSpace(c);
      if (!space && isDropped(c)) {
        continue;
      }
      boolean chinese = !space && isChinese(c);
      if ((space || chinese) && !give(word, words)) {
        return;
      }
      if (space) {
        continue;
      }
      plain.setLength(0);
      normalise(c, plain);
      for (int i = 0; i < plain.length(); ) {
        int n = plain.codePointAt(i);
        i += Character.charCount(n);
        if (isPunctuation(n)) {
          alone.appendCodePoint(n);
          if (!give(word, words) || !give(alone, words)) {
            return;
          }
        } else {
          word.appendCodePoint(n);
        }
      }
      if (chinese && !give(word, words)) {
        return;
      }
    }
    give(word, words);
  }

  private static boolean give(StringBuilder word, Words words) {
    if (word.isEmpty()) {
      return true;
    }
    boolean more = words.take(word);
    word.setLength(0);
    return more;
  }

  private void normalise(int c, StringBuilder to) {
    if (c < 128) {
      to.append((char) (lowercase && c >= 'A' && c <= 'Z' ? c + 32 : c));
    } else if (!stripAccents) {
      lower(c, to);
    } else if (type(c) != Character.NON_SPACING_MARK) {
      String apart = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
      for (int i = 0; i < apart.length(); ) {
        int part = apart.codePointAt(i);
        i += Character.charCount(part);
        if (type(part) != Character.NON_SPACING_MARK) {
          lower(part, to);
        }
      }
    }
  }

  private void lower(int c, StringBuilder to) {
    if (lowercase && c == 'İ') { // the one character whose lower case is two
      to.append("i̇");
    } else {
      to.appendCodePoint(lowercase ? Character.toLowerCase(c) : c);
    }
  }

  /** Unicode's property White_Space, but for U+000B, U+000C and U+0085, which are dropped. */
  private static boolean isSpace(int c) {
    return c == ' '
        || c == '\t'
        || c == '\n'
        || c == '\r'
        || c == 0xa0
        || c == 0x1680
        || isIn(c, 0x2000, 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }

  private static boolean isDropped(int c) {
    int type = type(c);
    return c == 0
        || c == 0xfffd
        || type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.PRIVATE_USE
        || type == Character.SURROGATE;
  }

  /** The category in Unicode 8, as far as it matters here. */
  private static int type(int c) {
    if (c < 0x300) {
      return Character.getType(c);
    }
    if (LaterCharacters.contains(c)) {
      return Character.OTHER_LETTER;
    }
    return switch (c) { // which are something else now
      case 0x166d, 0x111c9 -> Character.OTHER_PUNCTUATION;
      case 0x1734, 0x1171e -> Character.NON_SPACING_MARK;
      default -> Character.getType(c);
    };
  }

  /** The blocks that BERT calls Chinese; the gap before U+2B920 is in the tokenizers, too. */
  private static boolean isChinese(int c) {
    return isIn(c, 0x4e00, 0x9fff)
        || isIn(c, 0x3400, 0x4dbf)
        || isIn(c, 0xf900, 0xfaff)
        || isIn(c, 0x20000, 0x2a6df)
        || isIn(c, 0x2a700, 0x2b81f)
        || isIn(c, 0x2b920, 0x2ceaf)
        || isIn(c, 0x2f800, 0x2fa1f);
  }

  private static boolean isIn(int c, int from, int to) {
    return c >= from && c <= to;
  }

  private static boolean isPunctuation(int c) {
    if (c < 128) {
      return isIn(c, 33, 47) || isIn(c, 58, 64) || isIn(c, 91, 96) || isIn(c, 123, 126);
    }
    return switch (type(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}

package dev.zhixing.engine.tokenizer;

import java.text.Normalizer;

/**
 * How BERT's tokenizers make words of text: control characters are dropped, Chinese characters and
 * punctuation stand alone, accents and upper case go where the vocabulary has none.
 *
 * @param clean whether control characters are dropped
 * @param chineseApart whether each Chinese character is a word
 * @param stripAccents whether accents are taken off
 * @param lowercase whether upper case becomes lower case
 * @see <a href="https://github.com/google-research/bert#tokenization">the original's rules</a>
 */
record WordText(boolean clean, boolean chineseApart, boolean stripAccents, boolean lowercase) {
  /** Takes the words of a text in order. */
  interface Words {
    /** Takes a word, valid until the call returns. */
    void word(StringBuilder word);
  }

  /** Gives the words of {@code text[start, end)} to {@code words}. */
  void split(String text, int start, int end, Words words) {
    String part = text.substring(start, end);
    if (stripAccents && !Normalizer.isNormalized(part, Normalizer.Form.NFD)) {
      part = Normalizer.normalize(part, Normalizer.Form.NFD);
    }
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < part.length(); ) {
      int c = part.codePointAt(i);
      i += Character.charCount(c);
      if (isSpace(c)) {
        give(word, words);
      } else if (!isDropped(c)) {
        boolean apart = isPunctuation(c) || (chineseApart && isChinese(c));
        if (apart) {
          give(word, words);
        }
        lower(c, word);
        if (apart) {
          give(word, words);
        }
      }
    }
    give(word, words);
  }

  private static void give(StringBuilder word, Words words) {
    if (!word.isEmpty()) {
      words.word(word);
      word.setLength(0);
    }
  }

  private void lower(int c, StringBuilder to) {
    if (c < 128) {
      to.append((char) (lowercase && c >= 'A' && c <= 'Z' ? c + 32 : c));
    } else if (lowercase && c == 0x130) {
      to.append("i\u0307"); // the one character whose lower case is two
    } else {
      to.appendCodePoint(lowercase ? Character.toLowerCase(c) : c);
    }
  }

  private boolean isSpace(int c) {
    if (clean && (c == 0x0b || c == 0x0c || c == 0x85)) {
      return false; // these are dropped before spaces are looked for
    }
    return Scan.isWhiteSpace(c);
  }

  private boolean isDropped(int c) {
    if (c > ' ' && c < 0x7f) {
      return false;
    }
    int type = type(c);
    return (clean && (c == 0 || c == 0xfffd || Scan.isControlType(type)))
        || (stripAccents && type == Character.NON_SPACING_MARK);
  }

  /**
   * The category in Unicode 8, which the tokenizers of BERT's models have, as far as it matters.
   */
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

  private static boolean isPunctuation(int c) {
    if (c < 128) {
      return c > ' ' && c < 0x7f && !(c >= '0' && c <= '9') && !Scan.isLetter(c);
    }
    return Scan.isPunctuationType(type(c));
  }

  /** The blocks that BERT calls Chinese; the gap before U+2B920 is in its tokenizers, too. */
  private static boolean isChinese(int c) {
    return (c >= 0x4e00 && c <= 0x9fff)
        || (c >= 0x3400 && c <= 0x4dbf)
        || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0x20000 && c <= 0x2a6df)
        || (c >= 0x2a700 && c <= 0x2b81f)
        || (c >= 0x2b920 && c <= 0x2ceaf)
        || (c >= 0x2f800 && c <= 0x2fa1f);
  }
}

package dev.zhixing.agent.guardrail;

import java.text.Normalizer;
import java.util.Locale;

/** How a language's text is made plain before rules look at it, and what distance means in it. */
enum Wording {
  /**
   * Words in lower case without punctuation, each with a space before it and one after the last;
   * distance counts words.
   */
  ENGLISH(2, 4, 8) {
    @Override
    String plain(String text) {
      String words =
          normal(text)
              .replaceAll("['’`]ll\\b", " will")
              .replaceAll("['’`]", "")
              .replaceAll("[^\\p{L}\\p{N}]+", " ")
              .strip();
      return words.isEmpty() ? "" : " " + words + " ";
    }

    @Override
    String literal(String word) {
      return " " + word;
    }

    @Override
    int next(String text, int at) {
      int space = at + 1 < text.length() ? text.indexOf(' ', at + 1) : -1;
      return space;
    }

    @Override
    boolean endsUnit(String text, int at) {
      return at < text.length() && text.charAt(at) == ' ';
    }
  },

  /**
   * Characters without white space and punctuation, sentences parted by {@code 。}; distance counts
   * characters of a sentence.
   */
  CHINESE(1, 8, 16) {
    @Override
    String plain(String text) {
      return normal(text).replaceAll("[。！？!?;；\\n]+", "。").replaceAll("[^\\p{L}\\p{N}。]+", "");
    }

    @Override
    String literal(String word) {
      return word;
    }

    @Override
    int next(String text, int at) {
      return at < text.length() && text.charAt(at) != '。' ? at + 1 : -1;
    }

    @Override
    boolean endsUnit(String text, int at) {
      return true;
    }
  };

  private final int keyLength;
  private final int gap;
  private final int far;

  Wording(int keyLength, int gap, int far) {
    this.keyLength = keyLength;
    this.gap = gap;
    this.far = far;
  }

  /** {@code text} made plain. */
  abstract String plain(String text);

  /** How {@code word} stands in a plain text. */
  abstract String literal(String word);

  /** The position one unit after {@code at}, or -1 where there is none. */
  abstract int next(String text, int at);

  /** Whether a word may end at {@code at}. */
  abstract boolean endsUnit(String text, int at);

  /** By how many of its first characters a literal is looked up. */
  int keyLength() {
    return keyLength;
  }

  /** The most units that a {@code ..} stands for. */
  int gap() {
    return gap;
  }

  /** Whether {@code to} lies at or after {@code from}, within the distance of a {@code >}. */
  boolean follows(String text, int from, int to) {
    int at = from;
    for (int units = 0; units <= far && at >= 0 && at <= to; units++) {
      if (at == to) {
        return true;
      }
      at = next(text, at);
    }
    return false;
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}

package dev.zhixing.engine.tokenizer;

/** Tokens that stand for one byte, spelt {@code <0x00>} to {@code <0xFF>} in vocabulary files. */
final class ByteTokens {
  private ByteTokens() {}

  /** The byte that {@code spelling} stands for, 0..255, or -1. */
  static int value(String spelling) {
    if (spelling.length() != 6 || !spelling.startsWith("<0x") || spelling.charAt(5) != '>') {
      return -1;
    }
    int high = Character.digit(spelling.charAt(3), 16);
    int low = Character.digit(spelling.charAt(4), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}

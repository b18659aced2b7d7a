package dev.zhixing.engine.tokenizer;

/**
 * GPT-2's chunks: {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+|
 * ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}.
 */
record Gpt2Split() implements PreTokenizer {
  @Override
  public void split(String text, int start, int end, ChunkConsumer consumer) {
    int i = start;
    while (i < end) {
      int next = next(text, i, end);
      consumer.chunk(i, next);
      i = next;
    }
  }

  static int next(String text, int i, int end) {
    int contraction = Scan.contraction(text, i, end, false);
    if (contraction > 0) {
      return i + contraction;
    }
    int first = i;
    if (text.charAt(i) == ' ' && i + 1 < end) {
      first++;
    }
    int kind = Scan.kind(Scan.codePoint(text, first, end));
    if (kind != Scan.SPACE) {
      return Scan.run(text, first, end, kind);
    }
    return spaces(text, i, end);
  }

  /** White space gives its last character up to the word that follows. */
  static int spaces(String text, int i, int end) {
    int stop = Scan.run(text, i, end, Scan.SPACE);
    return stop == end || stop - i == 1 ? stop : stop - 1; // white space is in the BMP
  }
}

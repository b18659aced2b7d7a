package dev.zhixing.engine.tokenizer;

/**
 * The chunks of this project's own models, each digit alone and Han apart from other letters:
 * {@code \p{N}| ?\p{IsHan}+| ?[\p{L}\p{M}&&[^\p{IsHan}]]+|[\r\n]+| ?[^\s\p{L}\p{M}\p{N}]+|\s} with
 * {@code \s} as ASCII white space. A leading space joins its chunk only where the chunk is one
 * token, so that a word has the same pieces with and without a space before it.
 */
record ZhixingSplit() implements PreTokenizer {
  @Override
  public boolean leadingSpaceApart() {
    return true;
  }

  @Override
  public void split(String text, int start, int end, ChunkConsumer consumer) {
    int i = start;
    while (i < end) {
      int next = next(text, i, end);
      consumer.chunk(i, next);
      i = next;
    }
  }

  private static int next(String text, int i, int end) {
    int c = Scan.codePoint(text, i, end);
    if (Scan.isNumber(c)) {
      return i + Character.charCount(c);
    }
    boolean space = c == ' ' && i + 1 < end;
    int first = space ? i + 1 : i;
    int head = space ? Scan.codePoint(text, first, end) : c;
    if (Scan.isHan(head)) {
      return han(text, first, end);
    }
    if (Scan.isLetterOrMark(head)) {
      return letters(text, first, end);
    }
    if (!isSpace(head) && !Scan.isNumber(head)) {
      return others(text, first, end);
    }
    int stop = i;
    while (stop < end && (text.charAt(stop) == '\r' || text.charAt(stop) == '\n')) {
      stop++;
    }
    return Math.max(stop, i + 1);
  }

  private static int han(String text, int i, int end) {
    while (i < end) {
      int c = Scan.codePoint(text, i, end);
      if (!Scan.isHan(c)) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private static int letters(String text, int i, int end) {
    while (i < end) {
      int c = Scan.codePoint(text, i, end);
      if (!Scan.isLetterOrMark(c) || Scan.isHan(c)) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private static int others(String text, int i, int end) {
    while (i < end) {
      int c = Scan.codePoint(text, i, end);
      if (isSpace(c) || Scan.isLetterOrMark(c) || Scan.isNumber(c)) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}

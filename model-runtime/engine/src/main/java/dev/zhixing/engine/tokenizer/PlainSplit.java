package dev.zhixing.engine.tokenizer;

/**
 * What llama.cpp does for files that name no pre-tokenizer: four cuts one after the other, each
 * within the pieces of the one before: runs of {@code [\p{P}$+<=>^~|]}; GPT-2's chunks; runs of
 * {@code \p{N}}; groups of three ASCII digits.
 */
record PlainSplit() implements PreTokenizer {
  @Override
  public void split(String text, int start, int end, ChunkConsumer consumer) {
    int i = start;
    while (i < end) {
      boolean marks = isMark(Scan.codePoint(text, i, end));
      int stop = i;
      while (stop < end) {
        int c = Scan.codePoint(text, stop, end);
        if (isMark(c) != marks) {
          break;
        }
        stop += Character.charCount(c);
      }
      if (marks) {
        consumer.chunk(i, stop);
      } else {
        words(text, i, stop, consumer);
      }
      i = stop;
    }
  }

  private static void words(String text, int start, int end, ChunkConsumer consumer) {
    int i = start;
    while (i < end) {
      int next = Gpt2Split.next(text, i, end);
      if (next - i > 1 && text.charAt(i) == ' ' && isNumber(text, i + 1, end)) {
        consumer.chunk(i, i + 1);
        i++;
      }
      if (isNumber(text, i, end)) {
        triples(text, i, next, consumer);
      } else {
        consumer.chunk(i, next);
      }
      i = next;
    }
  }

  private static void triples(String text, int start, int end, ChunkConsumer consumer) {
    int from = start;
    int i = start;
    while (i < end) {
      if (i + 3 <= end && digit(text, i) && digit(text, i + 1) && digit(text, i + 2)) {
        if (from < i) {
          consumer.chunk(from, i);
        }
        consumer.chunk(i, i + 3);
        i += 3;
        from = i;
      } else {
        i++;
      }
    }
    if (from < end) {
      consumer.chunk(from, end);
    }
  }

  private static boolean isNumber(String text, int i, int end) {
    return Scan.isNumber(Scan.codePoint(text, i, end));
  }

  private static boolean digit(String text, int i) {
    char c = text.charAt(i);
    return c >= '0' && c <= '9';
  }

  static boolean isMark(int c) {
    return Scan.isPunctuation(c)
        || c == '$'
        || c == '+'
        || c == '<'
        || c == '='
        || c == '>'
        || c == '^'
        || c == '~'
        || c == '|';
  }
}

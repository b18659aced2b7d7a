package dev.zhixing.engine.tokenizer;

/**
 * Llama 3's chunks: {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|
 * ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}, and Qwen's with single numbers.
 *
 * @param digits most numbers in a chunk
 * @param wholeChunksFirst whether a chunk that is a token is taken whole
 * @param marks whether {@code \p{M}} counts as letters, as Qwen 3.5 has it
 * @param breaksApart whether punctuation does not take the line breaks behind it along, as Seed
 *     Coder has it
 */
record LlamaSplit(int digits, boolean wholeChunksFirst, boolean marks, boolean breaksApart)
    implements PreTokenizer {
  LlamaSplit(int digits, boolean wholeChunksFirst) {
    this(digits, wholeChunksFirst, false, false);
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

  private int next(String text, int i, int end) {
    int contraction = Scan.contraction(text, i, end, true);
    if (contraction > 0) {
      return i + contraction;
    }
    int c = Scan.codePoint(text, i, end);
    int kind = kind(c);
    if (kind == Scan.LETTER) {
      return run(text, i, end, Scan.LETTER);
    }
    if (kind == Scan.NUMBER) {
      return numbers(text, i, end, digits);
    }
    int after = i + Character.charCount(c);
    boolean more = after < end;
    int following = more ? kind(Scan.codePoint(text, after, end)) : Scan.SPACE;
    if (following == Scan.LETTER && c != '\r' && c != '\n') {
      return run(text, after, end, Scan.LETTER);
    }
    if (kind == Scan.OTHER) {
      return punctuation(text, i, end);
    }
    if (c == ' ' && more && following == Scan.OTHER) {
      return punctuation(text, after, end);
    }
    return spaces(text, i, end);
  }

  private int punctuation(String text, int i, int end) {
    int stop = run(text, i, end, Scan.OTHER);
    return breaksApart ? stop : newLines(text, stop, end, false);
  }

  private int kind(int codePoint) {
    int kind = Scan.kind(codePoint);
    return marks && kind == Scan.OTHER && Scan.isLetterOrMark(codePoint) ? Scan.LETTER : kind;
  }

  private int run(String text, int i, int end, int kind) {
    if (!marks) {
      return Scan.run(text, i, end, kind);
    }
    int stop = i;
    while (stop < end) {
      int c = Scan.codePoint(text, stop, end);
      if (kind(c) != kind) {
        break;
      }
      stop += Character.charCount(c);
    }
    return stop;
  }

  static int numbers(String text, int i, int end, int most) {
    for (int n = 0; n < most && i < end; n++) {
      int c = Scan.codePoint(text, i, end);
      if (!Scan.isNumber(c)) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  static int newLines(String text, int i, int end, boolean slashes) {
    while (i < end && (isNewLine(text.charAt(i)) || (slashes && text.charAt(i) == '/'))) {
      i++;
    }
    return i;
  }

  /** White space up to its last line break if it has one, else as GPT-2 has it. */
  static int spaces(String text, int i, int end) {
    int stop = Scan.run(text, i, end, Scan.SPACE);
    for (int last = stop; last > i; last--) {
      if (isNewLine(text.charAt(last - 1))) {
        return last;
      }
    }
    return Gpt2Split.spaces(text, i, end);
  }

  private static boolean isNewLine(char c) {
    return c == '\r' || c == '\n';
  }
}

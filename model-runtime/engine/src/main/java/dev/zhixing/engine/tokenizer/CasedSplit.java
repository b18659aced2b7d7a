package dev.zhixing.engine.tokenizer;

/**
 * GPT-4o's and Tekken's chunks, which part words where lower case is followed by upper case: {@code
 * [^\r\n\p{L}\p{N}]?U*D+S?|[^\r\n\p{L}\p{N}]?U+D*S?|\p{N}{1,3}|
 * ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+} with {@code U} for {@code
 * [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}, {@code D} for {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}, {@code S} for
 * an English contraction.
 *
 * @param digits most numbers in a chunk
 * @param contractions whether a word takes a contraction with it
 * @param wholeChunksFirst whether a chunk that is a token is taken whole
 */
record CasedSplit(int digits, boolean contractions, boolean wholeChunksFirst)
    implements PreTokenizer {
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
    int c = Scan.codePoint(text, i, end);
    int kind = Scan.kind(c);
    int after = i + Character.charCount(c);
    int word = word(text, i, after, end, kind, c);
    if (word > 0) {
      int suffix = contractions && word < end ? Scan.contraction(text, word, end, true) : 0;
      return word + suffix;
    }
    if (kind == Scan.NUMBER) {
      return LlamaSplit.numbers(text, i, end, digits);
    }
    int first = c == ' ' && after < end ? after : i;
    if (Scan.kind(Scan.codePoint(text, first, end)) == Scan.OTHER) {
      return LlamaSplit.newLines(text, Scan.run(text, first, end, Scan.OTHER), end, true);
    }
    return LlamaSplit.spaces(text, i, end);
  }

  /** The end of the word that begins at {@code i} or, behind one other character, after it. */
  private static int word(String text, int i, int after, int end, int kind, int c) {
    boolean prefix = kind != Scan.LETTER && kind != Scan.NUMBER && c != '\r' && c != '\n';
    int stop = prefix ? lower(text, after, end) : -1;
    stop = stop > 0 ? stop : lower(text, i, end);
    stop = stop > 0 || !prefix ? stop : upper(text, after, end);
    return stop > 0 ? stop : upper(text, i, end);
  }

  /** {@code U*D+}: what is both goes to the second part only where nothing else would. */
  private static int lower(String text, int i, int end) {
    int capitals = capitals(text, i, end);
    int stop = smalls(text, capitals, end);
    if (stop > capitals) {
      return stop;
    }
    for (int last = capitals; last > i; ) {
      int c = text.codePointBefore(last);
      if (isSmall(c)) {
        return last;
      }
      last -= Character.charCount(c);
    }
    return -1;
  }

  /** {@code U+D*} */
  private static int upper(String text, int i, int end) {
    int capitals = capitals(text, i, end);
    return capitals > i ? smalls(text, capitals, end) : -1;
  }

  private static int capitals(String text, int i, int end) {
    while (i < end) {
      int c = Scan.codePoint(text, i, end);
      if (!Scan.isLetterOrMark(c) || Character.getType(c) == Character.LOWERCASE_LETTER) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private static int smalls(String text, int i, int end) {
    while (i < end) {
      int c = Scan.codePoint(text, i, end);
      if (!isSmall(c)) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private static boolean isSmall(int c) {
    int type = Character.getType(c);
    return Scan.isLetterOrMark(c)
        && type != Character.UPPERCASE_LETTER
        && type != Character.TITLECASE_LETTER;
  }
}

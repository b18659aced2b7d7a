package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.tokenizer.ScoredVocabulary.SpacePrefix;

/** One encoding with SentencePiece's rules under way. For one thread. */
final class PieceEncoder implements Specials.Parts {
  private static final byte[] ESCAPED_SPACE = {(byte) 0xe2, (byte) 0x96, (byte) 0x81};

  private final SentencePieceTokenizer tokenizer;
  private final SpacePrefix prefix;
  private final IdList ids = new IdList();
  private final Utf8 utf8 = new Utf8();
  private final PieceJoiner joiner;
  private byte[] bytes = new byte[64];
  private boolean afterToken = true;
  private boolean afterUnknown;

  PieceEncoder(SentencePieceTokenizer tokenizer, SpacePrefix prefix) {
    this.tokenizer = tokenizer;
    this.prefix = prefix;
    this.joiner = new PieceJoiner(tokenizer);
  }

  int[] result() {
    return ids.toArray();
  }

  @Override
  public void token(int id) {
    ids.add(id);
    afterToken = true;
    afterUnknown = false;
  }

  @Override
  public void text(String text, int start, int end) {
    boolean begins = prefix == SpacePrefix.ALWAYS ? afterToken : ids.size() == 0;
    int n = write(text, start, end, begins && prefix != SpacePrefix.NEVER);
    afterToken = false;
    int from = 0;
    while (from < n) {
      int to = tokenizer.wordwise() ? wordEnd(from, n) : n;
      int left = joiner.join(bytes, from, to);
      for (int i = 0; i < left; i++) {
        piece(joiner.id(i), joiner.start(i), i + 1 < left ? joiner.start(i + 1) : to);
      }
      from = to;
    }
  }

  private void piece(int id, int from, int to) {
    if (id >= 0) {
      ids.add(id);
      afterUnknown = false;
      return;
    }
    boolean spelt = true;
    for (int i = from; i < to; i++) {
      spelt &= tokenizer.byteId(bytes[i]) >= 0;
    }
    if (spelt) {
      for (int i = from; i < to; i++) {
        ids.add(tokenizer.byteId(bytes[i]));
      }
    } else if (!afterUnknown) {
      ids.add(tokenizer.unknown());
    }
    afterUnknown = !spelt;
  }

  /** The start of the next word: spaces belong to what follows them. */
  private int wordEnd(int from, int n) {
    int i = from + 1;
    while (i < n && (bytes[i] != ' ' || bytes[i - 1] == ' ')) {
      i++;
    }
    return i;
  }

  /** The part as UTF-8 with U+2581 as a space, as the pieces' bytes have it. */
  private int write(String text, int start, int end, boolean space) {
    int n = utf8.write(text, start, end);
    byte[] plain = utf8.bytes();
    if (bytes.length < n + 1) {
      bytes = new byte[Math.max(n + 1, bytes.length * 2)];
    }
    int m = 0;
    if (space) {
      bytes[m++] = ' ';
    }
    for (int i = 0; i < n; i++) {
      if (isEscapedSpace(plain, i, n)) {
        bytes[m++] = ' ';
        i += 2;
      } else {
        bytes[m++] = plain[i];
      }
    }
    return m;
  }

  /** Whether U+2581 is at {@code i}. */
  static boolean isEscapedSpace(byte[] utf8, int i, int end) {
    return utf8[i] == ESCAPED_SPACE[0]
        && i + 2 < end
        && utf8[i + 1] == ESCAPED_SPACE[1]
        && utf8[i + 2] == ESCAPED_SPACE[2];
  }
}

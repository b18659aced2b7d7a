package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/** One encoding under way: takes chunks, collects their ids. For one thread. */
final class ChunkEncoder implements PreTokenizer.ChunkConsumer {
  private final BytePairTokenizer tokenizer;
  private final PreTokenizer preTokenizer;
  private final Merger merger;
  private String text = "";
  private byte[] bytes = new byte[64];
  private int[] out = new int[64];
  private int size;

  ChunkEncoder(BytePairTokenizer tokenizer, PreTokenizer preTokenizer, MergeTable merges) {
    this.tokenizer = tokenizer;
    this.preTokenizer = preTokenizer;
    this.merger = new Merger(merges);
  }

  /** Encodes {@code text[start, end)} as ordinary text. */
  void encode(String whole, int start, int end) {
    text = whole;
    preTokenizer.split(whole, start, end, this);
  }

  void add(int id) {
    if (size == out.length) {
      out = Arrays.copyOf(out, size * 2);
    }
    out[size++] = id;
  }

  int[] result() {
    return Arrays.copyOf(out, size);
  }

  @Override
  public void chunk(int start, int end) {
    int n = utf8(start, end);
    if (n == 1) {
      add(tokenizer.byteId(bytes[0]));
      return;
    }
    if (preTokenizer.wholeChunksFirst()) {
      int whole = tokenizer.whole(bytes, n);
      if (whole >= 0) {
        add(whole);
        return;
      }
    }
    boolean apart = preTokenizer.leadingSpaceApart() && bytes[0] == ' ';
    int skipped = apart ? 1 : 0;
    int[] ids = merger.ids(n);
    for (int i = skipped; i < n; i++) {
      ids[i - skipped] = tokenizer.byteId(bytes[i]);
    }
    int left = merger.merge(n - skipped);
    if (apart) {
      int joined = left == 1 ? tokenizer.withSpace(ids[0]) : -1;
      if (joined >= 0) {
        add(joined);
        return;
      }
      add(tokenizer.byteId((byte) ' '));
    }
    for (int i = 0; i < left; i++) {
      add(ids[i]);
    }
  }

  /** Writes the chunk as UTF-8, a lone surrogate as U+FFFD; returns the number of bytes. */
  private int utf8(int start, int end) {
    int most = (end - start) * 3;
    if (bytes.length < most) {
      bytes = new byte[Math.max(most, bytes.length * 2)];
    }
    int n = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[n++] = (byte) c;
      } else if (c < 0x800) {
        bytes[n++] = (byte) (0xc0 | c >> 6);
        bytes[n++] = (byte) (0x80 | (c & 0x3f));
      } else if (Character.isSurrogate(c)) {
        int whole = Scan.codePoint(text, i, end);
        if (whole > 0xffff) {
          bytes[n++] = (byte) (0xf0 | whole >> 18);
          bytes[n++] = (byte) (0x80 | (whole >> 12 & 0x3f));
          n = lastTwo(whole, n);
          i++;
        } else {
          bytes[n++] = (byte) 0xef;
          n = lastTwo(0xfffd, n);
        }
      } else {
        bytes[n++] = (byte) (0xe0 | c >> 12);
        n = lastTwo(c, n);
      }
    }
    return n;
  }

  private int lastTwo(int codePoint, int n) {
    bytes[n] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
    bytes[n + 1] = (byte) (0x80 | (codePoint & 0x3f));
    return n + 2;
  }
}

package dev.zhixing.engine.tokenizer;

/** Text as UTF-8 in a buffer that is used again and again; lone surrogates become U+FFFD. */
final class Utf8 {
  private byte[] bytes = new byte[64];

  /** The bytes written last; valid until the next {@link #write}. */
  byte[] bytes() {
    return bytes;
  }

  /** Writes {@code text[start, end)} from the buffer's start; returns the number of bytes. */
  int write(String text, int start, int end) {
    int most = Math.multiplyExact(3, end - start);
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

package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/**
 * The one-to-one spelling of the 256 byte values as printable characters that GPT-2 introduced and
 * that vocabulary files of byte-level BPE use: a space is spelt {@code Ġ}, a line feed {@code Ċ}.
 *
 * <p>Bytes 33..126, 161..172 and 174..255 are spelt by the character of the same number, the others
 * in ascending order by U+0100 onwards. Source: {@code bytes_to_unicode} of the GPT-2 encoder.
 */
public final class ByteAlphabet {
  private static final char[] CHARS = new char[256];
  private static final short[] BYTES = new short[0x144];

  static {
    Arrays.fill(BYTES, (short) -1);
    char next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || (b >= 174 && b <= 255);
      CHARS[b] = printable ? (char) b : next++;
      BYTES[CHARS[b]] = (short) b;
    }
  }

  private ByteAlphabet() {}

  /** The character that spells the byte {@code value} (its low 8 bits count). */
  public static char spell(int value) {
    return CHARS[value & 0xff];
  }

  /** The spelling of {@code bytes}, one character each. */
  public static String spell(byte[] bytes) {
    char[] spelling = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      spelling[i] = CHARS[bytes[i] & 0xff];
    }
    return new String(spelling);
  }

  /**
   * Adds to {@code to} the bytes that a spelling in UTF-8 stands for, as one string; nothing if it
   * is not in the alphabet.
   *
   * @return whether it is
   */
  static boolean decode(PackedStrings spellings, int index, PackedStrings.Builder to) {
    byte[] bytes = spellings.bytes();
    int end = spellings.end(index);
    for (int i = spellings.start(index); i < end; i++) {
      if (value(bytes, i, end) < 0) {
        return false;
      }
      i += bytes[i] < 0 ? 1 : 0;
    }
    for (int i = spellings.start(index); i < end; i++) {
      to.append((byte) value(bytes, i, end));
      i += bytes[i] < 0 ? 1 : 0;
    }
    to.end();
    return true;
  }

  /** The byte that the character of one or two bytes at {@code i} spells, or -1. */
  private static int value(byte[] utf8, int i, int end) {
    int c = utf8[i];
    if (c < 0) {
      boolean two = (c & 0xe0) == 0xc0 && i + 1 < end && (utf8[i + 1] & 0xc0) == 0x80;
      c = two ? (c & 0x1f) << 6 | (utf8[i + 1] & 0x3f) : BYTES.length;
    }
    return c < BYTES.length ? BYTES[c] : -1;
  }
}

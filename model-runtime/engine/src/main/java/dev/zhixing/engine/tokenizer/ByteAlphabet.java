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

  /** Says whether every character is the alphabet's. */
  public static boolean spells(String spelling) {
    for (int i = 0; i < spelling.length(); i++) {
      char c = spelling.charAt(i);
      if (c >= BYTES.length || BYTES[c] < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The bytes that {@code spelling} stands for.
   *
   * @throws IllegalArgumentException if a character is none of the alphabet's
   */
  public static byte[] bytes(String spelling) {
    byte[] bytes = new byte[spelling.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = spelling.charAt(i);
      if (c >= BYTES.length || BYTES[c] < 0) {
        throw new IllegalArgumentException(
            "token '%s': U+%04X at %d is not in the byte alphabet of GPT-2; is the token a special one that is marked as normal?"
                .formatted(spelling, (int) c, i));
      }
      bytes[i] = (byte) BYTES[c];
    }
    return bytes;
  }
}

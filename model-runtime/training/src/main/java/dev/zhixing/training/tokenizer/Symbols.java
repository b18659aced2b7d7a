package dev.zhixing.training.tokenizer;

import dev.zhixing.engine.tokenizer.ByteAlphabet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The symbols of a vocabulary under construction: symbols 0..255 are the bytes, the others were
 * merged. Symbols are beginnings of one character or whole characters, never an end of one, so that
 * each merge is worth something by itself.
 */
final class Symbols {
  private final List<byte[]> bytes = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<Integer> han = new ArrayList<>();
  private final int longestHan;

  Symbols(int longestHan) {
    this.longestHan = longestHan;
    for (int b = 0; b < 256; b++) {
      add(new byte[] {(byte) b});
    }
  }

  int size() {
    return bytes.size();
  }

  byte[] bytes(int symbol) {
    return bytes.get(symbol);
  }

  String spelling(int symbol) {
    return ByteAlphabet.spell(bytes.get(symbol));
  }

  /** The symbol of both bytes one after the other, a new one if there is none yet. */
  int join(int left, int right) {
    byte[] joined = joined(left, right);
    Integer known = ids.get(ByteAlphabet.spell(joined));
    return known == null ? add(joined) : known;
  }

  private int add(byte[] symbol) {
    bytes.add(symbol);
    han.add(countHan(symbol));
    ids.put(ByteAlphabet.spell(symbol), bytes.size() - 1);
    return bytes.size() - 1;
  }

  private byte[] joined(int left, int right) {
    byte[] a = bytes.get(left);
    byte[] b = bytes.get(right);
    byte[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }

  /** Whether the two may merge at all. */
  boolean mayJoin(int left, int right) {
    byte[] a = bytes.get(left);
    int missing = missing(a);
    if (missing > 0) {
      return right >= 0x80 && right < 0xc0;
    }
    boolean whole = missing == 0 && missing(bytes.get(right)) == 0;
    return whole && han.get(left) + han.get(right) <= longestHan;
  }

  private static int countHan(byte[] utf8) {
    if (utf8.length < 3) {
      return 0;
    }
    return (int)
        new String(utf8, StandardCharsets.UTF_8).codePoints().filter(Symbols::isHan).count();
  }

  private static boolean isHan(int codePoint) {
    return codePoint >= 0x2e80
        && Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
  }

  /** How many bytes the last character lacks; -1 for what begins within a character. */
  private static int missing(byte[] symbol) {
    int lead = symbol[0] & 0xff;
    if (lead < 0x80) {
      return 0; // ASCII joins whole characters only
    }
    if (lead < 0xc0) {
      return -1;
    }
    int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    return Math.max(0, length - symbol.length);
  }

  /** By bytes, unsigned; for ties that no order of the text may decide. */
  int compare(int left, int right, int otherLeft, int otherRight) {
    int order = Arrays.compareUnsigned(joined(left, right), joined(otherLeft, otherRight));
    return order != 0 ? order : Integer.compare(bytes(left).length, bytes(otherLeft).length);
  }
}

package dev.zhixing.engine.grammar;

import java.util.Arrays;

/** A set of token ids: a list where it is small, bits where it is large. Immutable. */
final class TokenSet {
  private static final int FEW = 128;

  private final int count;
  private final int[] few;
  private final long[] bits;

  /** The set of the bits that are set among {@code words} for ids 0..64 × length - 1. */
  TokenSet(long[] words) {
    int n = 0;
    for (long word : words) {
      n += Long.bitCount(word);
    }
    count = n;
    if (n > FEW) {
      few = new int[0];
      bits = words;
      return;
    }
    few = new int[n];
    bits = new long[0];
    int k = 0;
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        few[k++] = w * 64 + Long.numberOfTrailingZeros(word);
      }
    }
  }

  int count() {
    return count;
  }

  /** About how much memory it takes. */
  int bytes() {
    return 64 + 4 * few.length + 8 * bits.length;
  }

  /** The only id of a set of one. */
  int only() {
    return few[0];
  }

  boolean contains(int id) {
    if (count <= FEW) {
      return Arrays.binarySearch(few, id) >= 0;
    }
    return id >= 0 && id < bits.length * 64 && (bits[id >> 6] >>> id & 1) != 0;
  }

  /** Sets the logits of all other ids to negative infinity. */
  void mask(float[] logits) {
    if (count <= FEW) {
      keepFew(logits);
      return;
    }
    int words = Math.min(bits.length, (logits.length + 63) / 64);
    for (int w = 0; w < words; w++) {
      int base = w * 64;
      for (long out = ~bits[w]; out != 0; out &= out - 1) {
        int id = base + Long.numberOfTrailingZeros(out);
        if (id < logits.length) {
          logits[id] = Float.NEGATIVE_INFINITY;
        }
      }
    }
    if (logits.length > bits.length * 64) {
      Arrays.fill(logits, bits.length * 64, logits.length, Float.NEGATIVE_INFINITY);
    }
  }

  private void keepFew(float[] logits) {
    float[] kept = new float[few.length];
    for (int i = 0; i < few.length; i++) {
      kept[i] = logits[few[i]];
    }
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < few.length; i++) {
      logits[few[i]] = kept[i];
    }
  }
}

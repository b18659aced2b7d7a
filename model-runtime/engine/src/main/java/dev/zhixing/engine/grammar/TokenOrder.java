package dev.zhixing.engine.grammar;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Sorts tokens by their bytes, a prefix before what it begins, equal ones by id. Four bytes at a
 * time, packed with the id into one number, as comparing byte arrays is slow.
 */
final class TokenOrder {
  private static final int STEP = 4;
  private static final int LONG = 1024; // bytes; longer common prefixes are left to comparison

  private final Tokenizer tokenizer;
  private final int[] ids;
  private final long[] keys;

  private TokenOrder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    int[] all = new int[tokenizer.size()];
    int n = 0;
    for (int id = 0; id < all.length; id++) {
      if (!tokenizer.isSpecial(id) && tokenizer.bytes(id).length > 0) {
        all[n++] = id;
      }
    }
    ids = Arrays.copyOf(all, n);
    keys = new long[n];
  }

  /** The ordinary tokens that have bytes. */
  static int[] of(Tokenizer tokenizer) {
    TokenOrder order = new TokenOrder(tokenizer);
    order.sort(0, order.ids.length, 0);
    return order.ids;
  }

  /** Sorts a range of tokens that share their first {@code offset} bytes. */
  private void sort(int from, int to, int offset) {
    if (offset >= LONG) {
      sortLong(from, to);
      return;
    }
    for (int i = from; i < to; i++) {
      keys[i] = key(tokenizer.bytes(ids[i]), offset) << 24 | ids[i];
    }
    Arrays.sort(keys, from, to);
    for (int i = from; i < to; i++) {
      ids[i] = (int) (keys[i] & 0xff_ffff);
    }
    int begin = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || keys[i] >> 24 != keys[begin] >> 24) {
        boolean ended = (keys[begin] >> 24 & 0x1ff) == 0;
        if (i - begin > 1 && !ended) {
          sort(begin, i, offset + STEP); // overwrites the keys of this range only
        }
        begin = i;
      }
    }
  }

  /** Four symbols of nine bits: a byte plus one, or nothing behind the end. */
  private static long key(byte[] bytes, int offset) {
    long key = 0;
    for (int i = offset; i < offset + STEP; i++) {
      key = key << 9 | (i < bytes.length ? (bytes[i] & 0xff) + 1 : 0);
    }
    return key;
  }

  private void sortLong(int from, int to) {
    Integer[] range = new Integer[to - from];
    Arrays.setAll(range, i -> ids[from + i]);
    Comparator<Integer> byBytes =
        (a, b) -> Arrays.compareUnsigned(tokenizer.bytes(a), tokenizer.bytes(b));
    Arrays.sort(range, byBytes.thenComparing(Comparator.naturalOrder()));
    for (int i = from; i < to; i++) {
      ids[i] = range[i - from];
    }
  }
}

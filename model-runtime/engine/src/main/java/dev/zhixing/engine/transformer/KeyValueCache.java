package dev.zhixing.engine.transformer;

import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys and values of the tokens so far, in half precision, in pages of {@value #PAGE} positions
 * that are made when they are needed. Owned by one session; one thread at a time.
 */
public final class KeyValueCache {
  /** Positions of a page. */
  static final int PAGE = 64;

  private static final float GREATEST_HALF = 65504;

  private final int layers;
  private final int heads;
  private final int headSize;
  private final List<Page> pages = new ArrayList<>();

  /**
   * One page: for each layer the keys as [head][number][position], values as
   * [head][position][number].
   */
  private static final class Page {
    private final short[][] keys;
    private final short[][] values;

    Page(int layers, int size) {
      keys = new short[layers][size];
      values = new short[layers][size];
    }
  }

  /** Creates an empty cache for a model of this shape. */
  public KeyValueCache(ModelConfig config) {
    layers = config.layers();
    heads = config.keyValueHeads();
    headSize = config.headSize();
  }

  /** Makes pages for this many positions. */
  void reserve(int positions) {
    while (pages.size() * PAGE < positions) {
      pages.add(new Page(layers, heads * headSize * PAGE));
    }
  }

  /** Gives back the pages beyond this many positions. */
  public void truncate(int positions) {
    while (pages.size() > pagesFor(positions)) {
      pages.removeLast();
    }
  }

  /** Returns the bytes that the pages take. */
  public long bytes() {
    return 4L * pages.size() * layers * heads * headSize * PAGE;
  }

  /** Returns the numbers that {@link #write} takes for this many positions: whole pages. */
  public int savedShorts(int positions) {
    return Math.multiplyExact(2 * layers * heads * headSize * PAGE, pagesFor(positions));
  }

  /** Writes the first positions, and nothing of what comes behind them. */
  public void write(int positions, ShortBuffer to) {
    for (int page = 0; page < pagesFor(positions); page++) {
      int used = Math.min(PAGE, positions - page * PAGE);
      for (int layer = 0; layer < layers; layer++) {
        to.put(keysUpTo(used, pages.get(page).keys[layer]));
        to.put(valuesUpTo(used, pages.get(page).values[layer]));
      }
    }
  }

  /** Reads what {@link #write} has written into this cache, in place of what it held. */
  public void read(int positions, ShortBuffer from) {
    reserve(positions);
    for (int page = 0; page < pagesFor(positions); page++) {
      for (int layer = 0; layer < layers; layer++) {
        from.get(pages.get(page).keys[layer]);
        from.get(pages.get(page).values[layer]);
      }
    }
  }

  private static int pagesFor(int positions) {
    return (positions + PAGE - 1) / PAGE;
  }

  private short[] keysUpTo(int used, short[] keys) {
    short[] out = keys.clone();
    for (int i = 0; i < heads * headSize; i++) {
      Arrays.fill(out, i * PAGE + used, (i + 1) * PAGE, (short) 0);
    }
    return out;
  }

  private short[] valuesUpTo(int used, short[] values) {
    short[] out = values.clone();
    for (int h = 0; h < heads; h++) {
      Arrays.fill(out, (h * PAGE + used) * headSize, (h + 1) * PAGE * headSize, (short) 0);
    }
    return out;
  }

  /** Stores one position's key and value rows, each [head][number], at the given offset. */
  void store(int layer, int position, float[] key, float[] value, int offset) {
    Page page = pages.get(position / PAGE);
    int at = position % PAGE;
    storeKey(page.keys[layer], at, key, offset);
    storeValue(page.values[layer], at, value, offset);
  }

  private void storeKey(short[] keys, int at, float[] key, int offset) {
    for (int i = 0; i < heads * headSize; i++) {
      keys[i * PAGE + at] = half(key[offset + i]);
    }
  }

  private void storeValue(short[] values, int at, float[] value, int offset) {
    for (int h = 0; h < heads; h++) {
      int to = (h * PAGE + at) * headSize;
      for (int i = 0; i < headSize; i++) {
        values[to + i] = half(value[offset + h * headSize + i]);
      }
    }
  }

  /** Rounds to half precision; held finite, so that a later token's weight 0 hides it fully. */
  private static short half(float x) {
    return Float.floatToFloat16(Math.max(-GREATEST_HALF, Math.min(GREATEST_HALF, x)));
  }

  /** Reads a page's keys of one head as [number][position]. */
  void readKeys(int layer, int page, int head, float[] to) {
    widen(pages.get(page).keys[layer], head * headSize * PAGE, headSize * PAGE, to);
  }

  /** Reads a page's values of one head as [position][number]. */
  void readValues(int layer, int page, int head, float[] to) {
    widen(pages.get(page).values[layer], head * headSize * PAGE, headSize * PAGE, to);
  }

  private static void widen(short[] from, int offset, int count, float[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = Float.float16ToFloat(from[offset + i]);
    }
  }
}

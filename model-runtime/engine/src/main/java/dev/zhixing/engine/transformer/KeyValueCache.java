package dev.zhixing.engine.transformer;

import java.util.ArrayList;
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
    int keep = (positions + PAGE - 1) / PAGE;
    while (pages.size() > keep) {
      pages.removeLast();
    }
  }

  /** Returns the bytes that the pages take. */
  public long bytes() {
    return 4L * pages.size() * layers * heads * headSize * PAGE;
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

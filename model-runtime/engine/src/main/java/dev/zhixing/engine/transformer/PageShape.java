package dev.zhixing.engine.transformer;

/**
 * The sizes of a page of {@link KeyValueCache#PAGE} positions.
 *
 * @param layers number of layers
 * @param heads key heads, and as many value heads
 * @param headSize numbers per head
 */
record PageShape(int layers, int heads, int headSize) {
  /** Numbers of a head that share a scale in {@link CacheType#Q8_0}. */
  static final int SCALED = 32;

  /** Numbers of a layer's keys in a page. */
  int numbers() {
    return heads * headNumbers();
  }

  /** Numbers of a head's keys in a page. */
  int headNumbers() {
    return headSize * KeyValueCache.PAGE;
  }

  /** Scales of a layer's keys in a page. */
  int scales() {
    return heads * headScales();
  }

  /** Scales of a head's keys in a page. */
  int headScales() {
    return blocks() * KeyValueCache.PAGE;
  }

  /** Scales of a head at one position; the last one may serve fewer numbers. */
  int blocks() {
    return (headSize + SCALED - 1) / SCALED;
  }
}

package dev.zhixing.engine.transformer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keys and values of {@link KeyValueCache#PAGE} positions in all layers, owned by one cache or
 * several. Whoever is the only owner may write, one thread for each position; a page with several
 * owners is only read. In memory and in files a layer has its keys as [head][number][position],
 * then its values as [head][position][number].
 */
abstract sealed class Page permits HalfPage, FloatPage, BytePage, MappedPage {
  static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final float GREATEST_HALF = 65504;

  final PageShape shape;
  final PageCounter counter;
  private final int bytes;
  private final AtomicInteger owners = new AtomicInteger(1);

  /**
   * @param bytes memory that this page takes
   */
  Page(PageShape shape, PageCounter counter, int bytes) {
    this.shape = shape;
    this.counter = counter;
    this.bytes = bytes;
    counter.add(bytes);
  }

  /** Takes one more owner. */
  final void share() {
    owners.incrementAndGet();
  }

  /** Loses an owner. */
  final void release() {
    if (owners.decrementAndGet() == 0) {
      counter.remove(bytes);
    }
  }

  /** Whether it must be copied before it is written. */
  boolean isReadOnly() {
    return owners.get() > 1;
  }

  /** Stores one position's key and value rows, each [head][number], at the given offset. */
  abstract void store(int layer, int at, float[] key, float[] value, int offset);

  /** Reads the keys of one head as [number][position]. */
  abstract void readKeys(int layer, int head, float[] to);

  /** Reads the values of one head as [position][number]. */
  abstract void readValues(int layer, int head, float[] to);

  /** Returns a page with the same content that can be written. */
  abstract Page copy();

  /** Takes the content of a page from its bytes. */
  abstract void read(MemorySegment from);

  /** Writes the page's bytes. */
  abstract void write(MemorySegment to);

  /** Zeroes the positions from {@code used} on. */
  final void clearFrom(int used) {
    float[] zeros = new float[shape.heads() * shape.headSize()];
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (int at = used; at < KeyValueCache.PAGE; at++) {
        store(layer, at, zeros, zeros, 0);
      }
    }
  }

  /** Rounds to half precision; held finite, so that a later token's weight 0 hides it fully. */
  static short half(float x) {
    return Float.floatToFloat16(Math.max(-GREATEST_HALF, Math.min(GREATEST_HALF, x)));
  }
}

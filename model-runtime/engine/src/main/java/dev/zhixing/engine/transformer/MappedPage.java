package dev.zhixing.engine.transformer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A page that lies in a file and is only read. A head's numbers are copied for each reading. */
final class MappedPage extends Page {
  private final CacheType type;
  private final MemorySegment data;

  /**
   * @param data exactly the bytes of a page
   */
  MappedPage(CacheType type, PageShape shape, PageCounter counter, MemorySegment data) {
    super(shape, counter, 0);
    this.type = type;
    this.data = data;
  }

  @Override
  boolean isReadOnly() {
    return true;
  }

  @Override
  void store(int layer, int at, float[] key, float[] value, int offset) {
    throw new IllegalStateException("mapped page: expected a copy before the first store");
  }

  @Override
  void readKeys(int layer, int head, float[] to) {
    read(2 * layer, head, true, to);
  }

  @Override
  void readValues(int layer, int head, float[] to) {
    read(2 * layer + 1, head, false, to);
  }

  private void read(int part, int head, boolean keys, float[] to) {
    long start = (long) part * type.partBytes(shape);
    int count = shape.headNumbers();
    long first = (long) head * count;
    switch (type) {
      case F16 -> {
        short[] halves = new short[count];
        MemorySegment.copy(data, SHORT, start + Short.BYTES * first, halves, 0, count);
        HalfPage.widen(halves, 0, count, to);
      }
      case F32 -> MemorySegment.copy(data, FLOAT, start + Float.BYTES * first, to, 0, count);
      case Q8_0 -> {
        byte[] bytes = new byte[count];
        short[] scales = new short[shape.headScales()];
        long scale = start + shape.numbers() + (long) Short.BYTES * head * scales.length;
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, start + first, bytes, 0, count);
        MemorySegment.copy(data, SHORT, scale, scales, 0, scales.length);
        if (keys) {
          BytePage.scaleKeys(shape, bytes, 0, scales, 0, to);
        } else {
          BytePage.scaleValues(shape, bytes, 0, scales, 0, to);
        }
      }
    }
  }

  @Override
  Page copy() {
    Page copy = type.newPage(shape, counter);
    copy.read(data);
    return copy;
  }

  @Override
  void read(MemorySegment from) {
    throw new IllegalStateException("mapped page: expected a copy before it is changed");
  }

  @Override
  void write(MemorySegment to) {
    MemorySegment.copy(data, 0, to, 0, data.byteSize());
  }
}

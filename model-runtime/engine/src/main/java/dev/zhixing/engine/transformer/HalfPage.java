package dev.zhixing.engine.transformer;

import java.lang.foreign.MemorySegment;

/** A page in half precision. */
final class HalfPage extends Page {
  private final short[][] keys;
  private final short[][] values;

  HalfPage(PageShape shape, PageCounter counter) {
    super(shape, counter, CacheType.F16.pageBytes(shape));
    keys = new short[shape.layers()][shape.numbers()];
    values = new short[shape.layers()][shape.numbers()];
  }

  @Override
  void store(int layer, int at, float[] key, float[] value, int offset) {
    storeKey(keys[layer], at, key, offset);
    storeValue(values[layer], at, value, offset);
  }

  private void storeKey(short[] to, int at, float[] key, int offset) {
    for (int i = 0; i < shape.heads() * shape.headSize(); i++) {
      to[i * KeyValueCache.PAGE + at] = half(key[offset + i]);
    }
  }

  private void storeValue(short[] to, int at, float[] value, int offset) {
    int headSize = shape.headSize();
    for (int h = 0; h < shape.heads(); h++) {
      int start = (h * KeyValueCache.PAGE + at) * headSize;
      for (int i = 0; i < headSize; i++) {
        to[start + i] = half(value[offset + h * headSize + i]);
      }
    }
  }

  @Override
  void readKeys(int layer, int head, float[] to) {
    widen(keys[layer], head * shape.headNumbers(), shape.headNumbers(), to);
  }

  @Override
  void readValues(int layer, int head, float[] to) {
    widen(values[layer], head * shape.headNumbers(), shape.headNumbers(), to);
  }

  static void widen(short[] from, int offset, int count, float[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = Float.float16ToFloat(from[offset + i]);
    }
  }

  @Override
  Page copy() {
    HalfPage copy = new HalfPage(shape, counter);
    for (int layer = 0; layer < shape.layers(); layer++) {
      System.arraycopy(keys[layer], 0, copy.keys[layer], 0, shape.numbers());
      System.arraycopy(values[layer], 0, copy.values[layer], 0, shape.numbers());
    }
    return copy;
  }

  @Override
  void read(MemorySegment from) {
    long at = 0;
    long part = CacheType.F16.partBytes(shape);
    for (int layer = 0; layer < shape.layers(); layer++) {
      MemorySegment.copy(from, SHORT, at, keys[layer], 0, shape.numbers());
      MemorySegment.copy(from, SHORT, at + part, values[layer], 0, shape.numbers());
      at += 2 * part;
    }
  }

  @Override
  void write(MemorySegment to) {
    long at = 0;
    long part = CacheType.F16.partBytes(shape);
    for (int layer = 0; layer < shape.layers(); layer++) {
      MemorySegment.copy(keys[layer], 0, to, SHORT, at, shape.numbers());
      MemorySegment.copy(values[layer], 0, to, SHORT, at + part, shape.numbers());
      at += 2 * part;
    }
  }
}

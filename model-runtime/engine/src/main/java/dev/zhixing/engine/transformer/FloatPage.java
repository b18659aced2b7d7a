package dev.zhixing.engine.transformer;

import java.lang.foreign.MemorySegment;

/** A page in single precision. */
final class FloatPage extends Page {
  private final float[][] keys;
  private final float[][] values;

  FloatPage(PageShape shape, PageCounter counter) {
    super(shape, counter, CacheType.F32.pageBytes(shape));
    keys = new float[shape.layers()][shape.numbers()];
    values = new float[shape.layers()][shape.numbers()];
  }

  @Override
  void store(int layer, int at, float[] key, float[] value, int offset) {
    storeKey(keys[layer], at, key, offset);
    storeValue(values[layer], at, value, offset);
  }

  private void storeKey(float[] to, int at, float[] key, int offset) {
    for (int i = 0; i < shape.heads() * shape.headSize(); i++) {
      to[i * KeyValueCache.PAGE + at] = finite(key[offset + i]);
    }
  }

  private void storeValue(float[] to, int at, float[] value, int offset) {
    int headSize = shape.headSize();
    for (int h = 0; h < shape.heads(); h++) {
      int start = (h * KeyValueCache.PAGE + at) * headSize;
      for (int i = 0; i < headSize; i++) {
        to[start + i] = finite(value[offset + h * headSize + i]);
      }
    }
  }

  private static float finite(float x) {
    return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, x));
  }

  @Override
  void readKeys(int layer, int head, float[] to) {
    System.arraycopy(keys[layer], head * shape.headNumbers(), to, 0, shape.headNumbers());
  }

  @Override
  void readValues(int layer, int head, float[] to) {
    System.arraycopy(values[layer], head * shape.headNumbers(), to, 0, shape.headNumbers());
  }

  @Override
  Page copy() {
    FloatPage copy = new FloatPage(shape, counter);
    for (int layer = 0; layer < shape.layers(); layer++) {
      System.arraycopy(keys[layer], 0, copy.keys[layer], 0, shape.numbers());
      System.arraycopy(values[layer], 0, copy.values[layer], 0, shape.numbers());
    }
    return copy;
  }

  @Override
  void read(MemorySegment from) {
    long at = 0;
    long part = CacheType.F32.partBytes(shape);
    for (int layer = 0; layer < shape.layers(); layer++) {
      MemorySegment.copy(from, FLOAT, at, keys[layer], 0, shape.numbers());
      MemorySegment.copy(from, FLOAT, at + part, values[layer], 0, shape.numbers());
      at += 2 * part;
    }
  }

  @Override
  void write(MemorySegment to) {
    long at = 0;
    long part = CacheType.F32.partBytes(shape);
    for (int layer = 0; layer < shape.layers(); layer++) {
      MemorySegment.copy(keys[layer], 0, to, FLOAT, at, shape.numbers());
      MemorySegment.copy(values[layer], 0, to, FLOAT, at + part, shape.numbers());
      at += 2 * part;
    }
  }
}

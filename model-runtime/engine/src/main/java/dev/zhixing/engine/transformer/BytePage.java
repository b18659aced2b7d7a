package dev.zhixing.engine.transformer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A page in eight bits: a number is its byte times the scale of its block of {@link
 * PageShape#SCALED} numbers of the same head and position. Scales lie behind the bytes that they
 * belong to, for keys and values alike as [head][block][position].
 */
final class BytePage extends Page {
  private static final int GREATEST = 127;

  private final byte[][] keys;
  private final short[][] keyScales;
  private final byte[][] values;
  private final short[][] valueScales;

  BytePage(PageShape shape, PageCounter counter) {
    super(shape, counter, CacheType.Q8_0.pageBytes(shape));
    keys = new byte[shape.layers()][shape.numbers()];
    keyScales = new short[shape.layers()][shape.scales()];
    values = new byte[shape.layers()][shape.numbers()];
    valueScales = new short[shape.layers()][shape.scales()];
  }

  @Override
  void store(int layer, int at, float[] key, float[] value, int offset) {
    int headSize = shape.headSize();
    for (int h = 0; h < shape.heads(); h++) {
      int head = h * shape.headNumbers();
      int from = offset + h * headSize;
      for (int b = 0; b < shape.blocks(); b++) {
        int first = b * PageShape.SCALED;
        int count = Math.min(PageShape.SCALED, headSize - first);
        int scale = h * shape.headScales() + b * KeyValueCache.PAGE + at;
        keyScales[layer][scale] =
            quantize(
                key,
                from + first,
                count,
                keys[layer],
                head + first * KeyValueCache.PAGE + at,
                KeyValueCache.PAGE);
        valueScales[layer][scale] =
            quantize(value, from + first, count, values[layer], head + at * headSize + first, 1);
      }
    }
  }

  /** Writes numbers as bytes, each {@code step} after the last, and returns their scale. */
  private static short quantize(float[] x, int offset, int count, byte[] to, int at, int step) {
    float greatest = 0;
    for (int i = 0; i < count; i++) {
      greatest = Math.max(greatest, Math.abs(x[offset + i]));
    }
    short half = half(greatest / GREATEST);
    float scale = Float.float16ToFloat(half);
    float inverse = scale == 0 ? 0 : 1 / scale;
    for (int i = 0; i < count; i++) {
      double nearest = Math.rint(x[offset + i] * inverse);
      to[at + i * step] = (byte) Math.max(-GREATEST, Math.min(GREATEST, nearest));
    }
    return half;
  }

  @Override
  void readKeys(int layer, int head, float[] to) {
    scaleKeys(
        shape,
        keys[layer],
        head * shape.headNumbers(),
        keyScales[layer],
        head * shape.headScales(),
        to);
  }

  @Override
  void readValues(int layer, int head, float[] to) {
    scaleValues(
        shape,
        values[layer],
        head * shape.headNumbers(),
        valueScales[layer],
        head * shape.headScales(),
        to);
  }

  static void scaleKeys(
      PageShape shape, byte[] bytes, int from, short[] scales, int fromScale, float[] to) {
    for (int i = 0; i < shape.headSize(); i++) {
      int row = i * KeyValueCache.PAGE;
      int scale = fromScale + i / PageShape.SCALED * KeyValueCache.PAGE;
      for (int p = 0; p < KeyValueCache.PAGE; p++) {
        to[row + p] = Float.float16ToFloat(scales[scale + p]) * bytes[from + row + p];
      }
    }
  }

  static void scaleValues(
      PageShape shape, byte[] bytes, int from, short[] scales, int fromScale, float[] to) {
    int headSize = shape.headSize();
    for (int p = 0; p < KeyValueCache.PAGE; p++) {
      int row = p * headSize;
      for (int b = 0; b < shape.blocks(); b++) {
        float scale = Float.float16ToFloat(scales[fromScale + b * KeyValueCache.PAGE + p]);
        int end = Math.min(headSize, (b + 1) * PageShape.SCALED);
        for (int i = b * PageShape.SCALED; i < end; i++) {
          to[row + i] = scale * bytes[from + row + i];
        }
      }
    }
  }

  @Override
  Page copy() {
    BytePage copy = new BytePage(shape, counter);
    for (int layer = 0; layer < shape.layers(); layer++) {
      System.arraycopy(keys[layer], 0, copy.keys[layer], 0, shape.numbers());
      System.arraycopy(keyScales[layer], 0, copy.keyScales[layer], 0, shape.scales());
      System.arraycopy(values[layer], 0, copy.values[layer], 0, shape.numbers());
      System.arraycopy(valueScales[layer], 0, copy.valueScales[layer], 0, shape.scales());
    }
    return copy;
  }

  @Override
  void read(MemorySegment from) {
    long at = 0;
    for (int layer = 0; layer < shape.layers(); layer++) {
      at = read(from, at, keys[layer], keyScales[layer]);
      at = read(from, at, values[layer], valueScales[layer]);
    }
  }

  private static long read(MemorySegment from, long at, byte[] bytes, short[] scales) {
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, bytes, 0, bytes.length);
    MemorySegment.copy(from, SHORT, at + bytes.length, scales, 0, scales.length);
    return at + bytes.length + (long) Short.BYTES * scales.length;
  }

  @Override
  void write(MemorySegment to) {
    long at = 0;
    for (int layer = 0; layer < shape.layers(); layer++) {
      at = write(keys[layer], keyScales[layer], to, at);
      at = write(values[layer], valueScales[layer], to, at);
    }
  }

  private static long write(byte[] bytes, short[] scales, MemorySegment to, long at) {
    MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, at, bytes.length);
    MemorySegment.copy(scales, 0, to, SHORT, at + bytes.length, scales.length);
    return at + bytes.length + (long) Short.BYTES * scales.length;
  }
}

package dev.zhixing.engine.gguf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/** The numbers or truth values of an array, read from the mapped file when they are asked for. */
final class GgufScalars extends AbstractList<Object> implements RandomAccess {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private final ScalarType type;
  private final int size;
  private final MemorySegment bytes;

  GgufScalars(ScalarType type, int size, MemorySegment bytes) {
    this.type = type;
    this.size = size;
    this.bytes = bytes;
  }

  ScalarType type() {
    return type;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Object get(int index) {
    return type.get(bytes, (long) index * type.bytes());
  }

  /** Copies integers of at most 32 bits; those without sign keep their bits. */
  int[] toInts() {
    int[] all = new int[size];
    if (type.bytes() == Integer.BYTES) {
      MemorySegment.copy(bytes, INT, 0, all, 0, size);
    } else {
      Arrays.setAll(all, i -> ((Number) get(i)).intValue());
    }
    return all;
  }

  /** Copies floats of 32 bits. */
  float[] toFloats() {
    float[] all = new float[size];
    MemorySegment.copy(bytes, FLOAT, 0, all, 0, size);
    return all;
  }
}

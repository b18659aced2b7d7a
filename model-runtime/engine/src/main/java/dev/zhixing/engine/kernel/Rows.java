package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads rows of a weight tensor into heap arrays, where plain code is fast from the start. */
final class Rows {
  static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Rows() {}

  /** Writes a row's numbers to {@code to[offset + i]}; every stored value is exact in a float. */
  static void read(Tensor w, int row, float[] to, int offset, Scratch scratch) {
    int columns = w.columns();
    switch (w.type()) {
      case F32 -> MemorySegment.copy(w.data(), FLOAT, row * w.rowBytes(), to, offset, columns);
      case F16 -> halves(bytes(w, row, 1, scratch), columns, to, offset);
      case Q8_0 -> q8(bytes(w, row, 1, scratch), columns, to, offset);
    }
  }

  /** Returns the bytes of some rows, at the beginning of the scratch bytes. */
  static byte[] bytes(Tensor w, int row, int rows, Scratch scratch) {
    int count = Math.toIntExact(rows * w.rowBytes());
    byte[] bytes = scratch.bytes(count);
    MemorySegment.copy(w.data(), ValueLayout.JAVA_BYTE, row * w.rowBytes(), bytes, 0, count);
    return bytes;
  }

  private static void halves(byte[] bytes, int columns, float[] to, int offset) {
    for (int i = 0; i < columns; i++) {
      to[offset + i] = half(bytes, 2 * i);
    }
  }

  private static void q8(byte[] bytes, int columns, float[] to, int offset) {
    for (int i = 0, at = 0; i < columns; i += 32, at += 34) {
      q8Block(bytes, at + 2, half(bytes, at), to, offset + i);
    }
  }

  private static void q8Block(byte[] bytes, int from, float scale, float[] to, int offset) {
    for (int i = 0; i < 32; i++) {
      to[offset + i] = scale * bytes[from + i];
    }
  }

  static float half(byte[] bytes, int at) {
    return Float.float16ToFloat((short) ((bytes[at] & 0xff) | bytes[at + 1] << 8));
  }
}

package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies rows of a weight tensor into heap arrays, where plain code is fast from the start. */
final class Rows {
  private Rows() {}

  /** Returns the bytes of some rows, at the beginning of the scratch bytes. */
  static byte[] bytes(Tensor w, int row, int rows, Scratch scratch) {
    int count = Math.toIntExact(rows * w.rowBytes());
    byte[] bytes = scratch.bytes(count);
    MemorySegment.copy(w.data(), ValueLayout.JAVA_BYTE, row * w.rowBytes(), bytes, 0, count);
    return bytes;
  }
}

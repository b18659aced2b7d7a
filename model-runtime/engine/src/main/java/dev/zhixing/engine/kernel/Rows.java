package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies rows of a weight tensor into heap arrays, where plain code is fast from the start. */
final class Rows {
  private Rows() {}

  /** Returns the bytes of a row, at the beginning of the scratch bytes. */
  static byte[] bytes(Tensor w, int row, Scratch scratch) {
    byte[] bytes = scratch.bytes(Math.toIntExact(w.rowBytes()));
    copy(w, row, bytes, 0);
    return bytes;
  }

  /** Copies the bytes of a row. */
  static void copy(Tensor w, int row, byte[] to, int offset) {
    int count = Math.toIntExact(w.rowBytes());
    MemorySegment.copy(w.data(), ValueLayout.JAVA_BYTE, row * w.rowBytes(), to, offset, count);
  }
}

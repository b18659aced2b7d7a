package dev.zhixing.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A named, immutable array of numbers: rows of equal length, one after another in memory.
 *
 * <p>A tensor is a view; it is valid as long as the file that it came from is open, and safe for
 * use by all threads.
 *
 * @param name the tensor's name in its file, such as {@code blk.0.attn_q.weight}
 * @param type how the numbers are stored
 * @param shape the sizes, outermost first: a matrix is [rows, columns], a vector is [columns]
 * @param data the bytes, little-endian; exactly as many as shape and type need
 */
public record Tensor(String name, TensorType type, List<Long> shape, MemorySegment data) {
  /** Checks that the memory fits the shape. */
  public Tensor {
    shape = List.copyOf(shape);
    if (shape.isEmpty()) {
      throw new IllegalArgumentException(name + ": expected one size or more, found none");
    }
    long bytes = type.rowBytes(shape.getLast());
    for (int i = 0; i < shape.size(); i++) {
      long size = shape.get(i);
      if (size < 0) {
        throw new IllegalArgumentException(
            name + ": expected sizes of 0 or more, found shape " + shape);
      }
      if (i < shape.size() - 1) {
        bytes = Math.multiplyExact(bytes, size);
      }
    }
    if (data.byteSize() != bytes) {
      throw new IllegalArgumentException(
          "%s: expected %d bytes for shape %s of type %s, found %d"
              .formatted(name, bytes, shape, type, data.byteSize()));
    }
  }

  /** Returns the length of a row, the innermost size. */
  public int columns() {
    return Math.toIntExact(shape.getLast());
  }

  /** Returns the number of rows, the product of all sizes but the innermost. */
  public int rows() {
    long rows = 1;
    for (int i = 0; i < shape.size() - 1; i++) {
      rows *= shape.get(i);
    }
    return Math.toIntExact(rows);
  }

  /** Returns the bytes of one row. */
  public long rowBytes() {
    return type.rowBytes(shape.getLast());
  }

  /**
   * Writes one row as numbers.
   *
   * @param row from 0 to {@link #rows()} - 1
   * @param to where to write, {@link #columns()} numbers from {@code offset}
   * @param offset the first index to write
   */
  public void copyRow(int row, float[] to, int offset) {
    byte[] bytes = new byte[Math.toIntExact(rowBytes())];
    MemorySegment.copy(data, ValueLayout.JAVA_BYTE, row * rowBytes(), bytes, 0, bytes.length);
    type.decode(bytes, 0, columns(), to, offset);
  }

  /** Returns all numbers, row after row, in a new array. */
  public float[] toFloats() {
    int columns = columns();
    float[] all = new float[Math.multiplyExact(rows(), columns)];
    for (int row = 0; row < rows(); row++) {
      copyRow(row, all, row * columns);
    }
    return all;
  }
}

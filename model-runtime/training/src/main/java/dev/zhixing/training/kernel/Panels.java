package dev.zhixing.training.kernel;

import java.util.Arrays;

/**
 * The right-hand matrix of a product, [k, n], repacked into panels of {@link MicroKernel#COLUMNS}
 * columns so that the inner loop reads memory in order. Columns missing from the last panel are
 * zero. Filled by one thread, then read by any number of them.
 */
public final class Panels {
  private static final int W = MicroKernel.COLUMNS;

  float[] data = new float[0];
  private int k;
  private int n;

  /** Rows of the packed matrix, the length of the sums. */
  public int k() {
    return k;
  }

  /** Columns of the packed matrix. */
  public int n() {
    return n;
  }

  /** Packs B [k, n], which lies row by row at {@code b[offset + row * stride + column]}. */
  public void packRows(float[] b, int offset, int stride, int k, int n) {
    reserve(k, n);
    int whole = n / W * W;
    for (int j = 0; j < whole; j += W) {
      for (int row = 0; row < k; row++) {
        MicroKernel.copy(b, offset + row * stride + j, data, j * k + row * W);
      }
    }
    if (whole < n) {
      int base = whole * k;
      Arrays.fill(data, base, base + k * W, 0f);
      for (int row = 0; row < k; row++) {
        System.arraycopy(b, offset + row * stride + whole, data, base + row * W, n - whole);
      }
    }
  }

  /** Packs B [k, n] of which the transpose is stored: {@code b[offset + column * stride + row]}. */
  public void packColumns(float[] b, int offset, int stride, int k, int n) {
    reserve(k, n);
    int whole = n / W * W;
    if (whole < n) {
      Arrays.fill(data, whole * k, whole * k + k * W, 0f);
    }
    for (int column = 0; column < n; column++) {
      int to = column / W * W * k + column % W;
      int from = offset + column * stride;
      for (int row = 0; row < k; row++) {
        data[to + row * W] = b[from + row];
      }
    }
  }

  /** Counts the zero columns that fill the last panel as columns of the matrix. */
  public void widen() {
    n = Math.ceilDiv(n, W) * W;
  }

  /** Rounds a number of columns up to whole panels. */
  public static int widened(int columns) {
    return Math.ceilDiv(columns, W) * W;
  }

  private void reserve(int k, int n) {
    this.k = k;
    this.n = n;
    int size = Math.ceilDiv(n, W) * W * k;
    if (data.length < size) {
      data = new float[size];
    }
  }
}

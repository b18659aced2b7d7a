package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.BlockScales;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.util.Arrays;

/**
 * Up to {@value Kernels#ROWS} weight rows that are multiplied together, in vectors along the rows.
 * Where there are fewer, the last one stands for the missing ones, too, and their results are
 * dropped.
 */
record RowGroup(Tensor w, Bands bands, int r) {
  private static final int L = VectorKernels.SPECIES.length();

  /** Rows that one loop goes along, so that several sums are in flight. */
  private static final int FOUR = 4;

  /** Numbers of a row that are turned into floats at a time, small enough for the fastest cache. */
  private static final int PART = 512;

  private int rows() {
    return bands.count();
  }

  private int row(int i) {
    return bands.row(r, i);
  }

  /** Numbers that are not quantized. */
  void multiplyNumbers(Inputs x, float[] y, Scratch scratch) {
    for (int i = 0; i < rows(); i += FOUR) {
      multiplyFour(i, x, y, scratch);
    }
  }

  private void multiplyFour(int from, Inputs x, float[] y, Scratch scratch) {
    int columns = w.columns();
    float[] numbers = scratch.panel(FOUR * PART);
    int size = FOUR * Kernels.LANES;
    float[] sums = scratch.floats(x.count() * size);
    Arrays.fill(sums, 0, x.count() * size, 0);
    for (int column = 0; column < columns; column += PART) {
      int count = Math.min(PART, columns - column);
      for (int i = 0; i < FOUR; i++) {
        Unpack.floats(w, row(from + i), column, count, numbers, i * PART, scratch);
      }
      for (int c = 0; c < x.count(); c++) {
        addProducts(numbers, count, x.floats(), c * columns + column, sums, c * size);
      }
    }
    for (int c = 0; c < x.count(); c++) {
      for (int i = 0; i < Math.min(FOUR, rows() - from); i++) {
        y[c * w.rows() + row(from + i)] = total(sums, c * size + i * Kernels.LANES);
      }
    }
  }

  private static void addProducts(float[] w, int count, float[] x, int xAt, float[] sums, int to) {
    int whole = count - count % Kernels.LANES;
    for (int lane = 0; lane < Kernels.LANES; lane += L) {
      RowProducts.addFloats(w, PART, whole, x, xAt, lane, sums, to);
    }
    for (int row = 0; row < FOUR; row++) {
      for (int i = whole; i < count; i++) {
        int lane = to + row * Kernels.LANES + i - whole;
        sums[lane] = Math.fma(w[row * PART + i], x[xAt + i], sums[lane]);
      }
    }
  }

  private static float total(float[] sums, int from) {
    float total = 0;
    for (int i = 0; i < Kernels.LANES; i++) {
      total += sums[from + i];
    }
    return total;
  }

  /** Blocks of 32 numbers. */
  void multiplySmall(Inputs x, float[] y, Scratch scratch) {
    int blocks = w.columns() / 32;
    float[] scales = scratch.panel(Kernels.ROWS * blocks);
    BlockScales rowScales = scratch.scales(w.type(), Kernels.ROWS * w.columns());
    unpack(0, Kernels.ROWS, rowScales, scratch);
    transpose(rowScales.scale, blocks, scales);
    int size = Kernels.ROWS / FOUR * blocks * L;
    float[] sums = scratch.floats(size + Kernels.ROWS); // the totals lie behind the sums
    for (int c = 0; c < x.count(); c++) {
      Arrays.fill(sums, 0, size + Kernels.ROWS, 0);
      addUnpacked(x, c, sums, scratch);
      addTotals(sums, blocks, scales, x.scales(), c * blocks, sums, size);
      write(sums, size, c, y);
      if (BlockRows.hasMinimums(w.type())) {
        for (int i = 0; i < rows(); i++) {
          y[c * w.rows() + row(i)] -=
              BlockRows.addMinimums(0, rowScales, i * blocks, 1, blocks, x, c * blocks);
        }
      }
    }
  }

  /**
   * Adds some blocks of an input to the totals of the rows.
   *
   * @param sums [rows / 4][blocks][L]
   * @param scales the weights' scales, [blocks][Kernels.ROWS]
   * @param inputScales the input's scales, from {@code input} on
   * @param totals [Kernels.ROWS], from {@code to} on
   */
  private static void addTotals(
      float[] sums,
      int blocks,
      float[] scales,
      float[] inputScales,
      int input,
      float[] totals,
      int to) {
    for (int row = 0; row < Kernels.ROWS; row += L) {
      int from = row / FOUR * blocks * L;
      RowTotals.add(
          sums, from, blocks * L, blocks, scales, row, inputScales, input, totals, to + row);
    }
  }

  /** Writes the totals of an input, from {@code from} on, as its results. */
  void write(float[] totals, int from, int c, float[] y) {
    for (int i = 0; i < rows(); i++) {
      y[c * w.rows() + row(i)] = totals[from + i];
    }
  }

  private void addUnpacked(Inputs x, int c, float[] sums, Scratch scratch) {
    int columns = w.columns();
    int blocks = columns / 32;
    byte[] codes = scratch.codes(Kernels.ROWS * columns);
    for (int i = 0; i < Kernels.ROWS; i += FOUR) {
      int to = i / FOUR * blocks * L;
      for (int part = 0; part < 16; part += L) {
        BlockProducts.addCodes(
            codes, i * columns, columns, blocks, x.codes(), c * columns, part, sums, to);
      }
    }
  }

  private static void transpose(float[] scale, int blocks, float[] to) {
    for (int i = 0; i < Kernels.ROWS; i++) {
      for (int b = 0; b < blocks; b++) {
        to[b * Kernels.ROWS + i] = scale[i * blocks + b];
      }
    }
  }

  /** Blocks of 256 numbers. */
  void multiplyBig(Inputs x, float[] y, Scratch scratch) {
    for (int i = 0; i < rows(); i += FOUR) {
      multiplyFourBig(i, x, y, scratch);
    }
  }

  private void multiplyFourBig(int from, Inputs x, float[] y, Scratch scratch) {
    TensorType type = w.type();
    int columns = w.columns();
    int blocks = columns / 256;
    BlockScales scales = scratch.scales(type, FOUR * columns);
    byte[] codes = unpack(from, FOUR, scales, scratch);
    float[] partScales = scratch.floats(FOUR * blocks * type.parts());
    for (int i = 0; i < FOUR * blocks * type.parts(); i++) {
      partScales[i] = scales.partScale[i];
    }
    int[] products = scratch.sums(FOUR * blocks);
    for (int c = 0; c < x.count(); c++) {
      Arrays.fill(products, 0, FOUR * blocks, 0);
      BlockProducts.addBig(codes, columns, partScales, x.codes(), c * columns, products, 0, blocks);
      for (int i = 0; i < Math.min(FOUR, rows() - from); i++) {
        int first = i * blocks;
        float sum =
            BlockRows.add(0, products, first, scales.scale, first, blocks, x.scales(), c * blocks);
        if (BlockRows.hasMinimums(type)) {
          sum -= BlockRows.addMinimums(0, scales, first, type.parts(), blocks, x, c * blocks);
        }
        y[c * w.rows() + row(from + i)] = sum;
      }
    }
  }

  /** Returns the codes of some rows, one row after another, and writes their scales. */
  private byte[] unpack(int from, int count, BlockScales scales, Scratch scratch) {
    int rowBytes = Math.toIntExact(w.rowBytes());
    byte[] bytes = scratch.bytes(count * rowBytes);
    for (int i = 0; i < count; i++) {
      Rows.copy(w, row(from + i), bytes, i * rowBytes);
    }
    byte[] codes = scratch.codes(count * w.columns());
    Unpack.codes(w.type(), bytes, 0, count * w.columns(), codes);
    w.type().unpackScales(bytes, 0, count * w.columns(), scales);
    return codes;
  }
}

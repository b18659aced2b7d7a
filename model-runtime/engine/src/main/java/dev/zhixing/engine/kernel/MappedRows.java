package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Products of weight rows of the types Q8_0 and Q4_0, read where they lie in mapped memory. While
 * four rows are multiplied, the scales of the next four are collected: that has their memory
 * fetched ahead.
 */
final class MappedRows {
  private static final int L = VectorKernels.SPECIES.length();

  /** Rows that one loop goes along. */
  private static final int FOUR = 4;

  private final Tensor w;
  private final Bands bands;
  private final Inputs x;
  private final MemorySegment data;
  private final int columns;
  private final int blocks;
  private final long rowBytes;
  private final long rowStride;
  private final short[] halves;
  private final float[] scales;
  private final float[] sums;
  private final int sumCount;

  private MappedRows(Tensor w, Bands bands, Inputs x, Scratch scratch) {
    this.w = w;
    this.bands = bands;
    this.x = x;
    data = w.data();
    columns = w.columns();
    blocks = columns / 32;
    rowBytes = w.rowBytes();
    rowStride = bands.step() * rowBytes;
    halves = scratch.shorts(2 * Kernels.ROWS * blocks);
    scales = scratch.panel(Kernels.ROWS * blocks);
    sumCount = Kernels.ROWS / FOUR * blocks * L;
    sums = scratch.floats(sumCount + L); // room for results even without blocks
  }

  /** Says whether {@link #multiply} can be used. */
  static boolean canRead(Tensor w, Bands bands) {
    boolean known = w.type() == TensorType.Q8_0 || w.type() == TensorType.Q4_0;
    boolean full = bands.count() == Kernels.ROWS;
    return BlockProducts.FITS && known && w.data().isMapped() && full;
  }

  static void multiply(Tensor w, Bands bands, Inputs x, float[] y, Scratch scratch) {
    new MappedRows(w, bands, x, scratch).multiply(y);
  }

  private void multiply(float[] y) {
    int own = 0;
    sumFour(bands.from() * rowBytes, 0, 0, own, 0); // for the scales of the first four rows
    Arrays.fill(sums, 0, sumCount, 0);
    for (int r = bands.from(); r < bands.to(); r++) {
      int next = Kernels.ROWS * blocks - own;
      long toNext = r + 1 < bands.to() ? rowBytes - (Kernels.ROWS - FOUR) * rowStride : 0;
      for (int c = 0; c < x.count(); c++) {
        addProducts(r * rowBytes, c, own, next, toNext);
        if (c == 0) {
          convert(halves, own, Kernels.ROWS * blocks, scales);
        }
        new RowGroup(w, bands, r).writeTotals(sums, blocks, scales, x, c, y);
        Arrays.fill(sums, 0, VectorKernels.WIDEST ? L : sumCount, 0);
      }
      own = next;
    }
  }

  /**
   * Sums the products of one row of each band.
   *
   * @param from where the first band's row begins
   * @param own where the scales of these rows are collected; those of the first four are there
   * @param next the same for the next rows
   * @param toNext from the last four rows to the first four of the next ones
   */
  private void addProducts(long from, int c, int own, int next, long toNext) {
    for (int band = 0; band < Kernels.ROWS; band += FOUR) {
      boolean last = band + FOUR == Kernels.ROWS;
      int place = last ? next : own + band + FOUR;
      long ahead = last ? toNext : FOUR * rowStride;
      int to = band / FOUR * blocks * L;
      sumFour(from + band * rowStride, c * columns, to, place, ahead);
    }
  }

  /** Sums the products of four rows, and collects the scales of four others. */
  private void sumFour(long at, int xAt, int to, int place, long ahead) {
    if (VectorKernels.WIDEST) {
      sumShorts(at, xAt, to, place, ahead);
    } else {
      for (int part = 0; part < 16; part += L) {
        addFloats(at + part, xAt + part, to, place, ahead - part);
      }
    }
  }

  private void sumShorts(long at, int xAt, int to, int place, long ahead) {
    if (w.type() == TensorType.Q8_0) {
      ShortProducts.sumBytes(
          data, at, rowStride, blocks, x.shorts(), xAt, sums, to, halves, place, ahead);
    } else {
      ShortNibbleProducts.sumNibbles(
          data, at, rowStride, blocks, x.shorts(), xAt, sums, to, halves, place, ahead);
    }
  }

  private void addFloats(long at, int xAt, int to, int place, long ahead) {
    if (w.type() == TensorType.Q8_0) {
      BlockProducts.addBytes(
          data, at, rowStride, blocks, x.codes(), xAt, sums, to, halves, place, ahead);
    } else {
      BlockProducts.addNibbles(
          data, at, rowStride, blocks, x.codes(), xAt, sums, to, halves, place, ahead);
    }
  }

  /** The compiler turns this loop into vector code by itself. */
  private static void convert(short[] halves, int from, int count, float[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = Float.float16ToFloat(halves[from + i]);
    }
  }
}

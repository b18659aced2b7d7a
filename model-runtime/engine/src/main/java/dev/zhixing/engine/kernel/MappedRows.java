package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Products of weight rows of the types Q8_0 and Q4_0, read where they lie in mapped memory, piece
 * by piece: sums of a whole long row would leave the fastest cache before they are added up.
 */
final class MappedRows {
  private static final int L = VectorKernels.SPECIES.length();

  /** Rows that one loop goes along. */
  private static final int FOUR = 4;

  /** Blocks of a piece at most. */
  private static final int PIECE_BLOCKS = 64;

  private final Tensor w;
  private final Bands bands;
  private final Inputs x;
  private final MemorySegment data;
  private final int rowBlocks;
  private final int blocks;
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
    rowBlocks = w.columns() / 32;
    blocks = pieceBlocks(rowBlocks);
    rowStride = bands.step() * w.rowBytes();
    halves = scratch.shorts(Kernels.ROWS * blocks);
    scales = scratch.panel(Kernels.ROWS * blocks);
    sumCount = Kernels.ROWS / FOUR * blocks * L;
    sums = scratch.floats(sumCount + x.count() * Kernels.ROWS); // the totals lie behind the sums
  }

  /** Says whether {@link #multiply} can be used. */
  static boolean canRead(Tensor w, Bands bands) {
    boolean known = w.type() == TensorType.Q8_0 || w.type() == TensorType.Q4_0;
    boolean full = bands.count() == Kernels.ROWS && w.columns() > 0;
    return BlockProducts.FITS && known && w.data().isMapped() && full;
  }

  static void multiply(Tensor w, Bands bands, Inputs x, float[] y, Scratch scratch) {
    new MappedRows(w, bands, x, scratch).multiply(y);
  }

  /** Returns the size of the largest equal pieces, or the whole row's where they would be tiny. */
  private static int pieceBlocks(int rowBlocks) {
    for (int size = PIECE_BLOCKS; size >= PIECE_BLOCKS / 4; size--) {
      if (rowBlocks % size == 0) {
        return size;
      }
    }
    return rowBlocks;
  }

  private void multiply(float[] y) {
    Arrays.fill(sums, 0, sumCount, 0); // some kernels write only a part of each vector
    for (int r = bands.from(); r < bands.to(); r++) {
      Arrays.fill(sums, sumCount, sumCount + x.count() * Kernels.ROWS, 0);
      for (int first = 0; first < rowBlocks; first += blocks) {
        addPiece(r, first);
      }
      for (int c = 0; c < x.count(); c++) {
        new RowGroup(w, bands, r).write(sums, sumCount + c * Kernels.ROWS, c, y);
      }
    }
  }

  /** Adds the blocks from {@code first} on of one row of each band to the totals. */
  private void addPiece(int r, int first) {
    long from = r * w.rowBytes() + first * (long) w.type().blockBytes();
    for (int c = 0; c < x.count(); c++) {
      int input = c * rowBlocks + first;
      if (!VectorKernels.WIDEST) {
        Arrays.fill(sums, 0, sumCount, 0);
      }
      for (int band = 0; band < Kernels.ROWS; band += FOUR) {
        sumFour(from + band * rowStride, 32 * input, band / FOUR * blocks * L, band);
      }
      if (c == 0) {
        convert(halves, Kernels.ROWS * blocks, scales);
      }
      int totals = sumCount + c * Kernels.ROWS;
      RowGroup.addTotals(sums, blocks, scales, x.scales(), input, sums, totals);
    }
  }

  /** Sums the products of four rows, and collects their scales. */
  private void sumFour(long from, int xAt, int to, int scalesTo) {
    if (VectorKernels.WIDEST) {
      sumShorts(from, xAt, to, scalesTo);
    } else {
      for (int part = 0; part < 16; part += L) {
        addFloats(from, xAt, part, to, scalesTo);
      }
    }
  }

  private void sumShorts(long from, int xAt, int to, int scalesTo) {
    if (w.type() == TensorType.Q8_0) {
      ShortProducts.sumBytes(
          data, from, rowStride, blocks, x.shorts(), xAt, sums, to, halves, scalesTo);
    } else {
      ShortNibbleProducts.sumNibbles(
          data, from, rowStride, blocks, x.shorts(), xAt, sums, to, halves, scalesTo);
    }
  }

  private void addFloats(long from, int xAt, int part, int to, int scalesTo) {
    if (w.type() == TensorType.Q8_0) {
      BlockProducts.addBytes(
          data, from, rowStride, blocks, x.codes(), xAt, part, sums, to, halves, scalesTo);
    } else {
      BlockProducts.addNibbles(
          data, from, rowStride, blocks, x.codes(), xAt, part, sums, to, halves, scalesTo);
    }
  }

  /** The compiler turns this loop into vector code by itself. */
  private static void convert(short[] halves, int count, float[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = Float.float16ToFloat(halves[i]);
    }
  }
}

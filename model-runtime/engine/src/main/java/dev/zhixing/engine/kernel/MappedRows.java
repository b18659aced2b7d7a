package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Products of weight rows of the types Q8_0, Q4_0 and Q6_K, read where they lie in mapped memory,
 * piece by piece: sums of a whole long row would leave the fastest cache before they are added up.
 */
abstract sealed class MappedRows permits SixRows, WideRows {
  final Tensor w;
  final Inputs x;
  final MemorySegment data;

  /** Blocks of a piece. */
  final int blocks;

  /** From a row to that of the next band, in bytes. */
  final long rowStride;

  /** The weights' scales in half precision, block by block. */
  final short[] halves;

  final float[] scales;

  /** Sums of a piece, then the totals of each input. */
  final float[] sums;

  private final Bands bands;
  private final int rowBlocks;
  private final int scaleCount;
  private final int sumCount;

  /**
   * Makes room for pieces.
   *
   * @param mostBlocks blocks of a piece at most
   * @param scaleStep numbers between the scales of a block and those of the next one
   * @param sumStep the same for their sums
   */
  MappedRows(
      Tensor w,
      Bands bands,
      Inputs x,
      Scratch scratch,
      int mostBlocks,
      int scaleStep,
      int sumStep) {
    this.w = w;
    this.bands = bands;
    this.x = x;
    data = w.data();
    rowBlocks = w.columns() / w.type().blockSize();
    blocks = pieceBlocks(rowBlocks, mostBlocks);
    rowStride = bands.step() * w.rowBytes();
    scaleCount = scaleStep * blocks;
    halves = scratch.shorts(scaleCount);
    scales = scratch.panel(scaleCount);
    sumCount = sumStep * blocks;
    sums = scratch.floats(sumCount + x.count() * Kernels.ROWS);
  }

  /** Says whether {@link #multiply} can be used. */
  static boolean canRead(Tensor w, Bands bands) {
    boolean full = bands.count() == Kernels.ROWS && w.columns() > 0;
    return full && codeOrder(w.type()) != null && w.data().isMapped();
  }

  /** Returns how inputs for weights of a type are read, or null where none are. */
  static @Nullable CodeOrder codeOrder(TensorType type) {
    if (type == TensorType.Q6_K) {
      return VectorKernels.WIDEST ? ShortSixProducts.CODE_ORDER : null;
    }
    return VectorKernels.WIDE ? WideRows.codeOrder(type) : null;
  }

  static void multiply(Tensor w, Bands bands, Inputs x, float[] y, Scratch scratch) {
    MappedRows rows =
        w.type() == TensorType.Q6_K
            ? new SixRows(w, bands, x, scratch)
            : new WideRows(w, bands, x, scratch);
    rows.multiply(y);
  }

  /** Returns the size of the largest equal pieces, or the whole row's where they would be tiny. */
  private static int pieceBlocks(int rowBlocks, int most) {
    for (int size = most; size >= most / 4; size--) {
      if (rowBlocks % size == 0) {
        return size;
      }
    }
    return rowBlocks;
  }

  private void multiply(float[] y) {
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
      sum(from, input);
      if (c == 0) {
        convert(halves, scaleCount, scales);
      }
      addTotals(input, sumCount + c * Kernels.ROWS);
    }
  }

  /**
   * Writes the sums of one row of each band, and their scales.
   *
   * @param from where the first band's row lies in the data
   * @param input the first block of the input
   */
  abstract void sum(long from, int input);

  /** Adds the sums, scaled, to the totals from {@code to} on. */
  abstract void addTotals(int input, int to);

  /** The compiler turns this loop into vector code by itself. */
  private static void convert(short[] halves, int count, float[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = Float.float16ToFloat(halves[i]);
    }
  }
}

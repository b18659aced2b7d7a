package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;

/** Rows in mapped memory, multiplied with vectors of 256 or 512 bits. */
final class WideRows extends MappedRows {
  /** Rows that one loop goes along. */
  private static final int EIGHT = 8;

  WideRows(Tensor w, Bands bands, Inputs x, Scratch scratch) {
    super(
        w,
        bands,
        x,
        scratch,
        bytes(w) ? ShortProducts.SCALE_STEP : ShortNibbleProducts.SCALE_STEP,
        sumStep(w));
  }

  private static int sumStep(Tensor w) {
    if (!bytes(w)) {
      return ShortNibbleProducts.SUM_STEP;
    }
    return VectorKernels.WIDEST ? ShortProducts.SUM_STEP : HalfShortProducts.SUM_STEP;
  }

  private static boolean bytes(Tensor w) {
    return w.type() == TensorType.Q8_0;
  }

  /** Returns the numbers between a block of the input and the next one. */
  static int inputStep(TensorType type) {
    return type == TensorType.Q4_0 ? ShortNibbleProducts.INPUT_STEP : ShortProducts.INPUT_STEP;
  }

  @Override
  void sum(long from, int input) {
    int xAt = input * inputStep(w.type());
    for (int band = 0; band < Kernels.ROWS; band += EIGHT) {
      long row = from + band * rowStride;
      if (!bytes(w)) {
        ShortNibbleProducts.sumNibbles(
            data, row, rowStride, blocks, x.shorts(), xAt, sums, band, halves, band);
      } else if (VectorKernels.WIDEST) {
        ShortProducts.sumBytes(
            data, row, rowStride, blocks, x.shorts(), xAt, sums, 2 * band, halves, band);
      } else {
        HalfShortProducts.sumBytes(
            data, row, rowStride, blocks, x.shorts(), xAt, sums, band, halves, band);
      }
    }
  }

  @Override
  void addTotals(int input, int to) {
    if (!bytes(w)) {
      ShortNibbleProducts.addTotals(
          sums, blocks, scales, x.scales(), x.codeSums(), input, sums, to);
    } else if (VectorKernels.WIDEST) {
      ShortProducts.addTotals(sums, blocks, scales, x.scales(), input, sums, to);
    } else {
      HalfShortProducts.addTotals(sums, blocks, scales, x.scales(), input, sums, to);
    }
  }
}

package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows in mapped memory, multiplied with vectors of 256 or 512 bits. */
final class WideRows extends MappedRows {
  /** Blocks of a piece at most. */
  private static final int PIECE_BLOCKS = 64;

  /** Rows that one loop goes along. */
  private static final int EIGHT = 8;

  private static final CodeOrder BYTES = CodeOrder.plain(ShortProducts.INPUT_STEP);
  private static final CodeOrder NIBBLES = CodeOrder.plain(HalfShortNibbleProducts.INPUT_STEP);

  private final int inputStep;

  WideRows(Tensor w, Bands bands, Inputs x, Scratch scratch) {
    super(w, bands, x, scratch, PIECE_BLOCKS, scaleStep(w), sumStep(w));
    inputStep = Objects.requireNonNull(codeOrder(w.type())).step();
  }

  private static int scaleStep(Tensor w) {
    return bytes(w) ? ShortProducts.SCALE_STEP : ShortNibbleProducts.SCALE_STEP;
  }

  private static int sumStep(Tensor w) {
    if (VectorKernels.WIDEST) {
      return bytes(w) ? ShortProducts.SUM_STEP : ShortNibbleProducts.SUM_STEP;
    }
    return bytes(w) ? HalfShortProducts.SUM_STEP : HalfShortNibbleProducts.SUM_STEP;
  }

  private static boolean bytes(Tensor w) {
    return w.type() == TensorType.Q8_0;
  }

  /** Returns how inputs for weights of a type are read, or null where none are. */
  static @Nullable CodeOrder codeOrder(TensorType type) {
    return switch (type) {
      case Q8_0 -> BYTES;
      case Q4_0 -> VectorKernels.WIDEST ? ShortNibbleProducts.CODE_ORDER : NIBBLES;
      default -> null;
    };
  }

  @Override
  void sum(long from, int input) {
    int xAt = input * inputStep;
    for (int half = 0; half < 2; half++) {
      if (bytes(w)) {
        sumBytes(from, half * EIGHT, xAt);
      } else {
        sumNibbles(from, half, xAt);
      }
    }
  }

  private void sumBytes(long from, int band, int xAt) {
    long row = from + band * rowStride;
    if (VectorKernels.WIDEST) {
      ShortProducts.sumBytes(
          data, row, rowStride, blocks, x.shorts(), xAt, sums, 2 * band, halves, band);
    } else {
      HalfShortProducts.sumBytes(
          data, row, rowStride, blocks, x.shorts(), xAt, sums, band, halves, band);
    }
  }

  private void sumNibbles(long from, int half, int xAt) {
    if (VectorKernels.WIDEST) {
      int band = half * EIGHT / 2;
      long row = from + band * rowStride;
      ShortNibbleProducts.sumNibbles(
          data, row, rowStride, blocks, x.shorts(), xAt, sums, half * 16, halves, band);
    } else {
      int band = half * EIGHT;
      long row = from + band * rowStride;
      HalfShortNibbleProducts.sumNibbles(
          data, row, rowStride, blocks, x.shorts(), xAt, sums, band, halves, band);
    }
  }

  @Override
  void addTotals(int input, int to) {
    if (VectorKernels.WIDEST && bytes(w)) {
      ShortProducts.addTotals(sums, blocks, scales, x.scales(), input, sums, to);
    } else if (VectorKernels.WIDEST) {
      ShortNibbleProducts.addTotals(
          sums, blocks, scales, x.scales(), x.codeSums(), input, sums, to);
    } else if (bytes(w)) {
      HalfShortProducts.addTotals(sums, blocks, scales, x.scales(), input, sums, to);
    } else {
      HalfShortNibbleProducts.addTotals(
          sums, blocks, scales, x.scales(), x.codeSums(), input, sums, to);
    }
  }
}

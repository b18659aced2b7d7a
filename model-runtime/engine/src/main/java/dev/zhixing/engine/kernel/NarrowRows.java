package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.util.Arrays;

/** Rows in mapped memory, multiplied with vectors of 128 bits. */
final class NarrowRows extends MappedRows {
  private static final int L = VectorKernels.SPECIES.length();

  /** Rows that one loop goes along. */
  private static final int FOUR = 4;

  NarrowRows(Tensor w, Bands bands, Inputs x, Scratch scratch) {
    super(w, bands, x, scratch, Kernels.ROWS, Kernels.ROWS / FOUR * L);
  }

  @Override
  void sum(long from, int input) {
    int groupSums = blocks * L;
    Arrays.fill(sums, 0, Kernels.ROWS / FOUR * groupSums, 0);
    for (int band = 0; band < Kernels.ROWS; band += FOUR) {
      for (int part = 0; part < Kernels.LANES; part += L) {
        add(from + band * rowStride, 32 * input, part, band / FOUR * groupSums, band);
      }
    }
  }

  private void add(long from, int xAt, int part, int to, int scalesTo) {
    if (w.type() == TensorType.Q8_0) {
      BlockProducts.addBytes(
          data, from, rowStride, blocks, x.codes(), xAt, part, sums, to, halves, scalesTo);
    } else {
      BlockProducts.addNibbles(
          data, from, rowStride, blocks, x.codes(), xAt, part, sums, to, halves, scalesTo);
    }
  }

  @Override
  void addTotals(int input, int to) {
    RowGroup.addTotals(sums, blocks, scales, x.scales(), input, sums, to);
  }
}

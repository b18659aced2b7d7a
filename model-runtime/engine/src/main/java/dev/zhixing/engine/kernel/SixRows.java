package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;

/** Rows of type Q6_K in mapped memory, multiplied with vectors of 512 bits. */
final class SixRows extends MappedRows {
  /** Blocks of a piece at most. */
  private static final int PIECE_BLOCKS = 16;

  /** Numbers of a block that share a scale, and their sums. */
  private static final int PARTS = 16;

  private final int[] products;

  SixRows(Tensor w, Bands bands, Inputs x, Scratch scratch) {
    super(w, bands, x, scratch, PIECE_BLOCKS, Kernels.ROWS, 0);
    products = scratch.sums(PARTS * Kernels.ROWS * blocks);
  }

  @Override
  void sum(long from, int input) {
    ShortSixProducts.sumSixes(
        data,
        from,
        rowStride,
        Kernels.ROWS * blocks,
        x.shorts(),
        256 * input,
        x.excess(),
        products,
        halves);
  }

  @Override
  void addTotals(int input, int to) {
    ShortSixProducts.addTotals(products, blocks, scales, x.scales(), input, sums, to);
  }
}

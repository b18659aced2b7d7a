package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of the inner loops.
 *
 * <p>Every implementation gives the same bits, whatever its vector length and whether its code is
 * interpreted or compiled: each result is defined as one sequence of fused multiply-adds and
 * additions. A product of a weight row and an input of k numbers is kept as {@value #LANES} partial
 * sums; number {@code i} goes into sum {@code i % LANES}, in ascending order, and the sums are
 * added one after another, from the first to the last. Implementations are immutable and safe for
 * all threads.
 */
public interface Kernels {
  /** The number of partial sums of a product, on every machine. */
  int LANES = 16;

  /** The number of rows that are multiplied together, on every machine. */
  int ROWS = 16;

  /** Names the implementation and its vector length, for the log. */
  String name();

  /**
   * Adds products of a panel of weights with several inputs: for each input c and each r below
   * {@code width}, {@code y[c][r] +=} the partial sums of {@code w[g][i][r] · x[c][g][i]} over i,
   * one group g after another.
   *
   * @param w the panel, numbers as [group][i][width], contiguous
   * @param at the shapes and places of the operands
   * @param x the inputs
   * @param y the results
   */
  void addProducts(float[] w, Panel at, float[] x, float[] y);

  /**
   * Multiplies some weight rows, as they lie in the file, with some inputs: {@code y[c][r] = w[r] ·
   * x[c]}. Each weight is read once.
   *
   * @param bands the rows; at most {@value #ROWS} bands
   * @param y written at {@code c · w.rows() + r}
   * @param scratch the calling thread's own
   */
  void multiplyRows(Tensor w, Bands bands, Inputs x, float[] y, Scratch scratch);

  /**
   * Returns how {@link #multiplyRows} reads codes in 16 bits of inputs for weights of a type, or
   * null where it reads none.
   */
  default @Nullable CodeOrder codeOrder(TensorType type) {
    return null;
  }

  /**
   * Reads one weight row, of a type that is not quantized, as numbers.
   *
   * @param to written at {@code i}
   * @param scratch the calling thread's own
   */
  void readRow(Tensor w, int row, float[] to, Scratch scratch);

  /**
   * Reads the codes of whole blocks of a quantized type.
   *
   * @param blocks the bytes, from {@code from} on, and 16 more that may be read
   * @param codes written at {@code i}
   */
  void unpack(TensorType type, byte[] blocks, int from, int count, byte[] codes);

  /**
   * Adds products of a panel of quantized weights with all inputs, for blocks from {@code
   * fromBlock} to {@code toBlock} - 1, one after another: what {@link BlockRows} calls A.
   *
   * @param y results; the first input's are from {@code yOffset} on
   * @param yStride from an input's results to the next one's
   */
  void addBlocks(
      BlockPanel w,
      TensorType type,
      int fromBlock,
      int toBlock,
      Inputs x,
      float[] y,
      int yOffset,
      int yStride);

  /**
   * Replaces scores by {@code exp(scale · (score - greatest score))} and returns their sum, taken
   * as {@value #LANES} partial sums. Scale is positive, count at least 1.
   */
  float expAndSum(float[] scores, int offset, int count, float scale);

  /** Replaces each gate by {@code gate · sigmoid(gate) · up}. */
  void gate(float[] gate, float[] up, int offset, int count);

  /** Replaces each number by {@code exp(factor · number)}. */
  void exp(float[] x, int offset, int count, float factor);
}

package dev.zhixing.engine.kernel;

/**
 * The inner loops of an encoder, whose weights are laid out once. As with {@link Kernels}, every
 * implementation gives the same bits: each result is one sequence of fused multiply-adds and
 * additions. Immutable, safe for all threads.
 */
public interface DenseKernels {
  /** Rows of weights, or numbers of a panel, side by side. */
  int WIDTH = DenseWeights.WIDTH;

  /** Inputs that are multiplied together; arrays of inputs and results have room for whole ones. */
  int INPUTS = 6;

  /** Names the implementation and its vector length, for the log. */
  String name();

  /**
   * Adds products: for each input c below {@value #INPUTS} and each r below {@value #WIDTH}, {@code
   * y[c][r] += sum over i of w[i][r] · x[c][i]}, where the sum is made by itself, in ascending
   * order, and then added.
   *
   * @param w numbers as [i][WIDTH] from {@code wAt}
   * @param terms how many i
   * @param x inputs, the first at {@code xAt}, one each {@code xStride}
   * @param y results, the first at {@code yAt}, one each {@code yStride}
   */
  void addTile(
      float[] w,
      int wAt,
      int terms,
      float[] x,
      int xAt,
      int xStride,
      float[] y,
      int yAt,
      int yStride);

  /** Replaces each number x by {@code x/2 · (1 + erf(x / √2))}, by {@link Gelu}'s polynomial. */
  void gelu(float[] x, int offset, int count);

  /**
   * Replaces scores by {@code exp(scale · (score - greatest score))} and returns their sum, as
   * {@link Kernels#expAndSum}; the numbers from {@code count} to {@code room} become zero.
   *
   * @param room a multiple of {@value #WIDTH}
   */
  float expAndSum(float[] scores, int offset, int count, int room, float scale);

  /**
   * Replaces a row by {@code (x - mean) / sqrt(variance + epsilon) · weight + bias}. Mean and
   * variance are taken as {@value Kernels#LANES} partial sums, as {@link Kernels#expAndSum}.
   *
   * @param weight as many numbers as the row has
   */
  void normalise(float[] x, int offset, float[] weight, float[] bias, float epsilon);
}

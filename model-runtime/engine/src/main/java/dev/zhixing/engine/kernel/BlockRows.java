package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.BlockScales;
import dev.zhixing.engine.tensor.TensorType;

/**
 * Rows of quantized weights, unpacked: codes and scales. What all kernels do alike with them is
 * here, once: the steps from exact integer sums to the result.
 *
 * <p>A result is {@code A - M}. A adds up, block after block, the integer sum of the block's
 * products of codes (weighed by the parts' scales) as a float, times the weights' scale, times the
 * input's: in this order, as the reference engine does, so that few codes of the next layer's
 * inputs are rounded another way. M adds up, block after block, the weights' minimum times the sum
 * of the input's numbers (weighed by the parts' minimums).
 */
final class BlockRows {
  private BlockRows() {}

  /** Says whether a type has minimums, so that M is not 0. */
  static boolean hasMinimums(TensorType type) {
    return switch (type) {
      case Q4_1, Q5_1, Q2_K, Q4_K, Q5_K -> true;
      case F32, F16, BF16, Q4_0, Q5_0, Q8_0, Q3_K, Q6_K, IQ4_NL, IQ4_XS, MXFP4 -> false;
    };
  }

  /**
   * Continues A over some blocks.
   *
   * @param products the blocks' integer sums
   * @param scale the weights' scales, from {@code first} on
   * @param inputScale the input's scales, from {@code input} on
   */
  static float add(
      float before,
      int[] products,
      int from,
      float[] scale,
      int first,
      int blocks,
      float[] inputScale,
      int input) {
    float sum = before;
    for (int b = 0; b < blocks; b++) {
      sum += products[from + b] * scale[first + b] * inputScale[input + b];
    }
    return sum;
  }

  /**
   * Continues M over some blocks of an input, from its block {@code block} on, and the weights'
   * block {@code first} on.
   */
  static float addMinimums(
      float before, BlockScales w, int first, int parts, int blocks, Inputs x, int block) {
    float[] sums = x.sums();
    float[] scales = x.scales();
    float sum = before;
    for (int b = 0; b < blocks; b++) {
      float inputs;
      if (parts == 1) {
        inputs = sums[block + b];
      } else {
        float whole = 0;
        for (int p = 0; p < parts; p++) {
          whole += w.partMinimum[(first + b) * parts + p] * sums[(block + b) * parts + p];
        }
        inputs = whole * scales[block + b];
      }
      sum += w.minimum[first + b] * inputs;
    }
    return sum;
  }
}

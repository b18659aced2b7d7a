package dev.zhixing.engine.encoder;

import dev.zhixing.engine.kernel.DenseKernels;
import dev.zhixing.engine.tensor.Tensor;

/**
 * Layer normalisation: {@code y = (x - mean) / sqrt(variance + epsilon) · weight + bias}.
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton, Layer Normalization</a>
 */
final class LayerNorm {
  private final float[] weight;
  private final float[] bias;
  private final float epsilon;

  /** Reads weight and bias, [width], once. */
  LayerNorm(Tensor weight, Tensor bias, float epsilon) {
    this.weight = weight.toFloats();
    this.bias = bias.toFloats();
    this.epsilon = epsilon;
  }

  /** Adds the change to a row, and normalises the sum in place. */
  void addAndApply(float[] x, float[] change, int offset, DenseKernels kernels) {
    for (int i = 0; i < weight.length; i++) {
      x[offset + i] += change[offset + i];
    }
    apply(x, offset, kernels);
  }

  /** Normalises a row in place. */
  void apply(float[] x, int offset, DenseKernels kernels) {
    kernels.normalise(x, offset, weight, bias, epsilon);
  }
}

package dev.zhixing.engine.transformer;

import dev.zhixing.engine.tensor.Tensor;

/**
 * Layer normalisation: {@code y = (x - mean(x)) / sqrt(variance(x) + epsilon) · weight + bias}.
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton 2016</a>
 */
public final class LayerNorm implements Norm {
  private final float[] weight;
  private final float[] bias;
  private final float epsilon;

  /**
   * Creates a norm.
   *
   * @param weight [width]; read once
   * @param bias [width]; read once
   * @param epsilon added to the variance
   */
  public LayerNorm(Tensor weight, Tensor bias, float epsilon) {
    this.weight = weight.toFloats();
    this.bias = bias.toFloats();
    this.epsilon = epsilon;
  }

  @Override
  public void apply(float[] x, float[] y, int offset) {
    int width = weight.length;
    float mean = (float) (sum(x, offset, width) / width);
    float scale = (float) (1 / Math.sqrt(squares(x, offset, width, mean) / width + epsilon));
    for (int i = 0; i < width; i++) {
      y[offset + i] = scale * (x[offset + i] - mean) * weight[i] + bias[i];
    }
  }

  private static double sum(float[] x, int offset, int width) {
    double even = 0;
    double odd = 0;
    int i = 0;
    for (; i + 2 <= width; i += 2) {
      even += x[offset + i];
      odd += x[offset + i + 1];
    }
    return (i < width ? even + x[offset + i] : even) + odd;
  }

  private static double squares(float[] x, int offset, int width, float mean) {
    double even = 0;
    double odd = 0;
    int i = 0;
    for (; i + 2 <= width; i += 2) {
      double a = x[offset + i] - mean;
      double b = x[offset + i + 1] - mean;
      even += a * a;
      odd += b * b;
    }
    double last = i < width ? x[offset + i] - mean : 0;
    return even + odd + last * last;
  }
}

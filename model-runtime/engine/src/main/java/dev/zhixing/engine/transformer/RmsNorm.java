package dev.zhixing.engine.transformer;

import dev.zhixing.engine.tensor.Tensor;

/**
 * Root-mean-square normalisation: {@code y = x / sqrt(mean(x²) + epsilon) · weight}.
 *
 * @see <a href="https://arxiv.org/abs/1910.07467">Zhang and Sennrich 2019</a>
 */
public final class RmsNorm implements Norm {
  private final float[] weight;
  private final float epsilon;

  /**
   * Creates a norm.
   *
   * @param weight [width]; read once
   * @param epsilon added to the mean square
   */
  public RmsNorm(Tensor weight, float epsilon) {
    this.weight = weight.toFloats();
    this.epsilon = epsilon;
  }

  @Override
  public void apply(float[] x, float[] y, int offset) {
    float scale = (float) (1 / Math.sqrt(squares(x, offset) / weight.length + epsilon));
    for (int i = 0; i < weight.length; i++) {
      y[offset + i] = weight[i] * (scale * x[offset + i]);
    }
  }

  /** Sums the squares in four partial sums, for speed; the order is fixed. */
  private double squares(float[] x, int offset) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= weight.length; i += 4) {
      s0 += (double) x[offset + i] * x[offset + i];
      s1 += (double) x[offset + i + 1] * x[offset + i + 1];
      s2 += (double) x[offset + i + 2] * x[offset + i + 2];
      s3 += (double) x[offset + i + 3] * x[offset + i + 3];
    }
    for (; i < weight.length; i++) {
      s0 += (double) x[offset + i] * x[offset + i];
    }
    return s0 + s1 + (s2 + s3);
  }
}

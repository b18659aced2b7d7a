package dev.zhixing.engine.encoder;

import dev.zhixing.engine.tensor.Tensor;

/**
 * Layer normalisation: {@code y = (x - mean) / sqrt(variance + epsilon) · weight + bias}.
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton, Layer Normalization</a>
 */
final class LayerNorm {
  /** Partial sums; number i goes into sum i % LANES, and they are added from first to last. */
  private static final int LANES = 16;

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
  void addAndApply(float[] x, float[] change, int offset) {
    for (int i = 0; i < weight.length; i++) {
      x[offset + i] += change[offset + i];
    }
    apply(x, offset);
  }

  /** Normalises a row in place. */
  void apply(float[] x, int offset) {
    int width = weight.length;
    float[] sums = new float[LANES];
    int whole = width - width % LANES;
    for (int i = 0; i < whole; i += LANES) {
      addLanes(x, offset + i, LANES, sums);
    }
    addLanes(x, offset + whole, width - whole, sums);
    float mean = total(sums) / width;
    for (int i = 0; i < width; i++) {
      x[offset + i] -= mean;
    }
    for (int i = 0; i < whole; i += LANES) {
      addSquares(x, offset + i, LANES, sums);
    }
    addSquares(x, offset + whole, width - whole, sums);
    float scale = (float) (1 / Math.sqrt(total(sums) / width + epsilon));
    for (int i = 0; i < width; i++) {
      x[offset + i] = x[offset + i] * scale * weight[i] + bias[i];
    }
  }

  private static void addLanes(float[] x, int at, int count, float[] sums) {
    for (int lane = 0; lane < count; lane++) {
      sums[lane] += x[at + lane];
    }
  }

  private static void addSquares(float[] x, int at, int count, float[] sums) {
    for (int lane = 0; lane < count; lane++) {
      sums[lane] += x[at + lane] * x[at + lane];
    }
  }

  /** Adds the sums and clears them. */
  private static float total(float[] sums) {
    float total = 0;
    for (int lane = 0; lane < LANES; lane++) {
      total += sums[lane];
      sums[lane] = 0;
    }
    return total;
  }
}

package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Kernels;

/** The nonlinearity of a feed-forward block. */
public enum Activation {
  /** {@code x · sigmoid(x)}. */
  SILU {
    @Override
    void gate(Kernels kernels, float[] gate, float[] up, int offset, int count) {
      kernels.gate(gate, up, offset, count);
    }
  },
  /**
   * The Gaussian error linear unit in its tanh form, {@code x/2 · (1 + tanh(u))} with {@code u =
   * sqrt(2/π) · (x + 0.044715 x³)}, which is {@code x · sigmoid(2u)}.
   *
   * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016</a>
   */
  GELU {
    @Override
    void gate(Kernels kernels, float[] gate, float[] up, int offset, int count) {
      for (int i = offset; i < offset + count; i++) {
        float x = gate[i];
        up[i] = x * up[i];
        gate[i] = x + CUBE * (x * x * x);
      }
      kernels.exp(gate, offset, count, -2 * ROOT);
      for (int i = offset; i < offset + count; i++) {
        gate[i] = up[i] / (1 + gate[i]);
      }
    }
  };

  private static final float CUBE = 0.044715f;
  private static final float ROOT = (float) Math.sqrt(2 / Math.PI);

  /** Replaces each gate by {@code activation(gate) · up}; {@code up} is used up. */
  abstract void gate(Kernels kernels, float[] gate, float[] up, int offset, int count);
}

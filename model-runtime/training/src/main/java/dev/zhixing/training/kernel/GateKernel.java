package dev.zhixing.training.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * SwiGLU: h = silu(gate) * up with silu(g) = g / (1 + e^-g), and its gradient. A row of {@code gu}
 * holds {@code width} gates, then {@code width} ups; the width is a multiple of the vector length.
 */
public final class GateKernel {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();

  private GateKernel() {}

  /** h [rows, width] from gu [rows, 2 * width], which starts at {@code go}. */
  public static void forward(float[] gu, int go, float[] h, int rows, int width) {
    for (int t = 0; t < rows; t++) {
      int gate = go + t * 2 * width;
      for (int j = 0; j < width; j += LANES) {
        FloatVector g = FloatVector.fromArray(S, gu, gate + j);
        FloatVector u = FloatVector.fromArray(S, gu, gate + width + j);
        g.div(Exponential.exp(g.neg()).add(1f)).mul(u).intoArray(h, t * width + j);
      }
    }
  }

  /** The gradient of gu [rows, 2 * width] from that of h; also recomputes h. */
  public static void backward(
      float[] gu, int go, float[] dh, float[] dgu, float[] h, int rows, int width) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int t = 0; t < rows; t++) {
      int gate = go + t * 2 * width;
      int to = t * 2 * width;
      for (int j = 0; j < width; j += LANES) {
        FloatVector g = FloatVector.fromArray(S, gu, gate + j);
        FloatVector u = FloatVector.fromArray(S, gu, gate + width + j);
        FloatVector d = FloatVector.fromArray(S, dh, t * width + j);
        FloatVector sigmoid = one.div(Exponential.exp(g.neg()).add(1f));
        FloatVector silu = g.mul(sigmoid);
        silu.mul(u).intoArray(h, t * width + j);
        d.mul(silu).intoArray(dgu, to + width + j);
        FloatVector slope = sigmoid.fma(one.sub(silu), silu);
        d.mul(u).mul(slope).intoArray(dgu, to + j);
      }
    }
  }
}

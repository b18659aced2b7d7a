package dev.zhixing.training.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One step of AdamW on a range of parameters. */
public final class AdamKernel {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();

  private AdamKernel() {}

  /**
   * m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²; w -= decay w + rate m / (sqrt(v) + epsilon).
   *
   * @param gradientScale factor on g, for clipping
   * @param rate the learning rate with the bias corrections in it
   * @param decay learning rate times weight decay
   */
  public static void step(
      float[] w,
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      float gradientScale,
      float beta1,
      float beta2,
      float rate,
      float epsilon,
      float decay) {
    int i = from;
    FloatVector b1 = FloatVector.broadcast(S, beta1);
    FloatVector b2 = FloatVector.broadcast(S, beta2);
    for (; i <= to - LANES; i += LANES) {
      FloatVector gradient = FloatVector.fromArray(S, g, i).mul(gradientScale);
      FloatVector m1 = FloatVector.fromArray(S, m, i).fma(b1, gradient.mul(1 - beta1));
      FloatVector v1 =
          FloatVector.fromArray(S, v, i).fma(b2, gradient.mul(gradient).mul(1 - beta2));
      m1.intoArray(m, i);
      v1.intoArray(v, i);
      FloatVector old = FloatVector.fromArray(S, w, i);
      FloatVector update = m1.mul(rate).div(v1.sqrt().add(epsilon));
      old.sub(old.mul(decay)).sub(update).intoArray(w, i);
    }
    for (; i < to; i++) {
      float gradient = g[i] * gradientScale;
      m[i] = Math.fma(m[i], beta1, gradient * (1 - beta1));
      v[i] = Math.fma(v[i], beta2, gradient * gradient * (1 - beta2));
      float update = m[i] * rate / ((float) Math.sqrt(v[i]) + epsilon);
      w[i] = w[i] - w[i] * decay - update;
    }
  }
}

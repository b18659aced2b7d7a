package dev.zhixing.training.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of exponentials, for attention and for the loss. A row may be padded to a multiple of the
 * vector length: the padding is readable and gets zeros.
 */
public final class SoftmaxKernel {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();

  private SoftmaxKernel() {}

  /** The greatest of the first n values of a row. */
  public static float max(float[] x, int xo, int n) {
    FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      max = max.max(FloatVector.fromArray(S, x, xo + i));
    }
    float result = max.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      result = Math.max(result, x[xo + i]);
    }
    return result;
  }

  /**
   * x[i] = e^(scale * x[i] - shift) for the first n values, zero up to {@code padded}.
   *
   * @param padded a multiple of the vector length, at least n
   * @return the sum of the row
   */
  public static float exponentials(float[] x, int xo, int n, int padded, float scale, float shift) {
    FloatVector sum = FloatVector.zero(S);
    FloatVector factor = FloatVector.broadcast(S, scale);
    FloatVector minus = FloatVector.broadcast(S, -shift);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector e = Exponential.exp(FloatVector.fromArray(S, x, xo + i).fma(factor, minus));
      e.intoArray(x, xo + i);
      sum = sum.add(e);
    }
    if (i < n) {
      VectorMask<Float> inside = S.indexInRange(i, n);
      FloatVector e = Exponential.exp(FloatVector.fromArray(S, x, xo + i).fma(factor, minus));
      e = FloatVector.zero(S).blend(e, inside);
      e.intoArray(x, xo + i);
      sum = sum.add(e);
      i += LANES;
    }
    for (; i < padded; i += LANES) {
      FloatVector.zero(S).intoArray(x, xo + i);
    }
    return Vectors.lanes(sum);
  }

  /** ds[i] = scale * p[i] * (ds[i] - mean) for n values, n a multiple of the vector length. */
  public static void backward(
      float[] p, int po, float[] ds, int so, int n, float mean, float scale) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector d = FloatVector.fromArray(S, ds, so + i).sub(mean).mul(scale);
      d.mul(FloatVector.fromArray(S, p, po + i)).intoArray(ds, so + i);
    }
  }
}

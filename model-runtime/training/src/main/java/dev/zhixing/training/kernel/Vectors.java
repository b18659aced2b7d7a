package dev.zhixing.training.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Sums over ranges of float arrays. Lanes are added in a fixed order: equal inputs, equal bits. */
public final class Vectors {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  static final int LANES = S.length();

  private static final VectorShuffle<Float> BY_EIGHT = VectorShuffle.iota(S, 8, 1, true);
  private static final VectorShuffle<Float> BY_FOUR = VectorShuffle.iota(S, 4, 1, true);
  private static final VectorShuffle<Float> BY_TWO = VectorShuffle.iota(S, 2, 1, true);

  private Vectors() {}

  /** y[i] += x[i] for n values. */
  public static void add(float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector.fromArray(S, x, xo + i)
          .add(FloatVector.fromArray(S, y, yo + i))
          .intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] += x[xo + i];
    }
  }

  /** y[i] *= factor for n values. */
  public static void scale(float[] y, int yo, int n, float factor) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector.fromArray(S, y, yo + i).mul(factor).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] *= factor;
    }
  }

  /** Sum of x[i] * y[i]. */
  public static float dot(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector sum = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      sum = FloatVector.fromArray(S, x, xo + i).fma(FloatVector.fromArray(S, y, yo + i), sum);
    }
    float tail = 0f;
    for (; i < n; i++) {
      tail = Math.fma(x[xo + i], y[yo + i], tail);
    }
    return lanes(sum) + tail;
  }

  /** Sum of squares of a long range, in double precision across blocks of a thousand. */
  public static double squares(float[] x, int xo, int n) {
    double sum = 0;
    for (int i = 0; i < n; i += 1024) {
      int count = Math.min(1024, n - i);
      sum += dot(x, xo + i, x, xo + i, count);
    }
    return sum;
  }

  /** The lanes of a vector, added by halves: always in the same order. */
  static float lanes(FloatVector v) {
    FloatVector sum = v;
    if (LANES > 8) {
      sum = sum.add(sum.rearrange(BY_EIGHT));
    }
    if (LANES > 4) {
      sum = sum.add(sum.rearrange(BY_FOUR));
    }
    if (LANES > 2) {
      sum = sum.add(sum.rearrange(BY_TWO));
    }
    return sum.lane(0) + sum.lane(1);
  }
}

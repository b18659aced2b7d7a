package dev.zhixing.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Gelu} in vectors: the same operations in the same order, hence the same bits. */
final class VectorGelu {
  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final int L = SPECIES.length();

  private VectorGelu() {}

  /** Replaces numbers, whole vectors only. */
  static void apply(float[] x, int from, int to) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    FloatVector p4 = FloatVector.broadcast(SPECIES, Gelu.P4);
    FloatVector p3 = FloatVector.broadcast(SPECIES, Gelu.P3);
    FloatVector p2 = FloatVector.broadcast(SPECIES, Gelu.P2);
    FloatVector p1 = FloatVector.broadcast(SPECIES, Gelu.P1);
    FloatVector p0 = FloatVector.broadcast(SPECIES, Gelu.P0);
    FloatVector q4 = FloatVector.broadcast(SPECIES, Gelu.Q4);
    FloatVector q3 = FloatVector.broadcast(SPECIES, Gelu.Q3);
    FloatVector q2 = FloatVector.broadcast(SPECIES, Gelu.Q2);
    FloatVector q1 = FloatVector.broadcast(SPECIES, Gelu.Q1);
    FloatVector p5 = FloatVector.broadcast(SPECIES, Gelu.P5);
    FloatVector q5 = FloatVector.broadcast(SPECIES, Gelu.Q5);
    for (int i = from; i < to; i += L) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      FloatVector u = v.mul(Gelu.SQRT_HALF).min(Gelu.LIMIT).max(-Gelu.LIMIT);
      FloatVector z = u.mul(u);
      FloatVector p = p5.fma(z, p4).fma(z, p3).fma(z, p2).fma(z, p1).fma(z, p0);
      FloatVector q = q5.fma(z, q4).fma(z, q3).fma(z, q2).fma(z, q1).fma(z, one);
      FloatVector half = v.mul(0.5f);
      half.fma(u.mul(p).div(q), half).intoArray(x, i);
    }
  }
}

package dev.zhixing.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of four weight rows with one input, in vectors along the rows. Each call computes the
 * partial sums {@code part} to {@code part + L - 1} of each row, written at {@code row · LANES}.
 */
final class RowProducts {
  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;

  private RowProducts() {}

  /**
   * Adds products of rows of floats, {@code stride} apart from 0 on, to the partial sums.
   *
   * @param count numbers of each row, a multiple of {@link Kernels#LANES}
   */
  static void addFloats(
      float[] rows, int stride, int count, float[] x, int xOffset, int part, float[] sums, int to) {
    int at = to + part;
    FloatVector s0 = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sums, at + Kernels.LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sums, at + 2 * Kernels.LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sums, at + 3 * Kernels.LANES);
    for (int i = part; i < count; i += Kernels.LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      s0 = FloatVector.fromArray(SPECIES, rows, i).fma(v, s0);
      s1 = FloatVector.fromArray(SPECIES, rows, i + stride).fma(v, s1);
      s2 = FloatVector.fromArray(SPECIES, rows, i + 2 * stride).fma(v, s2);
      s3 = FloatVector.fromArray(SPECIES, rows, i + 3 * stride).fma(v, s3);
    }
    s0.intoArray(sums, at);
    s1.intoArray(sums, at + Kernels.LANES);
    s2.intoArray(sums, at + 2 * Kernels.LANES);
    s3.intoArray(sums, at + 3 * Kernels.LANES);
  }
}

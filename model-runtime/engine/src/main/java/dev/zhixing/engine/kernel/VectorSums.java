package dev.zhixing.engine.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums in {@value Kernels#LANES} lanes: number i goes into sum i % {@value Kernels#LANES}, in
 * ascending order. A shorter vector holds a part of the lanes, from {@code part} on.
 */
final class VectorSums {
  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final int L = SPECIES.length();
  private static final int LANES = Kernels.LANES;

  private VectorSums() {}

  /** Writes the sums of numbers {@code from}, {@code from + LANES} and so on, below {@code to}. */
  static void add(float[] x, int from, int to, float[] sums, int part) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += LANES) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, i));
    }
    sum.intoArray(sums, part);
  }

  /** As {@link #add}, of squares, after the mean has been taken from each number. */
  static void centreAndAddSquares(float[] x, int from, int to, float mean, float[] sums, int part) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += LANES) {
      FloatVector centred = FloatVector.fromArray(SPECIES, x, i).sub(mean);
      centred.intoArray(x, i);
      sum = centred.fma(centred, sum);
    }
    sum.intoArray(sums, part);
  }

  /** Replaces {@code x} by {@code x · scale · weight + bias}. */
  static void scale(float[] x, int offset, float[] weight, float[] bias, int count, float scale) {
    for (int i = 0; i < count; i += L) {
      FloatVector.fromArray(SPECIES, x, offset + i)
          .mul(scale)
          .fma(FloatVector.fromArray(SPECIES, weight, i), FloatVector.fromArray(SPECIES, bias, i))
          .intoArray(x, offset + i);
    }
  }

  /** Returns the greatest number; the order of comparisons does not matter. */
  static float greatest(float[] numbers, int offset, int count) {
    if (count < LANES) {
      return ScalarKernels.greatest(numbers, offset, count);
    }
    FloatVector most = FloatVector.fromArray(SPECIES, numbers, offset);
    int i = L;
    for (; i + L <= count; i += L) {
      most = most.max(FloatVector.fromArray(SPECIES, numbers, offset + i));
    }
    most = most.max(FloatVector.fromArray(SPECIES, numbers, offset + count - L)); // the rest
    float[] lanes = new float[LANES];
    Arrays.fill(lanes, numbers[offset]);
    most.intoArray(lanes, 0);
    return ScalarKernels.greatest(lanes, 0, LANES);
  }
}

package dev.zhixing.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The step from the partial sums of {@link BlockProducts} to results: rows come to lie in the
 * lanes, and what {@link BlockRows} calls A is added up for all of them at once.
 */
final class RowTotals {
  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final int L = SPECIES.length();
  private static final VectorMask<Float> FOURS = withBit(4);
  private static final VectorMask<Float> EIGHTS = withBit(8);
  private static final VectorShuffle<Float> OTHER_FOUR = exchange(4);
  private static final VectorShuffle<Float> OTHER_EIGHT = exchange(8);

  private RowTotals() {}

  /** Selects the lanes whose number has a bit. */
  static VectorMask<Float> withBit(int bit) {
    boolean[] lanes = new boolean[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (i & bit) != 0;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }

  /** Exchanges each lane with the one whose number differs in a bit. */
  static VectorShuffle<Float> exchange(int bit) {
    return VectorShuffle.fromOp(SPECIES, i -> (i ^ bit) % L);
  }

  /**
   * Adds some blocks to the totals of as many rows as a vector has lanes.
   *
   * @param sums of groups of four rows, {@code groupStride} apart: [blocks][L]
   * @param scales the weights' scales, [blocks][Kernels.ROWS], from {@code scalesFrom} on
   * @param inputScales the input's scales, from {@code input} on
   * @param totals of the rows' blocks so far, from {@code to} on
   */
  static void add(
      float[] sums,
      int from,
      int groupStride,
      int blocks,
      float[] scales,
      int scalesFrom,
      float[] inputScales,
      int input,
      float[] totals,
      int to) {
    FloatVector total = FloatVector.fromArray(SPECIES, totals, to);
    int at = from;
    int scalesAt = scalesFrom;
    for (int b = 0; b < blocks; b++) {
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, at);
      if (L >= 8) {
        FloatVector second = FloatVector.fromArray(SPECIES, sums, at + groupStride);
        sum = sum.blend(second, FOURS).add(second.blend(sum, FOURS).rearrange(OTHER_FOUR));
      }
      if (L == 16) {
        FloatVector third = FloatVector.fromArray(SPECIES, sums, at + 2 * groupStride);
        FloatVector fourth = FloatVector.fromArray(SPECIES, sums, at + 3 * groupStride);
        third = third.blend(fourth, FOURS).add(fourth.blend(third, FOURS).rearrange(OTHER_FOUR));
        sum = sum.blend(third, EIGHTS).add(third.blend(sum, EIGHTS).rearrange(OTHER_EIGHT));
      }
      total =
          sum.mul(FloatVector.fromArray(SPECIES, scales, scalesAt))
              .mul(inputScales[input + b])
              .add(total);
      at += L;
      scalesAt += Kernels.ROWS;
    }
    total.intoArray(totals, to);
  }
}

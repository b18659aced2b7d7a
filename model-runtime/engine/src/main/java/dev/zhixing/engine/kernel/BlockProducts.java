package dev.zhixing.engine.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of four rows of codes with one input's codes, in vectors along the rows. Both are
 * integers, kept as floats: their sums stay below 2^24 and are exact, so that their order does not
 * matter.
 *
 * <p>Blocks of 32 numbers are too short to add up a vector's lanes for each. So four rows' vectors
 * become one: lane i has partial sum i / 4 of row i % 4. {@link RowTotals} does the rest.
 */
final class BlockProducts {
  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final int L = SPECIES.length();
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(32 * L));
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * L)));

  private static final VectorMask<Float> ODD = RowTotals.withBit(1);
  private static final VectorMask<Float> UPPER = RowTotals.withBit(2);
  private static final VectorShuffle<Float> NEXT = RowTotals.exchange(1);
  private static final VectorShuffle<Float> SECOND_NEXT = RowTotals.exchange(2);

  private BlockProducts() {}

  /** Numbers of a block of 256 whose weighed sum stays below 2^24 in each lane. */
  private static final int SPAN = L == 4 ? 128 : 256;

  /**
   * Adds to sums those of a part of each block: the numbers {@code part} to {@code part + L - 1},
   * and those 16 later.
   *
   * @param w codes of the first row from 0 on, the others' {@code rowStride} apart
   * @param x codes, from {@code xOffset} on
   * @param sums [blocks][L], from {@code to} on
   */
  static void addCodes(
      byte[] w,
      int wOffset,
      int rowStride,
      int blocks,
      float[] x,
      int xOffset,
      int part,
      float[] sums,
      int to) {
    int w0 = wOffset + part;
    int w1 = w0 + rowStride;
    int w2 = w1 + rowStride;
    int w3 = w2 + rowStride;
    int xAt = xOffset + part;
    int at = to;
    for (int b = 0; b < blocks; b++) {
      FloatVector low = FloatVector.fromArray(SPECIES, x, xAt);
      FloatVector high = FloatVector.fromArray(SPECIES, x, xAt + 16);
      FloatVector p0 =
          ((FloatVector)
                  ByteVector.fromArray(BYTES, w, w0).convertShape(VectorOperators.B2F, SPECIES, 0))
              .mul(low);
      FloatVector p1 =
          ((FloatVector)
                  ByteVector.fromArray(BYTES, w, w1).convertShape(VectorOperators.B2F, SPECIES, 0))
              .mul(low);
      FloatVector p2 =
          ((FloatVector)
                  ByteVector.fromArray(BYTES, w, w2).convertShape(VectorOperators.B2F, SPECIES, 0))
              .mul(low);
      FloatVector p3 =
          ((FloatVector)
                  ByteVector.fromArray(BYTES, w, w3).convertShape(VectorOperators.B2F, SPECIES, 0))
              .mul(low);
      p0 =
          ((FloatVector)
                  ByteVector.fromArray(BYTES, w, w0 + 16)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .fma(high, p0);
      p1 =
          ((FloatVector)
                  ByteVector.fromArray(BYTES, w, w1 + 16)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .fma(high, p1);
      p2 =
          ((FloatVector)
                  ByteVector.fromArray(BYTES, w, w2 + 16)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .fma(high, p2);
      p3 =
          ((FloatVector)
                  ByteVector.fromArray(BYTES, w, w3 + 16)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .fma(high, p3);
      FloatVector p01 = p0.blend(p1, ODD).add(p1.blend(p0, ODD).rearrange(NEXT));
      FloatVector p23 = p2.blend(p3, ODD).add(p3.blend(p2, ODD).rearrange(NEXT));
      p01.blend(p23, UPPER)
          .add(p23.blend(p01, UPPER).rearrange(SECOND_NEXT))
          .add(FloatVector.fromArray(SPECIES, sums, at))
          .intoArray(sums, at);
      w0 += 32;
      w1 += 32;
      w2 += 32;
      w3 += 32;
      xAt += 32;
      at += L;
    }
  }

  /**
   * Adds to sums those of 256 products each, those of each 16 weighed by the part's scale; the
   * rows' codes and scales lie one after another, {@code columns} and {@code columns / 16} apart.
   *
   * @param sums the first row's from {@code to} on, one for each block
   */
  static void addBig(
      byte[] w,
      int columns,
      float[] partScales,
      float[] x,
      int xOffset,
      int[] sums,
      int to,
      int sumStride) {
    int parts = columns / 16;
    for (int from = 0; from < columns; from += SPAN) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = FloatVector.zero(SPECIES);
      FloatVector s2 = FloatVector.zero(SPECIES);
      FloatVector s3 = FloatVector.zero(SPECIES);
      for (int i = from; i < from + SPAN; i += L) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
        int part = i / 16;
        s0 =
            ((FloatVector)
                    ByteVector.fromArray(BYTES, w, i).convertShape(VectorOperators.B2F, SPECIES, 0))
                .mul(v)
                .fma(FloatVector.broadcast(SPECIES, partScales[part]), s0);
        s1 =
            ((FloatVector)
                    ByteVector.fromArray(BYTES, w, i + columns)
                        .convertShape(VectorOperators.B2F, SPECIES, 0))
                .mul(v)
                .fma(FloatVector.broadcast(SPECIES, partScales[part + parts]), s1);
        s2 =
            ((FloatVector)
                    ByteVector.fromArray(BYTES, w, i + 2 * columns)
                        .convertShape(VectorOperators.B2F, SPECIES, 0))
                .mul(v)
                .fma(FloatVector.broadcast(SPECIES, partScales[part + 2 * parts]), s2);
        s3 =
            ((FloatVector)
                    ByteVector.fromArray(BYTES, w, i + 3 * columns)
                        .convertShape(VectorOperators.B2F, SPECIES, 0))
                .mul(v)
                .fma(FloatVector.broadcast(SPECIES, partScales[part + 3 * parts]), s3);
      }
      int b = to + from / 256;
      sums[b] +=
          ((IntVector) s0.convertShape(VectorOperators.F2I, INTS, 0))
              .reduceLanes(VectorOperators.ADD);
      sums[b + sumStride] +=
          ((IntVector) s1.convertShape(VectorOperators.F2I, INTS, 0))
              .reduceLanes(VectorOperators.ADD);
      sums[b + 2 * sumStride] +=
          ((IntVector) s2.convertShape(VectorOperators.F2I, INTS, 0))
              .reduceLanes(VectorOperators.ADD);
      sums[b + 3 * sumStride] +=
          ((IntVector) s3.convertShape(VectorOperators.F2I, INTS, 0))
              .reduceLanes(VectorOperators.ADD);
    }
  }
}

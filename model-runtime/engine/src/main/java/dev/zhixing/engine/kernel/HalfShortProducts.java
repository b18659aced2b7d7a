package dev.zhixing.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * As {@link ShortProducts}, with vectors of 256 bits, two for a block. The vectors of eight rows
 * become one that has a whole sum of each.
 */
final class HalfShortProducts {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
  private static final VectorMask<Integer> ODD = ShortProducts.withBit(INTS, 1);
  private static final VectorMask<Integer> UPPER = ShortProducts.withBit(INTS, 2);
  private static final VectorMask<Integer> FOURS = ShortProducts.withBit(INTS, 4);
  private static final VectorShuffle<Integer> NEXT = ShortProducts.exchange(INTS, 1);
  private static final VectorShuffle<Integer> SECOND_NEXT = ShortProducts.exchange(INTS, 2);
  private static final VectorShuffle<Integer> OTHER_FOUR = ShortProducts.exchange(INTS, 4);

  /** Half the bytes of a block. */
  private static final int STEP = 17;

  /** From the sums of a block of 16 rows to those of the next one. */
  static final int SUM_STEP = STEP;

  private HalfShortProducts() {}

  /**
   * As {@link ShortProducts#sumBytes}, with one sum for each row.
   *
   * @param sums [blocks][{@value #SUM_STEP}], 8 of each, from {@code to} on
   */
  static void sumBytes(
      MemorySegment w,
      long from,
      long rowStride,
      int blocks,
      short[] x,
      int xOffset,
      float[] sums,
      int to,
      short[] scales,
      int scalesTo) {
    if (w.byteSize() == 0 || blocks == 0) {
      return; // see ShortProducts
    }
    long w0 = from;
    long w1 = w0 + rowStride;
    long w2 = w1 + rowStride;
    long w3 = w2 + rowStride;
    long w4 = w3 + rowStride;
    long w5 = w4 + rowStride;
    long w6 = w5 + rowStride;
    long w7 = w6 + rowStride;
    int end = STEP * blocks;
    for (int at = 0; at < end; at += STEP) {
      ShortVector x0 = ShortVector.fromArray(SHORTS, x, xOffset + 2 * at);
      ShortVector x1 = ShortVector.fromArray(SHORTS, x, xOffset + 2 * at + 16);
      IntVector p;
      p =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w0 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(x0)
              .add(
                  ((ShortVector)
                          ByteVector.fromMemorySegment(BYTES, w, w0 + 2L * at + 18, ORDER)
                              .convertShape(VectorOperators.B2S, SHORTS, 0))
                      .mul(x1))
              .reinterpretAsInts();
      IntVector q0 =
          p.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p.lanewise(VectorOperators.ASHR, 16));
      p =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w1 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(x0)
              .add(
                  ((ShortVector)
                          ByteVector.fromMemorySegment(BYTES, w, w1 + 2L * at + 18, ORDER)
                              .convertShape(VectorOperators.B2S, SHORTS, 0))
                      .mul(x1))
              .reinterpretAsInts();
      IntVector q1 =
          p.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p.lanewise(VectorOperators.ASHR, 16));
      p =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w2 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(x0)
              .add(
                  ((ShortVector)
                          ByteVector.fromMemorySegment(BYTES, w, w2 + 2L * at + 18, ORDER)
                              .convertShape(VectorOperators.B2S, SHORTS, 0))
                      .mul(x1))
              .reinterpretAsInts();
      IntVector q2 =
          p.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p.lanewise(VectorOperators.ASHR, 16));
      p =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w3 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(x0)
              .add(
                  ((ShortVector)
                          ByteVector.fromMemorySegment(BYTES, w, w3 + 2L * at + 18, ORDER)
                              .convertShape(VectorOperators.B2S, SHORTS, 0))
                      .mul(x1))
              .reinterpretAsInts();
      IntVector q3 =
          p.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p.lanewise(VectorOperators.ASHR, 16));
      p =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w4 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(x0)
              .add(
                  ((ShortVector)
                          ByteVector.fromMemorySegment(BYTES, w, w4 + 2L * at + 18, ORDER)
                              .convertShape(VectorOperators.B2S, SHORTS, 0))
                      .mul(x1))
              .reinterpretAsInts();
      IntVector q4 =
          p.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p.lanewise(VectorOperators.ASHR, 16));
      p =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w5 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(x0)
              .add(
                  ((ShortVector)
                          ByteVector.fromMemorySegment(BYTES, w, w5 + 2L * at + 18, ORDER)
                              .convertShape(VectorOperators.B2S, SHORTS, 0))
                      .mul(x1))
              .reinterpretAsInts();
      IntVector q5 =
          p.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p.lanewise(VectorOperators.ASHR, 16));
      p =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w6 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(x0)
              .add(
                  ((ShortVector)
                          ByteVector.fromMemorySegment(BYTES, w, w6 + 2L * at + 18, ORDER)
                              .convertShape(VectorOperators.B2S, SHORTS, 0))
                      .mul(x1))
              .reinterpretAsInts();
      IntVector q6 =
          p.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p.lanewise(VectorOperators.ASHR, 16));
      p =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w7 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(x0)
              .add(
                  ((ShortVector)
                          ByteVector.fromMemorySegment(BYTES, w, w7 + 2L * at + 18, ORDER)
                              .convertShape(VectorOperators.B2S, SHORTS, 0))
                      .mul(x1))
              .reinterpretAsInts();
      IntVector q7 =
          p.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p.lanewise(VectorOperators.ASHR, 16));
      IntVector q01 = q0.blend(q1, ODD).add(q1.blend(q0, ODD).rearrange(NEXT));
      IntVector q23 = q2.blend(q3, ODD).add(q3.blend(q2, ODD).rearrange(NEXT));
      IntVector q45 = q4.blend(q5, ODD).add(q5.blend(q4, ODD).rearrange(NEXT));
      IntVector q67 = q6.blend(q7, ODD).add(q7.blend(q6, ODD).rearrange(NEXT));
      IntVector q03 = q01.blend(q23, UPPER).add(q23.blend(q01, UPPER).rearrange(SECOND_NEXT));
      IntVector q47 = q45.blend(q67, UPPER).add(q67.blend(q45, UPPER).rearrange(SECOND_NEXT));
      ((FloatVector)
              q03.blend(q47, FOURS)
                  .add(q47.blend(q03, FOURS).rearrange(OTHER_FOUR))
                  .convertShape(VectorOperators.I2F, FLOATS, 0))
          .intoArray(sums, to + at);
      scales[scalesTo + at] = w.get(HALF, w0 + 2L * at);
      scales[scalesTo + at + 1] = w.get(HALF, w1 + 2L * at);
      scales[scalesTo + at + 2] = w.get(HALF, w2 + 2L * at);
      scales[scalesTo + at + 3] = w.get(HALF, w3 + 2L * at);
      scales[scalesTo + at + 4] = w.get(HALF, w4 + 2L * at);
      scales[scalesTo + at + 5] = w.get(HALF, w5 + 2L * at);
      scales[scalesTo + at + 6] = w.get(HALF, w6 + 2L * at);
      scales[scalesTo + at + 7] = w.get(HALF, w7 + 2L * at);
    }
  }

  /** As {@link ShortProducts#addTotals}, with one sum for each row. */
  static void addTotals(
      float[] sums,
      int blocks,
      float[] scales,
      float[] inputScales,
      int input,
      float[] totals,
      int to) {
    for (int row = 0; row < Kernels.ROWS; row += FLOATS.length()) {
      FloatVector total = FloatVector.fromArray(FLOATS, totals, to + row);
      for (int b = 0; b < blocks; b++) {
        total =
            FloatVector.fromArray(FLOATS, sums, SUM_STEP * b + row)
                .mul(FloatVector.fromArray(FLOATS, scales, SUM_STEP * b + row))
                .mul(inputScales[input + b])
                .add(total);
      }
      total.intoArray(totals, to + row);
    }
  }
}

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
 * As {@link ShortProducts}, of rows of type Q4_0: nibbles are small enough for sums of 16 products
 * to fit into 16 bits, so that half as wide vectors do.
 */
final class HalfShortNibbleProducts {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Float> TOTALS = VectorKernels.SPECIES;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
  private static final VectorMask<Integer> ODD = ShortProducts.withBit(INTS, 1);
  private static final VectorMask<Integer> UPPER = ShortProducts.withBit(INTS, 2);
  private static final VectorMask<Integer> FOURS = ShortProducts.withBit(INTS, 4);
  private static final VectorShuffle<Integer> NEXT = ShortProducts.exchange(INTS, 1);
  private static final VectorShuffle<Integer> SECOND_NEXT = ShortProducts.exchange(INTS, 2);
  private static final VectorShuffle<Integer> OTHER_FOUR = ShortProducts.exchange(INTS, 4);

  /** Half the bytes of a block. */
  private static final int STEP = 9;

  /** From a block of the input to the next one, in numbers. */
  static final int INPUT_STEP = 4 * STEP;

  /** From the sums of a block of 16 rows to those of the next one. */
  static final int SUM_STEP = 2 * STEP;

  /** From the scales of a block of 16 rows to those of the next one. */
  static final int SCALE_STEP = 2 * STEP;

  private HalfShortNibbleProducts() {}

  /**
   * As {@link ShortProducts#sumBytes}, of nibbles as they are, which are 8 more than the codes they
   * stand for. Each row has one sum.
   *
   * @param x codes, [blocks][{@value #INPUT_STEP}], the first 32 of each, from {@code xOffset} on
   * @param sums [blocks][{@value #SUM_STEP}], 8 of each, from {@code to} on
   * @param scales in half precision, [blocks][{@value #SCALE_STEP}], 8 of each, from {@code
   *     scalesTo} on
   */
  static void sumNibbles(
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
      ShortVector x0 = ShortVector.fromArray(SHORTS, x, xOffset + 4 * at);
      ShortVector x1 = ShortVector.fromArray(SHORTS, x, xOffset + 4 * at + 16);
      ShortVector c;
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w0 + 2L * at + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p0 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w1 + 2L * at + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p1 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w2 + 2L * at + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p2 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w3 + 2L * at + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p3 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w4 + 2L * at + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p4 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w5 + 2L * at + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p5 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w6 + 2L * at + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p6 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w7 + 2L * at + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p7 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .reinterpretAsInts();
      IntVector p01 =
          p0.blend(p1, ODD)
              .reinterpretAsShorts()
              .add(p1.blend(p0, ODD).rearrange(NEXT).reinterpretAsShorts())
              .reinterpretAsInts();
      IntVector p23 =
          p2.blend(p3, ODD)
              .reinterpretAsShorts()
              .add(p3.blend(p2, ODD).rearrange(NEXT).reinterpretAsShorts())
              .reinterpretAsInts();
      IntVector p45 =
          p4.blend(p5, ODD)
              .reinterpretAsShorts()
              .add(p5.blend(p4, ODD).rearrange(NEXT).reinterpretAsShorts())
              .reinterpretAsInts();
      IntVector p67 =
          p6.blend(p7, ODD)
              .reinterpretAsShorts()
              .add(p7.blend(p6, ODD).rearrange(NEXT).reinterpretAsShorts())
              .reinterpretAsInts();
      IntVector p03 =
          p01.blend(p23, UPPER)
              .reinterpretAsShorts()
              .add(p23.blend(p01, UPPER).rearrange(SECOND_NEXT).reinterpretAsShorts())
              .reinterpretAsInts();
      IntVector p47 =
          p45.blend(p67, UPPER)
              .reinterpretAsShorts()
              .add(p67.blend(p45, UPPER).rearrange(SECOND_NEXT).reinterpretAsShorts())
              .reinterpretAsInts();
      IntVector all =
          p03.blend(p47, FOURS)
              .reinterpretAsShorts()
              .add(p47.blend(p03, FOURS).rearrange(OTHER_FOUR).reinterpretAsShorts())
              .reinterpretAsInts();
      ((FloatVector)
              all.lanewise(VectorOperators.LSHL, 16)
                  .lanewise(VectorOperators.ASHR, 16)
                  .add(all.lanewise(VectorOperators.ASHR, 16))
                  .convertShape(VectorOperators.I2F, FLOATS, 0))
          .intoArray(sums, to + 2 * at);
      scales[scalesTo + 2 * at] = w.get(HALF, w0 + 2L * at);
      scales[scalesTo + 2 * at + 1] = w.get(HALF, w1 + 2L * at);
      scales[scalesTo + 2 * at + 2] = w.get(HALF, w2 + 2L * at);
      scales[scalesTo + 2 * at + 3] = w.get(HALF, w3 + 2L * at);
      scales[scalesTo + 2 * at + 4] = w.get(HALF, w4 + 2L * at);
      scales[scalesTo + 2 * at + 5] = w.get(HALF, w5 + 2L * at);
      scales[scalesTo + 2 * at + 6] = w.get(HALF, w6 + 2L * at);
      scales[scalesTo + 2 * at + 7] = w.get(HALF, w7 + 2L * at);
    }
  }

  /**
   * Adds some blocks to the totals of 16 rows.
   *
   * @param sums [blocks][{@value #SUM_STEP}]
   * @param scales [blocks][{@value #SCALE_STEP}]
   * @param inputScales from {@code input} on
   * @param inputSums of the codes of each block, from {@code input} on
   * @param totals from {@code to} on
   */
  static void addTotals(
      float[] sums,
      int blocks,
      float[] scales,
      float[] inputScales,
      float[] inputSums,
      int input,
      float[] totals,
      int to) {
    for (int row = 0; row < Kernels.ROWS; row += TOTALS.length()) {
      FloatVector total = FloatVector.fromArray(TOTALS, totals, to + row);
      for (int b = 0; b < blocks; b++) {
        total =
            FloatVector.fromArray(TOTALS, sums, SUM_STEP * b + row)
                .sub(8 * inputSums[input + b])
                .mul(FloatVector.fromArray(TOTALS, scales, SCALE_STEP * b + row))
                .mul(inputScales[input + b])
                .add(total);
      }
      total.intoArray(totals, to + row);
    }
  }
}

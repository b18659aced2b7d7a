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
 * Products of 16 rows of type Q6_K with one input, on machines with vectors of 512 bits, in
 * integers of 16 bits: sums of four products of 6 and 8 bits fit.
 *
 * <p>The eight vectors of a block's products become one: lane i has those of 16 numbers, which
 * share a scale.
 */
final class ShortSixProducts {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_256;
  private static final VectorSpecies<Byte> SIXTEEN = ByteVector.SPECIES_128;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
  private static final VectorMask<Integer> ODD = ShortProducts.withBit(INTS, 1);
  private static final VectorMask<Integer> UPPER = ShortProducts.withBit(INTS, 2);
  private static final VectorMask<Integer> FOURS = ShortProducts.withBit(INTS, 4);
  private static final VectorShuffle<Integer> NEXT = ShortProducts.exchange(INTS, 1);
  private static final VectorShuffle<Integer> SECOND_NEXT = ShortProducts.exchange(INTS, 2);
  private static final VectorShuffle<Integer> OTHER_FOUR = ShortProducts.exchange(INTS, 4);

  /** Lane i has half i / 8 of vector i % 8; puts a vector's halves side by side. */
  private static final VectorShuffle<Integer> IN_ORDER =
      VectorShuffle.fromOp(INTS, i -> i / 2 + i % 2 * 8);

  private ShortSixProducts() {}

  /**
   * Writes the sums of 16 rows' blocks where they lie, and collects their scales: one block of each
   * row after another, so that the processor has many streams of memory to fetch ahead.
   *
   * @param w the first row from {@code from} on, the others' {@code rowStride} apart
   * @param count row by row of each block: 16 times as many as blocks
   * @param x codes, [blocks][256], from {@code xOffset} on
   * @param excess what the sums of 16 products each are too great, as 6 bits stand for 32 less than
   *     they are: [blocks][16], from {@code xOffset / 16} on
   * @param sums [blocks][16]
   * @param scales in half precision, [blocks][16]
   */
  static void sumSixes(
      MemorySegment w,
      long from,
      long rowStride,
      int count,
      short[] x,
      int xOffset,
      int[] excess,
      int[] sums,
      short[] scales) {
    if (w.byteSize() == 0) {
      return; // see ShortProducts
    }
    for (int i = 0; i < count; i++) {
      long at = from + i % 16 * rowStride + i / 16 * 210L;
      int xAt = xOffset + i / 16 * 256;
      IntVector even = ByteVector.fromMemorySegment(BYTES, w, at, ORDER).reinterpretAsInts();
      IntVector odd = ByteVector.fromMemorySegment(BYTES, w, at + 32, ORDER).reinterpretAsInts();
      IntVector high = ByteVector.fromMemorySegment(BYTES, w, at + 128, ORDER).reinterpretAsInts();
      IntVector p0 =
          ((ShortVector)
                  even.reinterpretAsBytes()
                      .and((byte) 15)
                      .or(
                          high.lanewise(VectorOperators.LSHL, 4)
                              .reinterpretAsBytes()
                              .and((byte) 48))
                      .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
              .mul(ShortVector.fromArray(SHORTS, x, xAt))
              .reinterpretAsInts();
      IntVector p1 =
          ((ShortVector)
                  odd.reinterpretAsBytes()
                      .and((byte) 15)
                      .or(
                          high.lanewise(VectorOperators.LSHL, 2)
                              .reinterpretAsBytes()
                              .and((byte) 48))
                      .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
              .mul(ShortVector.fromArray(SHORTS, x, xAt + 32))
              .reinterpretAsInts();
      IntVector p2 =
          ((ShortVector)
                  even.lanewise(VectorOperators.LSHR, 4)
                      .reinterpretAsBytes()
                      .and((byte) 15)
                      .or(high.reinterpretAsBytes().and((byte) 48))
                      .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
              .mul(ShortVector.fromArray(SHORTS, x, xAt + 64))
              .reinterpretAsInts();
      IntVector p3 =
          ((ShortVector)
                  odd.lanewise(VectorOperators.LSHR, 4)
                      .reinterpretAsBytes()
                      .and((byte) 15)
                      .or(
                          high.lanewise(VectorOperators.LSHR, 2)
                              .reinterpretAsBytes()
                              .and((byte) 48))
                      .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
              .mul(ShortVector.fromArray(SHORTS, x, xAt + 96))
              .reinterpretAsInts();
      even = ByteVector.fromMemorySegment(BYTES, w, at + 64, ORDER).reinterpretAsInts();
      odd = ByteVector.fromMemorySegment(BYTES, w, at + 96, ORDER).reinterpretAsInts();
      high = ByteVector.fromMemorySegment(BYTES, w, at + 160, ORDER).reinterpretAsInts();
      IntVector p4 =
          ((ShortVector)
                  even.reinterpretAsBytes()
                      .and((byte) 15)
                      .or(
                          high.lanewise(VectorOperators.LSHL, 4)
                              .reinterpretAsBytes()
                              .and((byte) 48))
                      .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
              .mul(ShortVector.fromArray(SHORTS, x, xAt + 128))
              .reinterpretAsInts();
      IntVector p5 =
          ((ShortVector)
                  odd.reinterpretAsBytes()
                      .and((byte) 15)
                      .or(
                          high.lanewise(VectorOperators.LSHL, 2)
                              .reinterpretAsBytes()
                              .and((byte) 48))
                      .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
              .mul(ShortVector.fromArray(SHORTS, x, xAt + 160))
              .reinterpretAsInts();
      IntVector p6 =
          ((ShortVector)
                  even.lanewise(VectorOperators.LSHR, 4)
                      .reinterpretAsBytes()
                      .and((byte) 15)
                      .or(high.reinterpretAsBytes().and((byte) 48))
                      .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
              .mul(ShortVector.fromArray(SHORTS, x, xAt + 192))
              .reinterpretAsInts();
      IntVector p7 =
          ((ShortVector)
                  odd.lanewise(VectorOperators.LSHR, 4)
                      .reinterpretAsBytes()
                      .and((byte) 15)
                      .or(
                          high.lanewise(VectorOperators.LSHR, 2)
                              .reinterpretAsBytes()
                              .and((byte) 48))
                      .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0))
              .mul(ShortVector.fromArray(SHORTS, x, xAt + 224))
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
      IntVector q03 =
          p03.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p03.lanewise(VectorOperators.ASHR, 16));
      IntVector q47 =
          p47.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p47.lanewise(VectorOperators.ASHR, 16));
      IntVector all = q03.blend(q47, FOURS).add(q47.blend(q03, FOURS).rearrange(OTHER_FOUR));
      IntVector partScales =
          (IntVector)
              ByteVector.fromMemorySegment(SIXTEEN, w, at + 192, ORDER)
                  .convertShape(VectorOperators.B2I, INTS, 0);
      sums[i] =
          all.rearrange(IN_ORDER)
              .sub(IntVector.fromArray(INTS, excess, xAt / 16))
              .mul(partScales)
              .reduceLanes(VectorOperators.ADD);
      scales[i] = w.get(HALF, at + 208);
    }
  }

  /**
   * Adds some blocks to the totals of 16 rows.
   *
   * @param sums [blocks][16]
   * @param scales [blocks][16]
   * @param inputScales from {@code input} on
   * @param totals from {@code to} on
   */
  static void addTotals(
      int[] sums,
      int blocks,
      float[] scales,
      float[] inputScales,
      int input,
      float[] totals,
      int to) {
    FloatVector total = FloatVector.fromArray(FLOATS, totals, to);
    for (int b = 0; b < blocks; b++) {
      total =
          ((FloatVector)
                  IntVector.fromArray(INTS, sums, 16 * b)
                      .convertShape(VectorOperators.I2F, FLOATS, 0))
              .mul(FloatVector.fromArray(FLOATS, scales, 16 * b))
              .mul(inputScales[input + b])
              .add(total);
    }
    total.intoArray(totals, to);
  }
}

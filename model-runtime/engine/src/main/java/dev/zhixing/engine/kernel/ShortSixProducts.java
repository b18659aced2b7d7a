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
 * <p>The lower and upper nibbles of a block's bytes, with their upper bits, make eight vectors of
 * 32 codes: those of even and odd bytes apart, as they are cut out of 16 bits, and those of a
 * block's halves side by side. Their products become one vector: a lane has those of 16 numbers,
 * which share a scale.
 */
final class ShortSixProducts {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final VectorSpecies<Byte> SIXTEEN = ByteVector.SPECIES_128;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
  private static final VectorMask<Integer> ODD = ShortProducts.withBit(INTS, 1);
  private static final VectorMask<Integer> UPPER = ShortProducts.withBit(INTS, 2);
  private static final VectorMask<Integer> FOURS = ShortProducts.withBit(INTS, 4);
  private static final VectorMask<Integer> EIGHTS = ShortProducts.withBit(INTS, 8);
  private static final IntVector NEXT = ShortProducts.partners(1);
  private static final IntVector SECOND_NEXT = ShortProducts.partners(2);
  private static final IntVector OTHER_FOUR = ShortProducts.partners(4);
  private static final IntVector OTHER_EIGHT = ShortProducts.partners(8);

  /**
   * Lane i has what belongs to vector i % 4, there in place i / 4: parts 0, 1, 8, 9 of the first.
   */
  private static final VectorShuffle<Integer> IN_ORDER =
      VectorShuffle.fromOp(INTS, i -> i % 8 / 2 + i % 2 * 4 + i / 8 * 8);

  /** How much too great each sum of 16 is, beside 32 times the sum of the input's codes. */
  static final int EXCESS = 2 * ShortProducts.BIAS;

  static final CodeOrder CODE_ORDER = new CodeOrder(256, ShortSixProducts::arrange);

  private ShortSixProducts() {}

  /**
   * Arranges the codes of a block as {@link #sumSixes} reads them: of each 32 the even ones, with
   * those 128 further, then the odd ones.
   *
   * @param codes 256 of them from {@code from} on
   */
  private static void arrange(float[] codes, int from, short[] x, int to) {
    for (int i = 0; i < 256; i++) {
      int at = i / 64 * 32 + i % 32 / 16 * 128 + i % 16 * 2 + i % 64 / 32;
      x[to + i] = (short) codes[from + at];
    }
  }

  /**
   * Writes the sums of 16 rows' blocks where they lie, and collects their scales: one block of each
   * row after another, so that the processor has many streams of memory to fetch ahead.
   *
   * @param w the first row from {@code from} on, the others' {@code rowStride} apart
   * @param count row by row of each block: 16 times as many as blocks
   * @param x codes, [blocks][256], see {@link #arrange}, from {@code xOffset} on
   * @param excess what the sums of 16 products each are too great, as 6 bits stand for 32 less than
   *     they are, and {@link #EXCESS}: [blocks][16], from {@code xOffset / 16} on
   * @param sums [blocks][16 rows][16], each times its scale
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
      IntVector middle = ByteVector.fromMemorySegment(BYTES, w, at + 32, ORDER).reinterpretAsInts();
      IntVector even =
          ByteVector.fromMemorySegment(BYTES, w, at, ORDER)
              .reinterpretAsInts()
              .blend(middle, EIGHTS);
      IntVector odd =
          middle.blend(
              ByteVector.fromMemorySegment(BYTES, w, at + 64, ORDER).reinterpretAsInts(), EIGHTS);
      IntVector high = ByteVector.fromMemorySegment(BYTES, w, at + 128, ORDER).reinterpretAsInts();
      IntVector p0 =
          even.and(0xf000f)
              .or(high.lanewise(VectorOperators.LSHL, 4).and(0x300030))
              .reinterpretAsShorts()
              .mul(ShortVector.fromArray(SHORTS, x, xAt + 0))
              .add(
                  even.lanewise(VectorOperators.LSHR, 8)
                      .and(0xf000f)
                      .or(high.lanewise(VectorOperators.LSHR, 4).and(0x300030))
                      .reinterpretAsShorts()
                      .mul(ShortVector.fromArray(SHORTS, x, xAt + 32)))
              .reinterpretAsInts();
      IntVector p1 =
          odd.and(0xf000f)
              .or(high.lanewise(VectorOperators.LSHL, 2).and(0x300030))
              .reinterpretAsShorts()
              .mul(ShortVector.fromArray(SHORTS, x, xAt + 64))
              .add(
                  odd.lanewise(VectorOperators.LSHR, 8)
                      .and(0xf000f)
                      .or(high.lanewise(VectorOperators.LSHR, 6).and(0x300030))
                      .reinterpretAsShorts()
                      .mul(ShortVector.fromArray(SHORTS, x, xAt + 96)))
              .reinterpretAsInts();
      IntVector p2 =
          even.lanewise(VectorOperators.LSHR, 4)
              .and(0xf000f)
              .or(high.and(0x300030))
              .reinterpretAsShorts()
              .mul(ShortVector.fromArray(SHORTS, x, xAt + 128))
              .add(
                  even.lanewise(VectorOperators.LSHR, 12)
                      .and(0xf000f)
                      .or(high.lanewise(VectorOperators.LSHR, 8).and(0x300030))
                      .reinterpretAsShorts()
                      .mul(ShortVector.fromArray(SHORTS, x, xAt + 160)))
              .reinterpretAsInts();
      IntVector p3 =
          odd.lanewise(VectorOperators.LSHR, 4)
              .and(0xf000f)
              .or(high.lanewise(VectorOperators.LSHR, 2).and(0x300030))
              .reinterpretAsShorts()
              .mul(ShortVector.fromArray(SHORTS, x, xAt + 192))
              .add(
                  odd.lanewise(VectorOperators.LSHR, 12)
                      .and(0xf000f)
                      .or(high.lanewise(VectorOperators.LSHR, 10).and(0x300030))
                      .reinterpretAsShorts()
                      .mul(ShortVector.fromArray(SHORTS, x, xAt + 224)))
              .reinterpretAsInts();
      IntVector p01 =
          p0.blend(p1, ODD)
              .reinterpretAsShorts()
              .add(NEXT.selectFrom(p0, p1).reinterpretAsShorts())
              .reinterpretAsInts();
      IntVector p23 =
          p2.blend(p3, ODD)
              .reinterpretAsShorts()
              .add(NEXT.selectFrom(p2, p3).reinterpretAsShorts())
              .reinterpretAsInts();
      IntVector q01 =
          p01.lanewise(VectorOperators.XOR, ShortProducts.BIAS)
              .and(0xffff)
              .add(p01.lanewise(VectorOperators.ASHR, 16));
      IntVector q23 =
          p23.lanewise(VectorOperators.XOR, ShortProducts.BIAS)
              .and(0xffff)
              .add(p23.lanewise(VectorOperators.ASHR, 16));
      IntVector partScales =
          (IntVector)
              ByteVector.fromMemorySegment(SIXTEEN, w, at + 192, ORDER)
                  .convertShape(VectorOperators.B2I, INTS, 0);
      q01.blend(q23, UPPER)
          .add(SECOND_NEXT.selectFrom(q01, q23))
          .rearrange(IN_ORDER)
          .sub(IntVector.fromArray(INTS, excess, xAt / 16))
          .mul(partScales)
          .intoArray(sums, 16 * i);
      scales[i] = w.get(HALF, at + 208);
    }
  }

  /**
   * Adds some blocks to the totals of 16 rows.
   *
   * @param sums [blocks][16 rows][16]
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
      IntVector s0 = IntVector.fromArray(INTS, sums, 256 * b + 0);
      IntVector s1 = IntVector.fromArray(INTS, sums, 256 * b + 16);
      IntVector s2 = IntVector.fromArray(INTS, sums, 256 * b + 32);
      IntVector s3 = IntVector.fromArray(INTS, sums, 256 * b + 48);
      IntVector s4 = IntVector.fromArray(INTS, sums, 256 * b + 64);
      IntVector s5 = IntVector.fromArray(INTS, sums, 256 * b + 80);
      IntVector s6 = IntVector.fromArray(INTS, sums, 256 * b + 96);
      IntVector s7 = IntVector.fromArray(INTS, sums, 256 * b + 112);
      IntVector s8 = IntVector.fromArray(INTS, sums, 256 * b + 128);
      IntVector s9 = IntVector.fromArray(INTS, sums, 256 * b + 144);
      IntVector s10 = IntVector.fromArray(INTS, sums, 256 * b + 160);
      IntVector s11 = IntVector.fromArray(INTS, sums, 256 * b + 176);
      IntVector s12 = IntVector.fromArray(INTS, sums, 256 * b + 192);
      IntVector s13 = IntVector.fromArray(INTS, sums, 256 * b + 208);
      IntVector s14 = IntVector.fromArray(INTS, sums, 256 * b + 224);
      IntVector s15 = IntVector.fromArray(INTS, sums, 256 * b + 240);
      IntVector t0 = s0.blend(s1, ODD).add(NEXT.selectFrom(s0, s1));
      IntVector t1 = s2.blend(s3, ODD).add(NEXT.selectFrom(s2, s3));
      IntVector t2 = s4.blend(s5, ODD).add(NEXT.selectFrom(s4, s5));
      IntVector t3 = s6.blend(s7, ODD).add(NEXT.selectFrom(s6, s7));
      IntVector t4 = s8.blend(s9, ODD).add(NEXT.selectFrom(s8, s9));
      IntVector t5 = s10.blend(s11, ODD).add(NEXT.selectFrom(s10, s11));
      IntVector t6 = s12.blend(s13, ODD).add(NEXT.selectFrom(s12, s13));
      IntVector t7 = s14.blend(s15, ODD).add(NEXT.selectFrom(s14, s15));
      IntVector u0 = t0.blend(t1, UPPER).add(SECOND_NEXT.selectFrom(t0, t1));
      IntVector u1 = t2.blend(t3, UPPER).add(SECOND_NEXT.selectFrom(t2, t3));
      IntVector u2 = t4.blend(t5, UPPER).add(SECOND_NEXT.selectFrom(t4, t5));
      IntVector u3 = t6.blend(t7, UPPER).add(SECOND_NEXT.selectFrom(t6, t7));
      IntVector v0 = u0.blend(u1, FOURS).add(OTHER_FOUR.selectFrom(u0, u1));
      IntVector v1 = u2.blend(u3, FOURS).add(OTHER_FOUR.selectFrom(u2, u3));
      IntVector z0 = v0.blend(v1, EIGHTS).add(OTHER_EIGHT.selectFrom(v0, v1));
      total =
          ((FloatVector) z0.convertShape(VectorOperators.I2F, FLOATS, 0))
              .mul(FloatVector.fromArray(FLOATS, scales, 16 * b))
              .mul(inputScales[input + b])
              .add(total);
    }
    total.intoArray(totals, to);
  }
}

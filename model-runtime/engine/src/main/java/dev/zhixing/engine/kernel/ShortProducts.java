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
 * Products of eight rows of type Q8_0 with one input, on machines with vectors of 512 bits, in
 * integers of 16 bits: products of codes of 8 bits, and sums of two of them, fit.
 *
 * <p>Blocks of 32 numbers are too short to add up a vector's lanes for each. So eight rows' vectors
 * become one: lane i has half i / 8 of the sum of row i % 8.
 *
 * <p>What is repeated here and in its siblings cannot be a method: vectors that are handed over
 * become objects, and the loop takes 14 times as long.
 */
final class ShortProducts {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_256;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
  private static final VectorMask<Integer> ODD = withBit(INTS, 1);
  private static final VectorMask<Integer> UPPER = withBit(INTS, 2);
  private static final VectorMask<Integer> FOURS = withBit(INTS, 4);
  private static final VectorMask<Float> EIGHTS = withBit(FLOATS, 8);
  private static final IntVector NEXT = partners(1);
  private static final IntVector SECOND_NEXT = partners(2);
  private static final IntVector OTHER_FOUR = partners(4);
  private static final VectorShuffle<Float> OTHER_EIGHT = exchange(FLOATS, 8);

  /**
   * What makes the lower 16 bits of a lane a number that is not negative, so that they can be cut
   * out; the upper ones stay what they are.
   */
  static final int BIAS = 0x8000;

  /** What a row's sum is too great. */
  private static final int EXCESS = 8 * BIAS;

  /** Half the bytes of a block. */
  private static final int STEP = 17;

  /** From a block of the input to the next one, in numbers. */
  static final int INPUT_STEP = 2 * STEP;

  /** From the sums of a block of 16 rows to those of the next one; eight rows have 16 of them. */
  static final int SUM_STEP = 2 * STEP;

  /** From the scales of a block of 16 rows to those of the next one. */
  static final int SCALE_STEP = STEP;

  private ShortProducts() {}

  /** Selects the lanes whose number has a bit. */
  static <E> VectorMask<E> withBit(VectorSpecies<E> species, int bit) {
    boolean[] lanes = new boolean[species.length()];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = (i & bit) != 0;
    }
    return VectorMask.fromArray(species, lanes, 0);
  }

  /**
   * Selects what two vectors lack when they become one that has the first one's lanes where a bit
   * of the lane's number is not set, and the second one's elsewhere: the same vector's lane whose
   * number differs in this bit.
   */
  static IntVector partners(int bit) {
    int[] lanes = new int[INTS.length()];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = (i ^ bit) + ((i & bit) == 0 ? 0 : lanes.length);
    }
    return IntVector.fromArray(INTS, lanes, 0);
  }

  /** Exchanges each lane with the one whose number differs in a bit. */
  static <E> VectorShuffle<E> exchange(VectorSpecies<E> species, int bit) {
    return VectorShuffle.fromOp(species, i -> i ^ bit);
  }

  /**
   * Writes the sums of eight rows where they lie, and collects their scales. Each half of a sum is
   * four times {@link #BIAS} too great.
   *
   * <p>All memory must be of the same kind, or the compiler leaves checks of each access in the
   * loop. And one index must serve all arrays, times a power of two: for any other step the
   * compiler makes an address of its own, and runs out of registers. So whatever belongs to a block
   * is as far from what belongs to the next one as the weights are, or twice, or half as far.
   *
   * <p>Asking the memory for its size, here and in each call, tells the compiler of which class it
   * is. Else it knows that only where it has profiled the library's own methods, which it has not
   * in one start of ten; then each access becomes a call, and the kernel takes twice the time.
   *
   * @param w the first row from {@code from} on, the others' {@code rowStride} apart
   * @param x codes, [blocks][{@value #INPUT_STEP}], the first 32 of each, from {@code xOffset} on
   * @param sums [blocks][{@value #SUM_STEP}], 16 of each, from {@code to} on
   * @param scales in half precision, [blocks][{@value #SCALE_STEP}], 8 of each, from {@code
   *     scalesTo} on
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
      return; // no rounds: warming up would have the compiler take the loop for a rare one
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
      ShortVector v = ShortVector.fromArray(SHORTS, x, xOffset + 2 * at);
      IntVector p0 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w0 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
              .reinterpretAsInts();
      IntVector p1 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w1 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
              .reinterpretAsInts();
      IntVector p2 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w2 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
              .reinterpretAsInts();
      IntVector p3 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w3 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
              .reinterpretAsInts();
      IntVector p4 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w4 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
              .reinterpretAsInts();
      IntVector p5 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w5 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
              .reinterpretAsInts();
      IntVector p6 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w6 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
              .reinterpretAsInts();
      IntVector p7 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w7 + 2L * at + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
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
      IntVector p45 =
          p4.blend(p5, ODD)
              .reinterpretAsShorts()
              .add(NEXT.selectFrom(p4, p5).reinterpretAsShorts())
              .reinterpretAsInts();
      IntVector p67 =
          p6.blend(p7, ODD)
              .reinterpretAsShorts()
              .add(NEXT.selectFrom(p6, p7).reinterpretAsShorts())
              .reinterpretAsInts();
      IntVector q01 =
          p01.lanewise(VectorOperators.XOR, BIAS)
              .and(0xffff)
              .add(p01.lanewise(VectorOperators.ASHR, 16));
      IntVector q23 =
          p23.lanewise(VectorOperators.XOR, BIAS)
              .and(0xffff)
              .add(p23.lanewise(VectorOperators.ASHR, 16));
      IntVector q45 =
          p45.lanewise(VectorOperators.XOR, BIAS)
              .and(0xffff)
              .add(p45.lanewise(VectorOperators.ASHR, 16));
      IntVector q67 =
          p67.lanewise(VectorOperators.XOR, BIAS)
              .and(0xffff)
              .add(p67.lanewise(VectorOperators.ASHR, 16));
      IntVector q03 = q01.blend(q23, UPPER).add(SECOND_NEXT.selectFrom(q01, q23));
      IntVector q47 = q45.blend(q67, UPPER).add(SECOND_NEXT.selectFrom(q45, q67));
      ((FloatVector)
              q03.blend(q47, FOURS)
                  .add(OTHER_FOUR.selectFrom(q03, q47))
                  .convertShape(VectorOperators.I2F, FLOATS, 0))
          .intoArray(sums, to + 2 * at);
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

  /**
   * Adds some blocks to the totals of 16 rows.
   *
   * @param sums [blocks][{@value #SUM_STEP}], those of the first eight rows, then of the others
   * @param scales [blocks][{@value #SCALE_STEP}]
   * @param inputScales from {@code input} on
   * @param totals from {@code to} on
   */
  static void addTotals(
      float[] sums,
      int blocks,
      float[] scales,
      float[] inputScales,
      int input,
      float[] totals,
      int to) {
    FloatVector total = FloatVector.fromArray(FLOATS, totals, to);
    for (int b = 0; b < blocks; b++) {
      FloatVector first = FloatVector.fromArray(FLOATS, sums, SUM_STEP * b);
      FloatVector second = FloatVector.fromArray(FLOATS, sums, SUM_STEP * b + 16);
      total =
          first
              .blend(second, EIGHTS)
              .add(second.blend(first, EIGHTS).rearrange(OTHER_EIGHT))
              .sub(EXCESS)
              .mul(FloatVector.fromArray(FLOATS, scales, SCALE_STEP * b))
              .mul(inputScales[input + b])
              .add(total);
    }
    total.intoArray(totals, to);
  }
}

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
 * to fit into 16 bits. A vector has a block of two rows, and eight rows' vectors become one: lane i
 * has half i / 4 % 2 of the sum of row i % 4, from lane 8 on of the row eight bands further.
 *
 * <p>A byte is l + 16 h, and its nibbles need not be taken apart: l x + h y = byte x + h (y - 16
 * x). Whatever does not fit into 16 bits on the way is lost, but the sum fits, so that it is exact.
 */
final class ShortNibbleProducts {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_256;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
  private static final VectorMask<Byte> SECOND = ShortProducts.withBit(BYTES, 16);
  private static final VectorMask<Integer> ODD = ShortProducts.withBit(INTS, 1);
  private static final VectorMask<Integer> UPPER = ShortProducts.withBit(INTS, 2);
  private static final VectorMask<Float> FOURS = ShortProducts.withBit(FLOATS, 4);
  private static final IntVector NEXT = ShortProducts.partners(1);
  private static final IntVector SECOND_NEXT = ShortProducts.partners(2);
  private static final VectorShuffle<Float> OTHER_FOUR = ShortProducts.exchange(FLOATS, 4);

  /** Half the bytes of a block. */
  private static final int STEP = 9;

  /** From a block of the input to the next one, in numbers. */
  private static final int INPUT_STEP = 8 * STEP;

  /** From the sums of a block of 16 rows to those of the next one. */
  static final int SUM_STEP = 4 * STEP;

  /** From the scales of a block of 16 rows to those of the next one. */
  static final int SCALE_STEP = 2 * STEP;

  static final CodeOrder CODE_ORDER = new CodeOrder(INPUT_STEP, ShortNibbleProducts::arrange);

  private ShortNibbleProducts() {}

  /**
   * Arranges the codes of a block as {@link #sumNibbles} reads them.
   *
   * @param codes 32 of them from {@code from} on
   */
  private static void arrange(float[] codes, int from, short[] x, int to) {
    for (int i = 0; i < 16; i++) {
      x[to + i] = (short) codes[from + i];
      x[to + 32 + i] = (short) (codes[from + 16 + i] - 16 * codes[from + i]);
    }
    System.arraycopy(x, to, x, to + 16, 16);
    System.arraycopy(x, to + 32, x, to + 48, 16);
  }

  /**
   * As {@link ShortProducts#sumBytes}, of four rows and those eight bands further; of nibbles as
   * they are, which are 8 more than the codes they stand for.
   *
   * <p>Reads 16 bytes behind a block of the first four and before one of the others.
   *
   * @param x [blocks][{@value #INPUT_STEP}], see {@link #arrange}, from {@code xOffset} on
   * @param sums [blocks][{@value #SUM_STEP}], 16 of each, from {@code to} on
   * @param scales in half precision, [blocks][{@value #SCALE_STEP}], of the first four rows from
   *     {@code scalesTo} on, of the others behind the next four
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
    long w8 = from + 8 * rowStride - 16; // where its codes lie behind those of the first row
    long w9 = w8 + rowStride;
    long w10 = w9 + rowStride;
    long w11 = w10 + rowStride;
    int end = STEP * blocks;
    for (int at = 0; at < end; at += STEP) {
      ShortVector x0 = ShortVector.fromArray(SHORTS, x, xOffset + 8 * at);
      ShortVector x1 = ShortVector.fromArray(SHORTS, x, xOffset + 8 * at + 32);
      ShortVector c;
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w0 + 2L * at + 2, ORDER)
                  .blend(ByteVector.fromMemorySegment(BYTES, w, w8 + 2L * at + 2, ORDER), SECOND)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p0 = c.mul(x0).add(c.lanewise(VectorOperators.LSHR, 4).mul(x1)).reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w1 + 2L * at + 2, ORDER)
                  .blend(ByteVector.fromMemorySegment(BYTES, w, w9 + 2L * at + 2, ORDER), SECOND)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p1 = c.mul(x0).add(c.lanewise(VectorOperators.LSHR, 4).mul(x1)).reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w2 + 2L * at + 2, ORDER)
                  .blend(ByteVector.fromMemorySegment(BYTES, w, w10 + 2L * at + 2, ORDER), SECOND)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p2 = c.mul(x0).add(c.lanewise(VectorOperators.LSHR, 4).mul(x1)).reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w3 + 2L * at + 2, ORDER)
                  .blend(ByteVector.fromMemorySegment(BYTES, w, w11 + 2L * at + 2, ORDER), SECOND)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p3 = c.mul(x0).add(c.lanewise(VectorOperators.LSHR, 4).mul(x1)).reinterpretAsInts();
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
      IntVector all =
          p01.blend(p23, UPPER)
              .reinterpretAsShorts()
              .add(SECOND_NEXT.selectFrom(p01, p23).reinterpretAsShorts())
              .reinterpretAsInts();
      ((FloatVector)
              all.add(all.lanewise(VectorOperators.LSHL, 16))
                  .lanewise(VectorOperators.ASHR, 16)
                  .convertShape(VectorOperators.I2F, FLOATS, 0))
          .intoArray(sums, to + 4 * at);
      scales[scalesTo + 2 * at] = w.get(HALF, w0 + 2L * at);
      scales[scalesTo + 2 * at + 1] = w.get(HALF, w1 + 2L * at);
      scales[scalesTo + 2 * at + 2] = w.get(HALF, w2 + 2L * at);
      scales[scalesTo + 2 * at + 3] = w.get(HALF, w3 + 2L * at);
      scales[scalesTo + 2 * at + 8] = w.get(HALF, w8 + 2L * at + 16);
      scales[scalesTo + 2 * at + 9] = w.get(HALF, w9 + 2L * at + 16);
      scales[scalesTo + 2 * at + 10] = w.get(HALF, w10 + 2L * at + 16);
      scales[scalesTo + 2 * at + 11] = w.get(HALF, w11 + 2L * at + 16);
    }
  }

  /**
   * Adds some blocks to the totals of 16 rows.
   *
   * @param sums [blocks][{@value #SUM_STEP}], those of the first call, then of the other
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
    FloatVector total = FloatVector.fromArray(FLOATS, totals, to);
    for (int b = 0; b < blocks; b++) {
      FloatVector first = FloatVector.fromArray(FLOATS, sums, SUM_STEP * b);
      FloatVector second = FloatVector.fromArray(FLOATS, sums, SUM_STEP * b + 16);
      total =
          first
              .blend(second, FOURS)
              .add(second.blend(first, FOURS).rearrange(OTHER_FOUR))
              .sub(8 * inputSums[input + b])
              .mul(FloatVector.fromArray(FLOATS, scales, SCALE_STEP * b))
              .mul(inputScales[input + b])
              .add(total);
    }
    total.intoArray(totals, to);
  }
}

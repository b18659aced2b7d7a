package dev.zhixing.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
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
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);

  private static final VectorMask<Float> ODD = RowTotals.withBit(1);
  private static final VectorMask<Float> UPPER = RowTotals.withBit(2);
  private static final VectorShuffle<Float> NEXT = RowTotals.exchange(1);
  private static final VectorShuffle<Float> SECOND_NEXT = RowTotals.exchange(2);

  /** Whether vectors of bytes have as many lanes as those of floats, and read nothing behind. */
  static final boolean FITS = BYTES.length() == L;

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
   * As {@link #addCodes}, of rows of type Q8_0 where they lie; collects their scales, too. All
   * memory must be of the same kind, or the compiler leaves checks of each access in the loop; and
   * places in a block must be constants, or it keeps an address for each of them and runs out of
   * registers.
   *
   * @param w the first row from {@code from} on, the others' {@code rowStride} apart
   * @param scales in half precision, [blocks][Kernels.ROWS], from {@code scalesTo} on
   */
  static void addBytes(
      MemorySegment w,
      long from,
      long rowStride,
      int blocks,
      float[] x,
      int xOffset,
      int part,
      float[] sums,
      int to,
      short[] scales,
      int scalesTo) {
    if (blocks == 0) {
      return; // or warming up would count a loop of no rounds
    }
    long w0 = from + part;
    long w1 = w0 + rowStride;
    long w2 = w1 + rowStride;
    long w3 = w2 + rowStride;
    int xAt = xOffset + part;
    int at = to;
    int scalesAt = scalesTo;
    for (int b = 0; b < blocks; b++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, xAt);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, xAt + 16);
      FloatVector p0 =
          ((FloatVector)
                  ByteVector.fromMemorySegment(BYTES, w, w0 + 2, ORDER)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .mul(x0);
      FloatVector p1 =
          ((FloatVector)
                  ByteVector.fromMemorySegment(BYTES, w, w1 + 2, ORDER)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .mul(x0);
      FloatVector p2 =
          ((FloatVector)
                  ByteVector.fromMemorySegment(BYTES, w, w2 + 2, ORDER)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .mul(x0);
      FloatVector p3 =
          ((FloatVector)
                  ByteVector.fromMemorySegment(BYTES, w, w3 + 2, ORDER)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .mul(x0);
      p0 =
          ((FloatVector)
                  ByteVector.fromMemorySegment(BYTES, w, w0 + 18, ORDER)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .fma(x1, p0);
      p1 =
          ((FloatVector)
                  ByteVector.fromMemorySegment(BYTES, w, w1 + 18, ORDER)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .fma(x1, p1);
      p2 =
          ((FloatVector)
                  ByteVector.fromMemorySegment(BYTES, w, w2 + 18, ORDER)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .fma(x1, p2);
      p3 =
          ((FloatVector)
                  ByteVector.fromMemorySegment(BYTES, w, w3 + 18, ORDER)
                      .convertShape(VectorOperators.B2F, SPECIES, 0))
              .fma(x1, p3);
      FloatVector p01 = p0.blend(p1, ODD).add(p1.blend(p0, ODD).rearrange(NEXT));
      FloatVector p23 = p2.blend(p3, ODD).add(p3.blend(p2, ODD).rearrange(NEXT));
      p01.blend(p23, UPPER)
          .add(p23.blend(p01, UPPER).rearrange(SECOND_NEXT))
          .add(FloatVector.fromArray(SPECIES, sums, at))
          .intoArray(sums, at);
      scales[scalesAt] = w.get(HALF, w0 - part);
      scales[scalesAt + 1] = w.get(HALF, w1 - part);
      scales[scalesAt + 2] = w.get(HALF, w2 - part);
      scales[scalesAt + 3] = w.get(HALF, w3 - part);
      w0 += 34;
      w1 += 34;
      w2 += 34;
      w3 += 34;
      xAt += 32;
      at += L;
      scalesAt += Kernels.ROWS;
    }
  }

  /** As {@link #addBytes}, of rows of type Q4_0. */
  static void addNibbles(
      MemorySegment w,
      long from,
      long rowStride,
      int blocks,
      float[] x,
      int xOffset,
      int part,
      float[] sums,
      int to,
      short[] scales,
      int scalesTo) {
    if (blocks == 0) {
      return; // or warming up would count a loop of no rounds
    }
    long w0 = from + part;
    long w1 = w0 + rowStride;
    long w2 = w1 + rowStride;
    long w3 = w2 + rowStride;
    int xAt = xOffset + part;
    int at = to;
    int scalesAt = scalesTo;
    for (int b = 0; b < blocks; b++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, xAt);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, xAt + 16);
      FloatVector less = x0.add(x1).mul(-8); // codes are 8 less than the nibbles
      IntVector c;
      c =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, w, w0 + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      FloatVector p0 =
          ((FloatVector) c.and(15).convertShape(VectorOperators.I2F, SPECIES, 0)).fma(x0, less);
      p0 =
          ((FloatVector)
                  c.lanewise(VectorOperators.LSHR, 4).convertShape(VectorOperators.I2F, SPECIES, 0))
              .fma(x1, p0);
      c =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, w, w1 + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      FloatVector p1 =
          ((FloatVector) c.and(15).convertShape(VectorOperators.I2F, SPECIES, 0)).fma(x0, less);
      p1 =
          ((FloatVector)
                  c.lanewise(VectorOperators.LSHR, 4).convertShape(VectorOperators.I2F, SPECIES, 0))
              .fma(x1, p1);
      c =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, w, w2 + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      FloatVector p2 =
          ((FloatVector) c.and(15).convertShape(VectorOperators.I2F, SPECIES, 0)).fma(x0, less);
      p2 =
          ((FloatVector)
                  c.lanewise(VectorOperators.LSHR, 4).convertShape(VectorOperators.I2F, SPECIES, 0))
              .fma(x1, p2);
      c =
          (IntVector)
              ByteVector.fromMemorySegment(BYTES, w, w3 + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      FloatVector p3 =
          ((FloatVector) c.and(15).convertShape(VectorOperators.I2F, SPECIES, 0)).fma(x0, less);
      p3 =
          ((FloatVector)
                  c.lanewise(VectorOperators.LSHR, 4).convertShape(VectorOperators.I2F, SPECIES, 0))
              .fma(x1, p3);
      FloatVector p01 = p0.blend(p1, ODD).add(p1.blend(p0, ODD).rearrange(NEXT));
      FloatVector p23 = p2.blend(p3, ODD).add(p3.blend(p2, ODD).rearrange(NEXT));
      p01.blend(p23, UPPER)
          .add(p23.blend(p01, UPPER).rearrange(SECOND_NEXT))
          .add(FloatVector.fromArray(SPECIES, sums, at))
          .intoArray(sums, at);
      scales[scalesAt] = w.get(HALF, w0 - part);
      scales[scalesAt + 1] = w.get(HALF, w1 - part);
      scales[scalesAt + 2] = w.get(HALF, w2 - part);
      scales[scalesAt + 3] = w.get(HALF, w3 - part);
      w0 += 18;
      w1 += 18;
      w2 += 18;
      w3 += 18;
      xAt += 32;
      at += L;
      scalesAt += Kernels.ROWS;
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

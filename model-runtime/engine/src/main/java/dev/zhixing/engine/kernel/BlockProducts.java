package dev.zhixing.engine.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Integer products of four rows of codes with one input, in vectors along the rows. Integers add up
 * to the same in any order, so lanes may be reduced.
 */
final class BlockProducts {
  private static final int L = VectorKernels.SPECIES.length();
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(32 * L));
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(32 * L));
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(16 * L));

  private static final VectorSpecies<Short> HALF_SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(16 * L));
  private static final VectorSpecies<Byte> QUARTER_BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * L)));

  private BlockProducts() {}

  /** Numbers of a block of 32 that {@link #addSmall} multiplies at a time. */
  static final int STEP = 2 * L;

  /**
   * Adds to sums of 32 products, less than 2^15 in magnitude one by one, those of a part of each
   * block. There is no loop over the parts here: around so few rounds the compiler keeps boxes.
   *
   * @param w codes of the first row's first block at {@code wOffset}
   * @param rowStride from a row to the next
   * @param blockStride from a block to the next
   * @param x codes, from {@code xOffset} on
   * @param part the part's first number: a multiple of {@link #STEP}
   * @param sums [row][blocks], rows {@code sumStride} apart
   */
  static void addSmall(
      byte[] w,
      int wOffset,
      int rowStride,
      int blockStride,
      int blocks,
      short[] x,
      int xOffset,
      int part,
      int[] sums,
      int sumStride) {
    int w0 = wOffset;
    int w1 = w0 + rowStride;
    int w2 = w1 + rowStride;
    int w3 = w2 + rowStride;
    for (int b = 0; b < blocks; b++) {
      ShortVector v = ShortVector.fromArray(SHORTS, x, xOffset + 32 * b + part);
      ShortVector p =
          ((ShortVector)
                  ByteVector.fromArray(BYTES, w, w0 + part)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v);
      IntVector pairs = p.reinterpretAsInts();
      sums[b] +=
          pairs
              .lanewise(VectorOperators.ASHR, 16)
              .add(pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reduceLanes(VectorOperators.ADD);
      p =
          ((ShortVector)
                  ByteVector.fromArray(BYTES, w, w1 + part)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v);
      pairs = p.reinterpretAsInts();
      sums[b + sumStride] +=
          pairs
              .lanewise(VectorOperators.ASHR, 16)
              .add(pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reduceLanes(VectorOperators.ADD);
      p =
          ((ShortVector)
                  ByteVector.fromArray(BYTES, w, w2 + part)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v);
      pairs = p.reinterpretAsInts();
      sums[b + 2 * sumStride] +=
          pairs
              .lanewise(VectorOperators.ASHR, 16)
              .add(pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reduceLanes(VectorOperators.ADD);
      p =
          ((ShortVector)
                  ByteVector.fromArray(BYTES, w, w3 + part)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v);
      pairs = p.reinterpretAsInts();
      sums[b + 3 * sumStride] +=
          pairs
              .lanewise(VectorOperators.ASHR, 16)
              .add(pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
              .reduceLanes(VectorOperators.ADD);
      w0 += blockStride;
      w1 += blockStride;
      w2 += blockStride;
      w3 += blockStride;
    }
  }

  /**
   * Sums of 256 products each, those of each 16 weighed by the part's scale; the rows' codes and
   * scales lie one after another, {@code columns} and {@code columns / 16} apart.
   */
  static void big(
      byte[] w, int columns, byte[] partScales, short[] x, int xOffset, int[] sums, int sumStride) {
    int parts = columns / 16;
    for (int b = 0; b < columns / 256; b++) {
      IntVector s0 = IntVector.zero(INTS);
      IntVector s1 = IntVector.zero(INTS);
      IntVector s2 = IntVector.zero(INTS);
      IntVector s3 = IntVector.zero(INTS);
      for (int i = 256 * b; i < 256 * b + 256; i += L) {
        IntVector v =
            (IntVector)
                ShortVector.fromArray(HALF_SHORTS, x, xOffset + i)
                    .convertShape(VectorOperators.S2I, INTS, 0);
        int part = i / 16;
        IntVector c =
            (IntVector)
                ByteVector.fromArray(QUARTER_BYTES, w, i)
                    .convertShape(VectorOperators.B2I, INTS, 0);
        s0 = c.mul(v).mul(partScales[part]).add(s0);
        c =
            (IntVector)
                ByteVector.fromArray(QUARTER_BYTES, w, i + columns)
                    .convertShape(VectorOperators.B2I, INTS, 0);
        s1 = c.mul(v).mul(partScales[part + parts]).add(s1);
        c =
            (IntVector)
                ByteVector.fromArray(QUARTER_BYTES, w, i + 2 * columns)
                    .convertShape(VectorOperators.B2I, INTS, 0);
        s2 = c.mul(v).mul(partScales[part + 2 * parts]).add(s2);
        c =
            (IntVector)
                ByteVector.fromArray(QUARTER_BYTES, w, i + 3 * columns)
                    .convertShape(VectorOperators.B2I, INTS, 0);
        s3 = c.mul(v).mul(partScales[part + 3 * parts]).add(s3);
      }
      sums[b] = s0.reduceLanes(VectorOperators.ADD);
      sums[b + sumStride] = s1.reduceLanes(VectorOperators.ADD);
      sums[b + 2 * sumStride] = s2.reduceLanes(VectorOperators.ADD);
      sums[b + 3 * sumStride] = s3.reduceLanes(VectorOperators.ADD);
    }
  }
}

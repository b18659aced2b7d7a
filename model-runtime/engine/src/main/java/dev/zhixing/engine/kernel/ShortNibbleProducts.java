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
 * As {@link ShortProducts}, of rows of type Q4_0: a block's whole sum fits into 16 bits, so that
 * half as wide vectors do.
 */
final class ShortNibbleProducts {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
  private static final VectorMask<Integer> ODD = ShortProducts.withBit(INTS, 1);
  private static final VectorMask<Integer> UPPER = ShortProducts.withBit(INTS, 2);
  private static final VectorShuffle<Integer> NEXT = ShortProducts.exchange(INTS, 1);
  private static final VectorShuffle<Integer> SECOND_NEXT = ShortProducts.exchange(INTS, 2);

  private ShortNibbleProducts() {}

  /**
   * Writes the first eight of each sixteen sums, which {@link ShortProducts#sumBytes} would all
   * write. Parameters are the same.
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
    if (blocks == 0) {
      return; // or warming up would count a loop of no rounds
    }
    long w0 = from;
    long w1 = w0 + rowStride;
    long w2 = w1 + rowStride;
    long w3 = w2 + rowStride;
    int xAt = xOffset;
    int at = to;
    int scalesAt = scalesTo;
    for (int b = 0; b < blocks; b++) {
      ShortVector x0 = ShortVector.fromArray(SHORTS, x, xAt);
      ShortVector x1 = ShortVector.fromArray(SHORTS, x, xAt + 16);
      ShortVector less =
          x0.add(x1).lanewise(VectorOperators.LSHL, 3); // codes are 8 less than the nibbles
      ShortVector c;
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w0 + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p0 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .sub(less)
              .reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w1 + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p1 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .sub(less)
              .reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w2 + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p2 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .sub(less)
              .reinterpretAsInts();
      c =
          (ShortVector)
              ByteVector.fromMemorySegment(BYTES, w, w3 + 2, ORDER)
                  .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
      IntVector p3 =
          c.and((short) 15)
              .mul(x0)
              .add(c.lanewise(VectorOperators.LSHR, 4).mul(x1))
              .sub(less)
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
      IntVector all =
          p01.blend(p23, UPPER)
              .reinterpretAsShorts()
              .add(p23.blend(p01, UPPER).rearrange(SECOND_NEXT).reinterpretAsShorts())
              .reinterpretAsInts();
      ((FloatVector)
              all.lanewise(VectorOperators.LSHL, 16)
                  .lanewise(VectorOperators.ASHR, 16)
                  .add(all.lanewise(VectorOperators.ASHR, 16))
                  .convertShape(VectorOperators.I2F, FLOATS, 0))
          .intoArray(sums, at);
      scales[scalesAt] = w.get(HALF, w0);
      scales[scalesAt + 1] = w.get(HALF, w1);
      scales[scalesAt + 2] = w.get(HALF, w2);
      scales[scalesAt + 3] = w.get(HALF, w3);
      w0 += 18;
      w1 += 18;
      w2 += 18;
      w3 += 18;
      xAt += 32;
      at += 16;
      scalesAt += Kernels.ROWS;
    }
  }
}

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
 * As {@link BlockProducts}, of rows of type Q8_0 in integers of 16 bits, on machines with vectors
 * of 512 bits: products of codes of 8 bits, and sums of two of them, fit.
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
  private static final VectorShuffle<Integer> NEXT = exchange(INTS, 1);
  private static final VectorShuffle<Integer> SECOND_NEXT = exchange(INTS, 2);

  private ShortProducts() {}

  /** Selects the lanes whose number has a bit. */
  static VectorMask<Integer> withBit(VectorSpecies<Integer> species, int bit) {
    boolean[] lanes = new boolean[species.length()];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = (i & bit) != 0;
    }
    return VectorMask.fromArray(species, lanes, 0);
  }

  /** Exchanges each lane with the one whose number differs in a bit. */
  static VectorShuffle<Integer> exchange(VectorSpecies<Integer> species, int bit) {
    return VectorShuffle.fromOp(species, i -> i ^ bit);
  }

  /**
   * Writes the sums of four rows of type Q8_0 where they lie, in the order of {@link
   * BlockProducts}, and collects their scales. All memory must be of the same kind, or the compiler
   * leaves checks of each access in the loop; and places in a block must be constants, or it keeps
   * an address for each of them and runs out of registers.
   *
   * @param w the first row from {@code from} on, the others' {@code rowStride} apart
   * @param x codes, from {@code xOffset} on
   * @param sums [blocks][16], from {@code to} on
   * @param scales in half precision, [blocks][Kernels.ROWS], from {@code scalesTo} on
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
      ShortVector v = ShortVector.fromArray(SHORTS, x, xAt);
      IntVector p0 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w0 + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
              .reinterpretAsInts();
      IntVector p1 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w1 + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
              .reinterpretAsInts();
      IntVector p2 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w2 + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
              .reinterpretAsInts();
      IntVector p3 =
          ((ShortVector)
                  ByteVector.fromMemorySegment(BYTES, w, w3 + 2, ORDER)
                      .convertShape(VectorOperators.B2S, SHORTS, 0))
              .mul(v)
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
      IntVector q01 =
          p01.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p01.lanewise(VectorOperators.ASHR, 16));
      IntVector q23 =
          p23.lanewise(VectorOperators.LSHL, 16)
              .lanewise(VectorOperators.ASHR, 16)
              .add(p23.lanewise(VectorOperators.ASHR, 16));
      ((FloatVector)
              q01.blend(q23, UPPER)
                  .add(q23.blend(q01, UPPER).rearrange(SECOND_NEXT))
                  .convertShape(VectorOperators.I2F, FLOATS, 0))
          .intoArray(sums, at);
      scales[scalesAt] = w.get(HALF, w0);
      scales[scalesAt + 1] = w.get(HALF, w1);
      scales[scalesAt + 2] = w.get(HALF, w2);
      scales[scalesAt + 3] = w.get(HALF, w3);
      w0 += 34;
      w1 += 34;
      w2 += 34;
      w3 += 34;
      xAt += 32;
      at += 16;
      scalesAt += Kernels.ROWS;
    }
  }
}

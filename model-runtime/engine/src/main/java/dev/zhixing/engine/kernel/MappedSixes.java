package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads blocks of type Q6_K where they lie in mapped memory. Both halves of a block are written
 * out: with a loop over them, the compiler would leave checks of each access in it.
 */
final class MappedSixes {
  private static final VectorSpecies<Byte> WIDE = ByteVector.SPECIES_256;
  private static final VectorSpecies<Byte> SIXTEEN = ByteVector.SPECIES_128;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);

  private MappedSixes() {}

  /** Says whether {@link #unpack} can be used. */
  static boolean canRead(Tensor w) {
    return VectorKernels.WIDEST && w.type() == TensorType.Q6_K && w.data().isMapped();
  }

  /**
   * Writes the codes of some blocks, and the two factors of their scales.
   *
   * @param codes 256 of each block, from {@code 256 · first} on
   * @param parts scales of 16 numbers each, 16 of each block, from {@code 16 · first} on
   * @param halves scales of blocks, in half precision, from {@code first} on
   */
  static void unpack(
      MemorySegment w,
      long from,
      int blocks,
      byte[] codes,
      float[] parts,
      short[] halves,
      int first) {
    if (blocks == 0) {
      return; // or warming up would count a loop of no rounds
    }
    long at = from;
    int code = 256 * first;
    int part = 16 * first;
    for (int b = 0; b < blocks; b++) {
      ByteVector even = ByteVector.fromMemorySegment(WIDE, w, at, ORDER);
      ByteVector odd = ByteVector.fromMemorySegment(WIDE, w, at + 32, ORDER);
      IntVector high = ByteVector.fromMemorySegment(WIDE, w, at + 128, ORDER).reinterpretAsInts();
      even.and((byte) 15)
          .or(high.lanewise(VectorOperators.LSHL, 4).reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, code);
      odd.and((byte) 15)
          .or(high.lanewise(VectorOperators.LSHL, 2).reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, code + 32);
      even.reinterpretAsInts()
          .lanewise(VectorOperators.LSHR, 4)
          .reinterpretAsBytes()
          .and((byte) 15)
          .or(high.reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, code + 64);
      odd.reinterpretAsInts()
          .lanewise(VectorOperators.LSHR, 4)
          .reinterpretAsBytes()
          .and((byte) 15)
          .or(high.lanewise(VectorOperators.LSHR, 2).reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, code + 96);

      even = ByteVector.fromMemorySegment(WIDE, w, at + 64, ORDER);
      odd = ByteVector.fromMemorySegment(WIDE, w, at + 96, ORDER);
      high = ByteVector.fromMemorySegment(WIDE, w, at + 160, ORDER).reinterpretAsInts();
      even.and((byte) 15)
          .or(high.lanewise(VectorOperators.LSHL, 4).reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, code + 128);
      odd.and((byte) 15)
          .or(high.lanewise(VectorOperators.LSHL, 2).reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, code + 160);
      even.reinterpretAsInts()
          .lanewise(VectorOperators.LSHR, 4)
          .reinterpretAsBytes()
          .and((byte) 15)
          .or(high.reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, code + 192);
      odd.reinterpretAsInts()
          .lanewise(VectorOperators.LSHR, 4)
          .reinterpretAsBytes()
          .and((byte) 15)
          .or(high.lanewise(VectorOperators.LSHR, 2).reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, code + 224);

      ((FloatVector)
              ByteVector.fromMemorySegment(SIXTEEN, w, at + 192, ORDER)
                  .convertShape(VectorOperators.B2F, FLOATS, 0))
          .intoArray(parts, part);
      halves[first + b] = w.get(HALF, at + 208);
      at += 210;
      code += 256;
      part += 16;
    }
  }
}

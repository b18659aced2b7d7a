package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Codebook;
import dev.zhixing.engine.tensor.TensorType;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads the codes of blocks of 32 numbers, 16 at a time: the same as {@link
 * TensorType#unpackCodes}.
 */
final class UnpackSmall {
  private static final VectorSpecies<Byte> SIXTEEN = ByteVector.SPECIES_128;
  private static final ByteVector UNEVEN = ByteVector.fromArray(SIXTEEN, Codebook.uneven(), 0);
  private static final ByteVector TINY_FLOATS =
      ByteVector.fromArray(SIXTEEN, Codebook.tinyFloats(), 0);
  private static final VectorShuffle<Byte> EIGHT_EACH =
      VectorShuffle.fromOp(SIXTEEN, lane -> lane / 8);
  private static final ByteVector ONE_BIT_EACH =
      ByteVector.fromArray(
          SIXTEEN, new byte[] {1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128}, 0);

  private UnpackSmall() {}

  /** 4 bits each, less a number, behind so many bytes of a block. */
  static void nibbles(byte[] b, int from, int before, int less, int blocks, byte[] codes) {
    int at = from + before;
    for (int k = 0; k < blocks; k++) {
      ByteVector both = ByteVector.fromArray(SIXTEEN, b, at);
      both.and((byte) 15).sub((byte) less).intoArray(codes, 32 * k);
      both.lanewise(VectorOperators.LSHR, 4)
          .and((byte) 15)
          .sub((byte) less)
          .intoArray(codes, 32 * k + 16);
      at += before + 16;
    }
  }

  /** 32 fifth bits, then 4 bits each, less a number. */
  static void fives(byte[] b, int from, int before, int less, int blocks, byte[] codes) {
    int at = from + before;
    for (int k = 0; k < blocks; k++) {
      ByteVector bits = ByteVector.fromArray(SIXTEEN, b, at);
      ByteVector both = ByteVector.fromArray(SIXTEEN, b, at + 4);
      ByteVector low = bits.rearrange(EIGHT_EACH).and(ONE_BIT_EACH);
      ByteVector high =
          ByteVector.fromArray(SIXTEEN, b, at + 2).rearrange(EIGHT_EACH).and(ONE_BIT_EACH);
      both.and((byte) 15)
          .sub((byte) less)
          .add((byte) 16, low.compare(VectorOperators.NE, 0))
          .intoArray(codes, 32 * k);
      both.lanewise(VectorOperators.LSHR, 4)
          .and((byte) 15)
          .sub((byte) less)
          .add((byte) 16, high.compare(VectorOperators.NE, 0))
          .intoArray(codes, 32 * k + 16);
      at += before + 20;
    }
  }

  /** 4 bits each, which stand for unevenly spaced numbers. */
  static void uneven(byte[] b, int from, int blocks, byte[] codes, int offset, int stride) {
    int at = from;
    for (int k = 0; k < blocks; k++) {
      ByteVector both = ByteVector.fromArray(SIXTEEN, b, at);
      both.and((byte) 15).selectFrom(UNEVEN).intoArray(codes, offset + 32 * k);
      both.lanewise(VectorOperators.LSHR, 4)
          .and((byte) 15)
          .selectFrom(UNEVEN)
          .intoArray(codes, offset + 32 * k + 16);
      at += stride;
    }
  }

  /** 4 bits each, which are floating-point numbers. */
  static void tinyFloats(byte[] b, int from, int blocks, byte[] codes) {
    int at = from + 1;
    for (int k = 0; k < blocks; k++) {
      ByteVector both = ByteVector.fromArray(SIXTEEN, b, at);
      both.and((byte) 15).selectFrom(TINY_FLOATS).intoArray(codes, 32 * k);
      both.lanewise(VectorOperators.LSHR, 4)
          .and((byte) 15)
          .selectFrom(TINY_FLOATS)
          .intoArray(codes, 32 * k + 16);
      at += 17;
    }
  }
}

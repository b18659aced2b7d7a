package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.TensorType;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads the codes of blocks of 256 numbers, 16 or 32 at a time: the same as {@link
 * TensorType#unpackCodes}.
 */
final class UnpackSuper {
  private static final VectorSpecies<Byte> SIXTEEN = ByteVector.SPECIES_128;

  /** As wide as the 32 numbers that share a shift, where the machine has such vectors. */
  private static final VectorSpecies<Byte> WIDE =
      VectorKernels.SPECIES.length() > 4 ? ByteVector.SPECIES_256 : ByteVector.SPECIES_128;

  private static final int W = WIDE.length();

  private UnpackSuper() {}

  /** 16 bytes of scales, 64 of codes, 4 more. */
  static void q2(byte[] b, int from, int blocks, byte[] codes) {
    for (int k = 0; k < blocks; k++) {
      for (int part = 0; part < 16; part++) {
        int at = from + 84 * k + 16 + 32 * (part / 8) + 16 * (part % 2);
        ByteVector.fromArray(SIXTEEN, b, at)
            .lanewise(VectorOperators.LSHR, (byte) (part / 2 % 4 * 2))
            .and((byte) 3)
            .intoArray(codes, 256 * k + 16 * part);
      }
    }
  }

  /** 32 bytes of third bits, 64 of codes, 14 more. */
  static void q3(byte[] b, int from, int blocks, byte[] codes) {
    for (int k = 0; k < blocks; k++) {
      int start = from + 110 * k;
      for (int part = 0; part < 16; part++) {
        int at = start + 32 + 32 * (part / 8) + 16 * (part % 2);
        ByteVector third =
            ByteVector.fromArray(SIXTEEN, b, start + 16 * (part % 2))
                .lanewise(VectorOperators.LSHR, (byte) (part / 2))
                .and((byte) 1);
        ByteVector.fromArray(SIXTEEN, b, at)
            .lanewise(VectorOperators.LSHR, (byte) (part / 2 % 4 * 2))
            .and((byte) 3)
            .add(third.lanewise(VectorOperators.LSHL, 2))
            .sub((byte) 4)
            .intoArray(codes, 256 * k + 16 * part);
      }
    }
  }

  /** 16 bytes of scales, 128 of codes. */
  static void q4(byte[] b, int from, int blocks, byte[] codes) {
    for (int n = 0; n < blocks * 128; n += W) {
      int group = n / 32;
      int at = from + 144 * (group / 4) + 16 + 32 * (group % 4) + n % 32;
      int to = 64 * group + n % 32;
      ByteVector both = ByteVector.fromArray(WIDE, b, at);
      both.and((byte) 15).intoArray(codes, to);
      both.reinterpretAsInts()
          .lanewise(VectorOperators.LSHR, 4)
          .reinterpretAsBytes()
          .and((byte) 15)
          .intoArray(codes, to + 32);
    }
  }

  /** 16 bytes of scales, 32 of fifth bits, 128 of codes. */
  static void q5(byte[] b, int from, int blocks, byte[] codes) {
    for (int k = 0; k < blocks; k++) {
      int start = from + 176 * k + 16;
      for (int i = 0; i < 8; i++) {
        int to = 256 * k + 64 * (i / 2) + 16 * (i % 2);
        ByteVector both = ByteVector.fromArray(SIXTEEN, b, start + 32 + 16 * i);
        ByteVector fifths =
            ByteVector.fromArray(SIXTEEN, b, start + 16 * (i % 2))
                .lanewise(VectorOperators.LSHR, (byte) (i / 2 * 2));
        both.and((byte) 15)
            .add(fifths.and((byte) 1).lanewise(VectorOperators.LSHL, 4))
            .intoArray(codes, to);
        both.lanewise(VectorOperators.LSHR, 4)
            .and((byte) 15)
            .add(fifths.and((byte) 2).lanewise(VectorOperators.LSHL, 3))
            .intoArray(codes, to + 32);
      }
    }
  }

  /** 128 bytes of low bits, 64 of high bits, 18 of scales. */
  static void q6(byte[] b, int from, int blocks, byte[] codes) {
    for (int n = 0; n < blocks * 64; n += W) {
      int half = n / 32;
      int start = from + 210 * (half / 2) + n % 32;
      int at = start + 64 * (half % 2);
      int to = 128 * half + n % 32;
      ByteVector even = ByteVector.fromArray(WIDE, b, at);
      ByteVector odd = ByteVector.fromArray(WIDE, b, at + 32);
      IntVector high =
          ByteVector.fromArray(WIDE, b, start + 128 + 32 * (half % 2)).reinterpretAsInts();
      even.and((byte) 15)
          .or(high.lanewise(VectorOperators.LSHL, 4).reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, to);
      odd.and((byte) 15)
          .or(high.lanewise(VectorOperators.LSHL, 2).reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, to + 32);
      even.reinterpretAsInts()
          .lanewise(VectorOperators.LSHR, 4)
          .reinterpretAsBytes()
          .and((byte) 15)
          .or(high.reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, to + 64);
      odd.reinterpretAsInts()
          .lanewise(VectorOperators.LSHR, 4)
          .reinterpretAsBytes()
          .and((byte) 15)
          .or(high.lanewise(VectorOperators.LSHR, 2).reinterpretAsBytes().and((byte) 48))
          .sub((byte) 32)
          .intoArray(codes, to + 96);
    }
  }
}

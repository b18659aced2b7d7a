package dev.zhixing.engine.tensor;

import java.nio.ByteBuffer;

/** Reads and writes numbers that stand each for itself. */
final class PlainNumbers {
  private PlainNumbers() {}

  static void decode(TensorType type, byte[] bytes, int from, int count, float[] to, int offset) {
    switch (type) {
      case F32 -> {
        for (int i = 0; i < count; i++) {
          to[offset + i] = single(bytes, from + 4 * i);
        }
      }
      case F16 -> {
        for (int i = 0; i < count; i++) {
          to[offset + i] = half(bytes, from + 2 * i);
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          to[offset + i] = Float.intBitsToFloat(int16(bytes, from + 2 * i) << 16);
        }
      }
      case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS, MXFP4 ->
          throw new IllegalArgumentException("expected F32, F16 or BF16, found " + type);
    }
  }

  static void encode(TensorType type, float[] x, int at, int count, ByteBuffer to) {
    switch (type) {
      case F32 -> {
        for (int i = at; i < at + count; i++) {
          to.putFloat(x[i]);
        }
      }
      case F16 -> {
        for (int i = at; i < at + count; i++) {
          to.putShort(Float.floatToFloat16(x[i]));
        }
      }
      case BF16 -> {
        for (int i = at; i < at + count; i++) {
          to.putShort(upperHalf(x[i]));
        }
      }
      case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS, MXFP4 ->
          throw new IllegalArgumentException("expected F32, F16 or BF16, found " + type);
    }
  }

  /** Rounds to the nearest, to even among two; what is no number stays none. */
  private static short upperHalf(float x) {
    int bits = Float.floatToRawIntBits(x);
    return (short) (Float.isNaN(x) ? bits >> 16 | 64 : (bits + 0x7fff + (bits >> 16 & 1)) >> 16);
  }

  /** Reads 16 bits; the upper bits of the result are those of the sign. */
  static int int16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | bytes[at + 1] << 8;
  }

  static int int32(byte[] bytes, int at) {
    return (int16(bytes, at) & 0xffff) | int16(bytes, at + 2) << 16;
  }

  static float half(byte[] bytes, int at) {
    return Float.float16ToFloat((short) int16(bytes, at));
  }

  private static float single(byte[] bytes, int at) {
    return Float.intBitsToFloat(int32(bytes, at));
  }
}

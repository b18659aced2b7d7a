package dev.zhixing.engine.tensor;

import java.nio.ByteBuffer;

/** Writes blocks of 32 numbers; scales as ggml's reference takes them. */
final class SmallQuantizer {
  private SmallQuantizer() {}

  static void encode(TensorType type, float[] x, int at, ByteBuffer to) {
    switch (type) {
      case Q8_0 -> bytes(x, at, to);
      case Q4_0 -> around(x, at, 8, to);
      case Q5_0 -> around(x, at, 16, to);
      case Q4_1 -> above(x, at, 15, to);
      case Q5_1 -> above(x, at, 31, to);
      case F32, F16, BF16, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS, MXFP4 ->
          throw new IllegalArgumentException("expected a type of blocks of 32, found " + type);
    }
  }

  /** The scale is the greatest magnitude / 127; halves round away from 0. */
  private static void bytes(float[] x, int at, ByteBuffer to) {
    float scale = Math.abs(x[farthest(x, at)]) / 127;
    float inverse = scale == 0 ? 0 : 1 / scale;
    to.putShort(Float.floatToFloat16(scale));
    for (int i = 0; i < 32; i++) {
      float code = x[at + i] * inverse;
      to.put((byte) (code < 0 ? Math.ceil(code - 0.5) : Math.floor(code + 0.5)));
    }
  }

  /** The number farthest from 0 gets the code -{@code half}, which has no opposite. */
  private static void around(float[] x, int at, int half, ByteBuffer to) {
    float scale = x[farthest(x, at)] / -half;
    float inverse = scale == 0 ? 0 : 1 / scale;
    int[] codes = new int[32];
    for (int i = 0; i < 32; i++) {
      codes[i] = Math.clamp((int) (x[at + i] * inverse + half + 0.5f), 0, 2 * half - 1);
    }
    to.putShort(Float.floatToFloat16(scale));
    put(codes, half == 16, to);
  }

  private static void above(float[] x, int at, int most, ByteBuffer to) {
    float lowest = x[at];
    float highest = x[at];
    for (int i = 1; i < 32; i++) {
      lowest = Math.min(lowest, x[at + i]);
      highest = Math.max(highest, x[at + i]);
    }
    float scale = (highest - lowest) / most;
    float inverse = scale == 0 ? 0 : 1 / scale;
    int[] codes = new int[32];
    for (int i = 0; i < 32; i++) {
      codes[i] = Math.clamp((int) ((x[at + i] - lowest) * inverse + 0.5f), 0, most);
    }
    to.putShort(Float.floatToFloat16(scale)).putShort(Float.floatToFloat16(lowest));
    put(codes, most == 31, to);
  }

  private static void put(int[] codes, boolean fifths, ByteBuffer to) {
    if (fifths) {
      int bits = 0;
      for (int i = 0; i < 32; i++) {
        bits |= (codes[i] >> 4) << i;
      }
      to.putInt(bits);
    }
    for (int i = 0; i < 16; i++) {
      to.put((byte) ((codes[i] & 15) | codes[i + 16] << 4));
    }
  }

  private static int farthest(float[] x, int at) {
    int farthest = at;
    for (int i = at + 1; i < at + 32; i++) {
      farthest = Math.abs(x[i]) > Math.abs(x[farthest]) ? i : farthest;
    }
    return farthest;
  }
}

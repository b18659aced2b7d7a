package dev.zhixing.engine.tensor;

/** Reads blocks of 256 numbers, in sixteen parts. */
final class SuperBlocks {
  private static final int PARTS = 16;

  private SuperBlocks() {}

  static void codes(TensorType type, byte[] b, int at, byte[] codes, int to) {
    switch (type) {
      case Q2_K -> q2(b, at, codes, to);
      case Q3_K -> q3(b, at, codes, to);
      case Q4_K -> q4(b, at + 16, codes, to);
      case Q5_K -> q5(b, at + 16, codes, to);
      case Q6_K -> q6(b, at, codes, to);
      case IQ4_XS -> {
        for (int i = 0; i < 8; i++) {
          SmallBlocks.lookUpUneven(b, at + 8 + 16 * i, codes, to + 32 * i);
        }
      }
      case F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, IQ4_NL, MXFP4 -> throw unexpected(type);
    }
  }

  static void scales(TensorType type, byte[] b, int at, BlockScales to, int block) {
    int part = block * PARTS;
    to.minimum[block] = 0;
    switch (type) {
      case Q2_K -> {
        to.scale[block] = PlainNumbers.half(b, at + 80);
        to.minimum[block] = PlainNumbers.half(b, at + 82);
        for (int i = 0; i < PARTS; i++) {
          to.partScale[part + i] = (byte) (b[at + i] & 15);
          to.partMinimum[part + i] = (byte) (b[at + i] >> 4 & 15);
        }
      }
      case Q3_K -> {
        to.scale[block] = PlainNumbers.half(b, at + 108);
        for (int i = 0; i < PARTS; i++) {
          to.partScale[part + i] = (byte) scale3(b, at + 96, i);
        }
      }
      case Q4_K, Q5_K -> {
        to.scale[block] = PlainNumbers.half(b, at);
        to.minimum[block] = PlainNumbers.half(b, at + 2);
        for (int i = 0; i < PARTS; i++) {
          to.partScale[part + i] = (byte) scale4(b, at + 4, i / 2);
          to.partMinimum[part + i] = (byte) minimum4(b, at + 4, i / 2);
        }
      }
      case Q6_K -> {
        to.scale[block] = PlainNumbers.half(b, at + 208);
        System.arraycopy(b, at + 192, to.partScale, part, PARTS);
      }
      case IQ4_XS -> {
        to.scale[block] = PlainNumbers.half(b, at);
        for (int i = 0; i < PARTS; i++) {
          to.partScale[part + i] = (byte) scaleUneven(b, at, i / 2);
        }
      }
      case F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, IQ4_NL, MXFP4 -> throw unexpected(type);
    }
  }

  /** 16 bytes of scales and minimums, 64 of codes, scale, minimum. */
  private static void q2(byte[] b, int at, byte[] codes, int to) {
    for (int part = 0; part < PARTS; part++) {
      int from = at + 16 + 32 * (part / 8) + 16 * (part % 2);
      int shift = part / 2 % 4 * 2;
      for (int i = 0; i < 16; i++) {
        codes[to + 16 * part + i] = (byte) (b[from + i] >> shift & 3);
      }
    }
  }

  /** 32 bytes of third bits, 64 of codes, 12 of scales, scale. */
  private static void q3(byte[] b, int at, byte[] codes, int to) {
    for (int part = 0; part < PARTS; part++) {
      int from = at + 32 + 32 * (part / 8) + 16 * (part % 2);
      int thirds = at + 16 * (part % 2);
      int shift = part / 2 % 4 * 2;
      int bit = part / 2;
      for (int i = 0; i < 16; i++) {
        int low = b[from + i] >> shift & 3;
        codes[to + 16 * part + i] = (byte) (low + (b[thirds + i] >> bit & 1) * 4 - 4);
      }
    }
  }

  /** Scale, minimum, 12 bytes of scales and minimums, 128 of codes. */
  private static void q4(byte[] b, int at, byte[] codes, int to) {
    for (int pair = 0; pair < 4; pair++) {
      for (int i = 0; i < 32; i++) {
        int both = b[at + 32 * pair + i];
        codes[to + 64 * pair + i] = (byte) (both & 15);
        codes[to + 64 * pair + 32 + i] = (byte) (both >> 4 & 15);
      }
    }
  }

  /** As {@link #q4}, with 32 bytes of fifth bits before the codes. */
  private static void q5(byte[] b, int at, byte[] codes, int to) {
    q4(b, at + 32, codes, to);
    for (int i = 0; i < 256; i++) {
      codes[to + i] |= (byte) ((b[at + i % 32] >> (i / 32) & 1) << 4);
    }
  }

  /** 128 bytes of low bits, 64 of high bits, 16 scales, scale. */
  private static void q6(byte[] b, int at, byte[] codes, int to) {
    for (int part = 0; part < PARTS; part++) {
      int lows = at + 64 * (part / 8) + 16 * (part % 4);
      int highs = at + 128 + 32 * (part / 8) + 16 * (part % 2);
      int shift = part / 4 % 2 * 4;
      int highShift = part / 2 % 4 * 2;
      for (int i = 0; i < 16; i++) {
        int code = (b[lows + i] >> shift & 15) | (b[highs + i] >> highShift & 3) << 4;
        codes[to + 16 * part + i] = (byte) (code - 32);
      }
    }
  }

  /** A scale of {@link TensorType#Q3_K}, -32 to 31, out of 12 bytes. */
  private static int scale3(byte[] b, int at, int part) {
    int low = b[at + part % 8] >> (part / 8 * 4) & 15;
    int high = b[at + 8 + part % 4] >> (part / 4 * 2) & 3;
    return (low | high << 4) - 32;
  }

  /** A scale of {@link TensorType#Q4_K} or {@link TensorType#Q5_K}, 0 to 63, out of 12 bytes. */
  private static int scale4(byte[] b, int at, int eighth) {
    return eighth < 4
        ? b[at + eighth] & 63
        : (b[at + eighth + 4] & 15) | (b[at + eighth - 4] >> 6 & 3) << 4;
  }

  /** The minimum beside {@link #scale4}. */
  private static int minimum4(byte[] b, int at, int eighth) {
    return eighth < 4
        ? b[at + eighth + 4] & 63
        : (b[at + eighth + 4] >> 4 & 15) | (b[at + eighth] >> 6 & 3) << 4;
  }

  /** A scale of {@link TensorType#IQ4_XS}, -32 to 31. */
  private static int scaleUneven(byte[] b, int at, int eighth) {
    int low = b[at + 4 + eighth / 2] >> (eighth % 2 * 4) & 15;
    int high = PlainNumbers.int16(b, at + 2) >> (2 * eighth) & 3;
    return (low | high << 4) - 32;
  }

  private static IllegalArgumentException unexpected(TensorType type) {
    return new IllegalArgumentException("expected a type of blocks of 256, found " + type);
  }
}

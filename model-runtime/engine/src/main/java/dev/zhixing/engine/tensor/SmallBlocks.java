package dev.zhixing.engine.tensor;

/**
 * Reads blocks of 32 numbers. In the types of 4 and 5 bits, byte j of the codes holds the low bits
 * of number j in its lower half and those of number j + 16 in its upper half.
 */
final class SmallBlocks {
  private static final byte[] UNEVEN = Codebook.uneven();
  private static final byte[] TINY_FLOATS = Codebook.tinyFloats();

  private SmallBlocks() {}

  static void codes(TensorType type, byte[] b, int at, byte[] codes, int to) {
    switch (type) {
      case Q8_0 -> System.arraycopy(b, at + 2, codes, to, 32);
      case Q4_0 -> nibbles(b, at + 2, 8, codes, to);
      case Q4_1 -> nibbles(b, at + 4, 0, codes, to);
      case Q5_0 -> fives(b, at + 2, 16, codes, to);
      case Q5_1 -> fives(b, at + 4, 0, codes, to);
      case IQ4_NL -> lookUp(UNEVEN, b, at + 2, codes, to);
      case MXFP4 -> lookUp(TINY_FLOATS, b, at + 1, codes, to);
      case F32, F16, BF16, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_XS -> throw unexpected(type);
    }
  }

  static void scales(TensorType type, byte[] b, int at, BlockScales to, int block) {
    to.scale[block] = type == TensorType.MXFP4 ? Codebook.halfPower(b[at]) : half(b, at);
    boolean above = type == TensorType.Q4_1 || type == TensorType.Q5_1;
    to.minimum[block] = above ? -half(b, at + 2) : 0;
    to.partScale[block] = 1;
    to.partMinimum[block] = (byte) (above ? 1 : 0);
  }

  private static float half(byte[] b, int at) {
    return PlainNumbers.half(b, at);
  }

  private static void nibbles(byte[] b, int at, int less, byte[] codes, int to) {
    for (int j = 0; j < 16; j++) {
      codes[to + j] = (byte) ((b[at + j] & 15) - less);
      codes[to + j + 16] = (byte) ((b[at + j] >> 4 & 15) - less);
    }
  }

  private static void fives(byte[] b, int at, int less, byte[] codes, int to) {
    int fifths = PlainNumbers.int32(b, at);
    for (int j = 0; j < 16; j++) {
      int both = b[at + 4 + j];
      codes[to + j] = (byte) (((both & 15) | (fifths >>> j & 1) << 4) - less);
      codes[to + j + 16] = (byte) (((both >> 4 & 15) | (fifths >>> (j + 16) & 1) << 4) - less);
    }
  }

  private static void lookUp(byte[] numbers, byte[] b, int at, byte[] codes, int to) {
    for (int j = 0; j < 16; j++) {
      codes[to + j] = numbers[b[at + j] & 15];
      codes[to + j + 16] = numbers[b[at + j] >> 4 & 15];
    }
  }

  static void lookUpUneven(byte[] b, int at, byte[] codes, int to) {
    lookUp(UNEVEN, b, at, codes, to);
  }

  private static IllegalArgumentException unexpected(TensorType type) {
    return new IllegalArgumentException("expected a type of blocks of 32, found " + type);
  }
}

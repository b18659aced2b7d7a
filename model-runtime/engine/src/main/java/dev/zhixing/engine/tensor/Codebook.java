package dev.zhixing.engine.tensor;

/** What the codes of some types stand for, before the scale. */
public final class Codebook {
  private static final byte[] UNEVEN = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  private static final byte[] TINY_FLOATS = {
    0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12
  };

  private Codebook() {}

  /** The 16 numbers of {@link TensorType#IQ4_NL} and {@link TensorType#IQ4_XS}, a new array. */
  public static byte[] uneven() {
    return UNEVEN.clone();
  }

  /**
   * Twice the 16 numbers of {@link TensorType#MXFP4}, a new array: a bit for the sign, two for the
   * exponent, one for the fraction.
   */
  public static byte[] tinyFloats() {
    return TINY_FLOATS.clone();
  }

  /** The scale of {@link TensorType#MXFP4}: half of 2 to the power of (exponent - 127). */
  public static float halfPower(byte exponent) {
    int e = exponent & 0xff;
    return Float.intBitsToFloat(e < 2 ? 0x200000 << e : (e - 1) << 23);
  }
}

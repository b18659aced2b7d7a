package dev.zhixing.engine.kernel;

/**
 * The exponential as a polynomial of fused multiply-adds, the same bits in scalar and vector code:
 * {@code exp(x) = 2^n · p(r)} with {@code n = round(x / ln 2)} and {@code r = x - n · ln 2}.
 *
 * <p>The coefficients are those of the Cephes library's {@code expf}; the relative error stays
 * below 2e-7. Inputs are held between {@link #LOWEST} and {@link #HIGHEST}.
 */
final class Exp {
  static final float LOWEST = -87;
  static final float HIGHEST = 88;

  static final float LOG2_E = (float) 1.44269504;

  /** Adding 1.5 · 2^23 rounds to an integer, which the sum's low bits then hold. */
  static final float ROUNDER = 12582912f;

  static final int ROUNDER_BITS = 0x4b400000;

  static final float LN2_HIGH = (float) 0.693359375;
  static final float LN2_LOW = (float) -2.12194440e-4;

  static final float P0 = (float) 1.9875691500e-4;
  static final float P1 = (float) 1.3981999507e-3;
  static final float P2 = (float) 8.3334519073e-3;
  static final float P3 = (float) 4.1665795894e-2;
  static final float P4 = (float) 1.6666665459e-1;
  static final float P5 = (float) 5.0000001201e-1;

  private Exp() {}

  static float of(float x) {
    float held = Math.max(LOWEST, Math.min(HIGHEST, x));
    float shifted = Math.fma(held, LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, held));
    float p = P0 * r + P1;
    p = p * r + P2;
    p = p * r + P3;
    p = p * r + P4;
    p = p * r + P5;
    p = p * (r * r) + r + 1;
    int exponent = Float.floatToRawIntBits(shifted) - ROUNDER_BITS + 127;
    return p * Float.intBitsToFloat(exponent << 23);
  }
}

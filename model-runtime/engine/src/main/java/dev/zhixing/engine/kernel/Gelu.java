package dev.zhixing.engine.kernel;

/**
 * The Gaussian error linear unit, {@code x/2 · (1 + erf(x / √2))}, as fused multiply-adds and a
 * division, the same bits in scalar and vector code.
 *
 * <p>With {@code u = x / √2} held between ±{@link #LIMIT}, where erf is ±1 in single precision,
 * {@code erf(u) = u · P(u²) / Q(u²)}. The coefficients are a minimax fit made for this class
 * (weighted least squares on 4,001 Chebyshev points, weights raised where the error is largest):
 * the greatest error of erf is 1.5e-8 in exact arithmetic and 2.3e-7 in single precision.
 *
 * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel, Gaussian Error Linear
 *     Units</a>
 */
final class Gelu {
  static final float LIMIT = 3.9f;
  static final float SQRT_HALF = (float) 0.7071067811865476;

  static final float P0 = 1.128379f;
  static final float P1 = 0.19194148f;
  static final float P2 = 0.052966986f;
  static final float P3 = 0.003836898f;
  static final float P4 = 0.00028745798f;
  static final float P5 = 2.0503862e-6f;

  static final float Q1 = 0.5034355f;
  static final float Q2 = 0.1147584f;
  static final float Q3 = 0.0151092475f;
  static final float Q4 = 0.0011817402f;
  static final float Q5 = 3.823077e-5f;

  private Gelu() {}

  static float of(float x) {
    float u = Math.max(-LIMIT, Math.min(LIMIT, x * SQRT_HALF));
    float z = u * u;
    float p = Math.fma(P5, z, P4);
    p = Math.fma(p, z, P3);
    p = Math.fma(p, z, P2);
    p = Math.fma(p, z, P1);
    p = Math.fma(p, z, P0);
    float q = Math.fma(Q5, z, Q4);
    q = Math.fma(q, z, Q3);
    q = Math.fma(q, z, Q2);
    q = Math.fma(q, z, Q1);
    q = Math.fma(q, z, 1);
    float half = x * 0.5f;
    return Math.fma(half, u * p / q, half);
  }
}

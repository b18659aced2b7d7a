package dev.zhixing.engine.sampling;

/**
 * The exponential of numbers up to 0, in less time than {@link Math#exp} takes: {@code x = (128 k +
 * i) · ln 2 / 128 + r}, a table has {@code 2^(i / 128)}, a polynomial the small rest. Relative
 * errors stay below 6e-16; 0 gives exactly 1, and what is below the least normal number gives 0.
 *
 * @see <a href="https://doi.org/10.1145/63522.214389">Tang 1989, on table-driven exponentials</a>
 */
final class Weight {
  private static final int BITS = 7;
  private static final int SIZE = 1 << BITS;
  private static final double PER_STEP = SIZE / Math.log(2);

  /** ln 2 / 128 in two parts, the first so short that its multiples are exact. */
  private static final double STEP = 0x1.62e42fep-8;

  private static final double STEP_REST = 0x1.f473de6af278fp-37;

  /** Added to a number below 2^51, leaves the nearest integer in the last bits. */
  private static final double ROUNDER = 0x1.8p52;

  private static final double LEAST = -708;
  private static final double[] POWERS = powers();

  private Weight() {}

  private static double[] powers() {
    double[] powers = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      powers[i] = Math.pow(2, (double) i / SIZE);
    }
    return powers;
  }

  /** {@code e^x} for {@code x} up to 0. */
  static double of(double x) {
    if (!(x >= LEAST)) {
      return 0;
    }
    double rounded = x * PER_STEP + ROUNDER;
    double steps = rounded - ROUNDER;
    double r = x - steps * STEP - steps * STEP_REST;
    double more = r + r * r * (0.5 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0))));
    long bits = Double.doubleToRawLongBits(rounded);
    double power = POWERS[(int) bits & SIZE - 1];
    long exponent = bits >> BITS << 52; // what is above the last bits drops out
    return Double.longBitsToDouble(Double.doubleToRawLongBits(power + power * more) + exponent);
  }
}

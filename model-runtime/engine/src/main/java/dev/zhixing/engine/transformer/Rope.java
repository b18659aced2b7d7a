package dev.zhixing.engine.transformer;

/**
 * Rotary position encoding in the interleaved form: numbers 2i and 2i + 1 of a head are turned by
 * {@code position / (base^(2i / size) · factor[i])}. Immutable, safe for all threads.
 */
public final class Rope {
  private final double[] frequencies;

  /**
   * Creates a rotation.
   *
   * @param size numbers of a head that are rotated, even
   * @param base base of the wavelengths
   * @param factors what divides each pair's frequency, {@code size / 2} numbers, or none for 1
   */
  public Rope(int size, float base, float... factors) {
    frequencies = new double[size / 2];
    for (int i = 0; i < frequencies.length; i++) {
      double factor = factors.length == 0 ? 1 : factors[i];
      frequencies[i] = Math.pow(base, -2.0 * i / size) / factor;
    }
  }

  int pairs() {
    return frequencies.length;
  }

  /** Writes cosine and sine of each pair at a position, [pair][2], at {@code offset}. */
  void turns(int position, float[] turns, int offset) {
    for (int i = 0; i < frequencies.length; i++) {
      double angle = position * frequencies[i];
      turns[offset + 2 * i] = (float) Math.cos(angle);
      turns[offset + 2 * i + 1] = (float) Math.sin(angle);
    }
  }

  /** Rotates the heads of one row in place. */
  void apply(float[] x, int offset, int heads, int headSize, float[] turns, int turnsOffset) {
    for (int h = 0; h < heads; h++) {
      turn(x, offset + h * headSize, turns, turnsOffset, 2 * frequencies.length);
    }
  }

  private static void turn(float[] x, int offset, float[] turns, int turnsOffset, int size) {
    for (int i = 0; i < size; i += 2) {
      float cos = turns[turnsOffset + i];
      float sin = turns[turnsOffset + i + 1];
      float a = x[offset + i];
      float b = x[offset + i + 1];
      x[offset + i] = a * cos - b * sin;
      x[offset + i + 1] = a * sin + b * cos;
    }
  }
}

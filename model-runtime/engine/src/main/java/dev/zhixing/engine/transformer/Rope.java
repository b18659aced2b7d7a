package dev.zhixing.engine.transformer;

/**
 * Rotary position encoding: pairs of a head's numbers are turned by {@code position · frequency}.
 * Immutable, safe for all threads.
 *
 * @see <a href="https://arxiv.org/abs/2104.09864">Su and others 2021</a>
 */
public final class Rope {
  /** Which numbers form the pairs. */
  public enum Style {
    /** Numbers 2i and 2i + 1. */
    INTERLEAVED,
    /** Numbers i and i + size / 2. */
    HALVES
  }

  private final Style style;
  private final double[] frequencies;
  private final double[] shortFrequencies;
  private final int shortContext;
  private final float magnitude;

  /**
   * Creates a rotation of the first numbers of each head; the others stay as they are.
   *
   * @param frequencies one for each pair, in radians per position
   * @param magnitude multiplies cosine and sine
   */
  public Rope(Style style, double[] frequencies, float magnitude) {
    this(style, frequencies, frequencies, 0, magnitude);
  }

  /**
   * Creates a rotation that depends on how long the context may become.
   *
   * @param frequencies one for each pair, in radians per position
   * @param shortFrequencies those for contexts that are not longer than {@code shortContext}
   * @param magnitude multiplies cosine and sine
   */
  public Rope(
      Style style,
      double[] frequencies,
      double[] shortFrequencies,
      int shortContext,
      float magnitude) {
    this.style = style;
    this.frequencies = frequencies.clone();
    this.shortFrequencies = shortFrequencies.clone();
    this.shortContext = shortContext;
    this.magnitude = magnitude;
  }

  /** Whether a context that becomes at most so long is rotated by other frequencies. */
  boolean isShort(int contextLength) {
    return contextLength <= shortContext;
  }

  /** Returns the numbers of a head that are rotated. */
  int size() {
    return 2 * frequencies.length;
  }

  /**
   * Writes cosine and sine of each pair at a position, [pair][2], at {@code offset}.
   *
   * @param contextLength how long the sequence may become
   */
  void turns(int position, int contextLength, float[] turns, int offset) {
    double[] turning = isShort(contextLength) ? shortFrequencies : frequencies;
    for (int i = 0; i < turning.length; i++) {
      double angle = position * turning[i];
      turns[offset + 2 * i] = (float) (magnitude * Math.cos(angle));
      turns[offset + 2 * i + 1] = (float) (magnitude * Math.sin(angle));
    }
  }

  /** Rotates the heads of one row in place. */
  void apply(float[] x, int offset, int heads, int headSize, float[] turns, int turnsOffset) {
    for (int h = 0; h < heads; h++) {
      int at = offset + h * headSize;
      switch (style) {
        case INTERLEAVED -> turn(x, at, 1, 2, turns, turnsOffset);
        case HALVES -> turn(x, at, frequencies.length, 1, turns, turnsOffset);
      }
    }
  }

  /** Turns pairs whose numbers are {@code distance} apart, {@code step} from pair to pair. */
  private void turn(float[] x, int offset, int distance, int step, float[] turns, int from) {
    int at = offset;
    for (int i = 0; i < frequencies.length; i++, at += step) {
      float cos = turns[from + 2 * i];
      float sin = turns[from + 2 * i + 1];
      float a = x[at];
      float b = x[at + distance];
      x[at] = a * cos - b * sin;
      x[at + distance] = a * sin + b * cos;
    }
  }
}

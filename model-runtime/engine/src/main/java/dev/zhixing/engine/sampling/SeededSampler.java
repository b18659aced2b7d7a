package dev.zhixing.engine.sampling;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Temperature, then top-k, then top-p. */
final class SeededSampler implements Sampler {
  private final double temperature;
  private final int topK;
  private final double topP;
  private final SplittableRandom random;

  private SeededSampler(double temperature, int topK, double topP, long seed) {
    this.temperature = temperature;
    this.topK = topK;
    this.topP = topP;
    this.random = new SplittableRandom(seed);
  }

  static Sampler of(double temperature, int topK, double topP, long seed) {
    if (!(temperature >= 0 && temperature <= 100)) {
      throw new IllegalArgumentException(
          "temperature: expected 0 to 100, found %s".formatted(temperature));
    }
    if (topK < 0) {
      throw new IllegalArgumentException(
          "topK: expected 1 or more, or 0 for no limit, found %d".formatted(topK));
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException(
          "topP: expected a number above 0 and at most 1, found %s".formatted(topP));
    }
    return temperature == 0 ? Sampler.greedy() : new SeededSampler(temperature, topK, topP, seed);
  }

  @Override
  public int sample(float[] logits) {
    float greatest = logits[Candidates.greatest(logits)];
    long[] order = sorted(logits, greatest);
    int count = topK == 0 ? order.length : Math.min(topK, order.length);
    double[] weights = new double[count];
    double total = 0;
    for (int i = 0; i < count; i++) {
      weights[i] = Math.exp((logits[(int) order[i]] - (double) greatest) / temperature);
      total += weights[i];
    }
    int kept = 0;
    double keptTotal = 0;
    while (kept < count && (kept == 0 || keptTotal < topP * total)) {
      keptTotal += weights[kept++];
    }
    double point = random.nextDouble() * keptTotal;
    for (int i = 0; i < kept - 1; i++) {
      point -= weights[i];
      if (point < 0) {
        return (int) order[i];
      }
    }
    return (int) order[kept - 1];
  }

  /**
   * Returns the ids of finite logits in the low halves, the most likely first, the lower id first
   * among equals: a float's bits sort like the float once negative ones are turned over.
   */
  private static long[] sorted(float[] logits, float greatest) {
    long[] keys = new long[logits.length];
    int count = 0;
    for (int i = 0; i < logits.length; i++) {
      if (Float.isFinite(logits[i])) {
        int bits = Float.floatToIntBits(greatest - logits[i]); // 0 or more: its bits are in order
        keys[count++] = (long) bits << 32 | i;
      }
    }
    long[] sorted = Arrays.copyOf(keys, count);
    Arrays.sort(sorted);
    return sorted;
  }
}

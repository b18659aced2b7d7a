package dev.zhixing.samples.eval.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The percentile bootstrap (Efron, 1979) of a mean difference between pairs: draws as many pairs as
 * there are, with replacement, many times over, and sees how the mean varies. The seed is fixed, so
 * the same differences give the same interval. Immutable, safe for all threads.
 *
 * @param resamples how often to draw, at least 100
 * @param seed where the random numbers begin
 */
public record PairedBootstrap(int resamples, long seed) {

  /** Ten thousand resamples. */
  public static final PairedBootstrap STANDARD = new PairedBootstrap(10_000, 20_261_130);

  public PairedBootstrap {
    if (resamples < 100) {
      throw new IllegalArgumentException(
          "PairedBootstrap: expected at least 100 resamples, found " + resamples);
    }
  }

  /**
   * The interval that holds the mean of {@code differences}.
   *
   * @param differences second minus first of each pair, at least one
   * @param confidence how sure, between 0 and 1, such as 0.95
   */
  public Interval ofMean(double[] differences, double confidence) {
    if (differences.length == 0 || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "bootstrap: expected differences and a confidence between 0 and 1, found %d and %s"
              .formatted(differences.length, confidence));
    }
    double[] means = new double[resamples];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < resamples; i++) {
      double sum = 0;
      for (int drawn = 0; drawn < differences.length; drawn++) {
        sum += differences[random.nextInt(differences.length)];
      }
      means[i] = sum / differences.length;
    }
    Arrays.sort(means);
    return new Interval(
        quantile(means, (1 - confidence) / 2), quantile(means, (1 + confidence) / 2));
  }

  /** Between neighbours in proportion. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}

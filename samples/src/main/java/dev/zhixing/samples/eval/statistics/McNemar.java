package dev.zhixing.samples.eval.statistics;

/**
 * The exact test of McNemar (1947) for paired yes and no: whether two ways of doing the same tasks
 * succeed equally often. Only the tasks on which they disagree count; each is a fair coin if there
 * is no difference.
 */
public final class McNemar {

  private McNemar() {}

  /**
   * The two-sided p-value, twice the smaller tail of the binomial distribution, at most 1.
   *
   * @param onlyFirst tasks that only the first way did, at least 0
   * @param onlySecond tasks that only the second way did, at least 0
   */
  public static double exact(int onlyFirst, int onlySecond) {
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException(
          "McNemar: expected counts of at least 0, found %d and %d"
              .formatted(onlyFirst, onlySecond));
    }
    int tosses = Math.addExact(onlyFirst, onlySecond);
    int fewer = Math.min(onlyFirst, onlySecond);
    double logTerm = -tosses * Math.log(2); // of no heads; logarithms, as 2^-1100 is no double
    double tail = Math.exp(logTerm);
    for (int heads = 1; heads <= fewer; heads++) {
      logTerm += Math.log(tosses - heads + 1.0) - Math.log(heads);
      tail += Math.exp(logTerm);
    }
    return Math.min(1, 2 * tail);
  }
}

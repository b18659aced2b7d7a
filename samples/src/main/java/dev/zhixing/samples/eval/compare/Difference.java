package dev.zhixing.samples.eval.compare;

import dev.zhixing.samples.eval.statistics.Interval;
import dev.zhixing.samples.eval.statistics.McNemar;
import dev.zhixing.samples.eval.statistics.PairedBootstrap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How two runs differ in one respect, over the tasks for which both know it.
 *
 * @param metric in what
 * @param pairs how many tasks
 * @param first the first run's mean
 * @param second the second run's mean
 * @param interval 95 % confidence interval of second minus first, by paired bootstrap
 * @param probability for success, the p-value of McNemar's exact test; null for all else
 */
record Difference(
    Metric metric,
    int pairs,
    double first,
    double second,
    Interval interval,
    @Nullable Double probability) {

  private static final double CONFIDENCE = 0.95;

  /** The difference in {@code metric}; empty if no task has it in both runs. */
  static Optional<Difference> of(Metric metric, List<TaskRecord> first, List<TaskRecord> second) {
    double[] differences = new double[first.size()];
    int pairs = 0;
    double firstSum = 0;
    double secondSum = 0;
    for (int i = 0; i < first.size(); i++) {
      Double a = metric.of(first.get(i));
      Double b = metric.of(second.get(i));
      if (a != null && b != null) {
        firstSum += a;
        secondSum += b;
        differences[pairs++] = b - a;
      }
    }
    if (pairs == 0) {
      return Optional.empty();
    }
    double[] known = Arrays.copyOf(differences, pairs);
    return Optional.of(
        new Difference(
            metric,
            pairs,
            firstSum / pairs,
            secondSum / pairs,
            PairedBootstrap.STANDARD.ofMean(known, CONFIDENCE),
            metric == Metric.SUCCESS ? Double.valueOf(mcNemar(known)) : null));
  }

  private static double mcNemar(double[] differences) {
    int onlyFirst = 0;
    int onlySecond = 0;
    for (double difference : differences) {
      onlyFirst += difference < 0 ? 1 : 0;
      onlySecond += difference > 0 ? 1 : 0;
    }
    return McNemar.exact(onlyFirst, onlySecond);
  }

  double mean() {
    return second - first;
  }

  /** Whether it would come about by chance in less than one of twenty comparisons. */
  boolean isSignificant() {
    return probability == null ? !interval.holdsZero() : probability < 1 - CONFIDENCE;
  }

  /** The interval as people read it. */
  String range() {
    return metric.signed(interval.low()) + " to " + metric.signed(interval.high());
  }

  /** Whether the difference is significant, in words. */
  String verdict() {
    String verdict = isSignificant() ? "significant" : "not significant";
    return probability == null
        ? verdict
        : verdict + String.format(Locale.ROOT, ", p = %.4f (McNemar, exact)", probability);
  }

  /** All of it in a line. */
  String inWords() {
    return "%s %s (95 %%: %s), %s"
        .formatted(metric.label(), metric.signed(mean()), range(), verdict());
  }
}

package dev.zhixing.samples.eval.statistics;

/** A confidence interval, both ends included. */
public record Interval(double low, double high) {

  /** Whether zero, that is no difference, lies within. */
  public boolean holdsZero() {
    return low <= 0 && high >= 0;
  }
}

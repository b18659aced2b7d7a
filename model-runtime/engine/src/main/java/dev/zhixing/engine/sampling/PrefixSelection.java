package dev.zhixing.engine.sampling;

import java.util.Arrays;

/**
 * Finds, without sorting, the shortest run of entries, the least keys first and the first entry
 * first among equal keys, whose weights together reach a target: digit by digit of the key, the
 * digit's weights are summed and the one is found in which the target is reached; the entries with
 * that digit are the next step's. Takes time proportional to the entries, whatever their
 * distribution.
 */
final class PrefixSelection {
  private static final int[] SHIFTS = {21, 10, 0};
  private static final int[] BITS = {11, 11, 10};

  private final double[] sums = new double[1 << 11];

  private int[] nearKeys = {};
  private double[] nearWeights = {};
  private int lastKey;
  private int ties;

  /** The greatest key of the run, unsigned. */
  int lastKey() {
    return lastKey;
  }

  /** How many entries with the greatest key belong to it, the first ones. */
  int ties() {
    return ties;
  }

  /**
   * Finds the run. If all weights together do not reach the target, it is all entries.
   *
   * @param keys unsigned
   * @param weights 0 or more each
   * @param count entries, one or more
   * @param exceed whether the sum must be above the target, not only equal to it
   */
  void select(int[] keys, double[] weights, int count, double target, boolean exceed) {
    int left = count;
    int[] leftKeys = keys;
    double[] leftWeights = weights;
    int prefix = 0;
    double before = 0;
    for (int level = 0; level < SHIFTS.length; level++) {
      int shift = SHIFTS[level];
      int bits = BITS[level];
      sum(leftKeys, leftWeights, left, shift, bits);
      int digit = -1;
      double reached = before;
      for (int i = 0; i < 1 << bits && !(digit >= 0 && isReached(reached, target, exceed)); i++) {
        if (sums[i] >= 0) {
          before = reached;
          reached += sums[i];
          digit = i;
        }
      }
      prefix = prefix << bits | digit;
      left = gather(leftKeys, leftWeights, left, shift, bits, digit);
      leftKeys = nearKeys;
      leftWeights = nearWeights;
    }
    lastKey = prefix;
    ties = 0;
    while (ties < left && !(ties > 0 && isReached(before, target, exceed))) {
      before += nearWeights[ties++];
    }
  }

  private static boolean isReached(double sum, double target, boolean exceed) {
    return exceed ? sum > target : sum >= target;
  }

  /** Sums the weights by the digit; -1 where no key has that digit. */
  private void sum(int[] keys, double[] weights, int count, int shift, int bits) {
    Arrays.fill(sums, 0, 1 << bits, -1);
    int mask = (1 << bits) - 1;
    for (int i = 0; i < count; i++) {
      int digit = keys[i] >>> shift & mask;
      double sum = sums[digit];
      sums[digit] = sum < 0 ? weights[i] : sum + weights[i];
    }
  }

  /** Takes the entries with this digit aside; returns how many. */
  private int gather(int[] keys, double[] weights, int count, int shift, int bits, int digit) {
    if (nearKeys.length < count) {
      nearKeys = new int[count];
      nearWeights = new double[count];
    }
    int mask = (1 << bits) - 1;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int key = keys[i];
      nearKeys[n] = key;
      nearWeights[n] = weights[i];
      n += (key >>> shift & mask) == digit ? 1 : 0; // no branch, which nobody could predict
    }
    return n;
  }
}

package dev.zhixing.engine.sampling;

import java.util.Arrays;

/**
 * The tokens that may be chosen, in the order of their ids, with their logits. Each step keeps some
 * of them, never none. Among equally good ones it keeps those with lower ids. All arithmetic is in
 * double precision. Used again for every token.
 */
final class Candidates {
  private final PrefixSelection selection = new PrefixSelection();
  private int[] ids = {};
  private float[] logits = {};
  private int[] keys = {};
  private double[] weights = {};
  private int count;

  int count() {
    return count;
  }

  int id(int index) {
    return ids[index];
  }

  float logit(int index) {
    return logits[index];
  }

  /** Starts over with all tokens whose logit is finite. */
  void fill(float[] all) {
    reserve(all.length);
    int n = 0;
    for (int i = 0; i < all.length; i++) {
      float logit = all[i];
      if (Math.abs(logit) <= Float.MAX_VALUE) { // false for NaN
        ids[n] = i;
        logits[n] = logit;
        n++;
      }
    }
    count = n;
  }

  /** Starts over with the {@code k} likeliest tokens whose logit is finite. */
  void fillLikeliest(float[] all, int k) {
    if (k <= LikeliestHeap.MOST) {
      reserve(k);
      count = LikeliestHeap.select(all, k, ids, logits);
      return;
    }
    fill(all);
    if (k < count) {
      reserveWeights();
      Arrays.fill(weights, 0, count, 1);
      orderByLogit();
      selection.select(keys, weights, count, k, false);
      keepSelected();
    }
  }

  private void reserve(int size) {
    if (ids.length < size) {
      ids = new int[size];
      logits = new float[size];
    }
  }

  /**
   * Keeps the tokens whose information, -log p, is closest to the expected one, up to a sum of
   * probabilities above {@code p}. Closeness is compared as a float.
   */
  void keepTypical(double p) {
    double total = weigh(1);
    double none = greatest() + Math.log(total); // the logit of a token without information
    double expected = 0; // the entropy
    for (int i = 0; i < count; i++) {
      expected += weights[i] / total * (none - logits[i]);
    }
    double least = leastNeeded(p, total);
    if (-Math.log(least / total) > 2 * expected) { // what is less likely is farther than the rest
      dropBelow(least);
    }
    for (int i = 0; i < count; i++) {
      float distance = (float) Math.abs(none - logits[i] - expected);
      keys[i] = Float.floatToIntBits(distance); // 0 or more: its bits are in order
    }
    selection.select(keys, weights, count, p * total, true);
    keepSelected();
  }

  /** Keeps the likeliest tokens up to a sum of probabilities of {@code p} or more. */
  void keepTopP(double p) {
    double total = weigh(1);
    dropBelow(leastNeeded(p, total));
    orderByLogit();
    selection.select(keys, weights, count, p * total, false);
    keepSelected();
  }

  /**
   * A weight so low that all tokens with less have a quarter of what need not be kept at most: if
   * they are the last ones in order, they are not kept. A hundred-thousandth is left for rounding.
   */
  private double leastNeeded(double p, double total) {
    return p > 0.99999 ? 0 : (1 - p) / 4 * total / count;
  }

  /** Drops the tokens with less weight, which must not be all; their weights move along. */
  private void dropBelow(double least) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      ids[n] = ids[i];
      logits[n] = logits[i];
      weights[n] = weights[i];
      n += weights[i] >= least ? 1 : 0; // no branch, which nobody could predict
    }
    count = n;
  }

  /** Keeps the tokens that are at least {@code p} times as likely as the likeliest. */
  void keepMinP(double p) {
    double least = greatest() + Math.log(p);
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (logits[i] >= least) {
        ids[n] = ids[i];
        logits[n++] = logits[i];
      }
    }
    count = n;
  }

  /** The likeliest token, the lowest id among equals. */
  int likeliest() {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return ids[best];
  }

  /**
   * A token by chance, in proportion to its probability at a temperature.
   *
   * @param point where in the sum of probabilities, from 0 to below 1
   */
  int draw(double temperature, double point) {
    double rest = point * weigh(temperature);
    int last = 0;
    for (int i = 0; i < count; i++) {
      rest -= weights[i];
      if (rest < 0) {
        return ids[i];
      }
      last = weights[i] > 0 ? i : last;
    }
    return ids[last]; // rounding left a little
  }

  /**
   * Computes weights in proportion to the probabilities, 1 for the likeliest; returns their sum.
   */
  private double weigh(double temperature) {
    reserveWeights();
    double greatest = greatest();
    double total = 0;
    for (int i = 0; i < count; i++) {
      double weight = Weight.of((logits[i] - greatest) / temperature);
      weights[i] = weight;
      total += weight;
    }
    return total;
  }

  private void reserveWeights() {
    if (weights.length < count) {
      weights = new double[count];
      keys = new int[count];
    }
  }

  /** Makes the keys the less the greater the logit, as unsigned numbers; equal for 0 and -0. */
  private void orderByLogit() {
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToIntBits(logits[i] + 0f);
      keys[i] = bits ^ (bits >> 31 & 0x7fffffff) ^ 0x7fffffff;
    }
  }

  private float greatest() {
    float greatest = logits[0];
    for (int i = 1; i < count; i++) {
      greatest = Math.max(greatest, logits[i]);
    }
    return greatest;
  }

  private void keepSelected() {
    int last = selection.lastKey();
    int ties = selection.ties();
    int n = 0;
    for (int i = 0; i < count; i++) {
      ids[n] = ids[i];
      logits[n] = logits[i];
      n += keys[i] + Integer.MIN_VALUE < last + Integer.MIN_VALUE ? 1 : 0;
      if (keys[i] == last && ties-- > 0) {
        n++;
      }
    }
    count = n;
  }
}

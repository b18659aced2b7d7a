package dev.zhixing.training;

import java.util.Arrays;

/**
 * A document to learn from.
 *
 * @param ids token ids, not modified afterwards
 * @param lossWeights one per token: how much predicting it counts; 0 where it must not be learned.
 *     The first token is never predicted
 */
@SuppressWarnings("ArrayRecordComponent") // millions of them: arrays, and never compared
public record TokenDocument(int[] ids, float[] lossWeights) {

  /** Checks the lengths. */
  public TokenDocument {
    if (ids.length == 0 || ids.length != lossWeights.length) {
      throw new IllegalArgumentException(
          "document: expected as many loss weights as tokens, at least one, found %d and %d"
              .formatted(lossWeights.length, ids.length));
    }
  }

  /** A document in which the marked tokens are learned, all with weight 1. */
  public static TokenDocument of(int[] ids, boolean[] learned) {
    float[] weights = new float[learned.length];
    for (int i = 0; i < learned.length; i++) {
      weights[i] = learned[i] ? 1f : 0f;
    }
    return new TokenDocument(ids, weights);
  }

  /** A document in which every token is learned. */
  public static TokenDocument of(int... ids) {
    float[] weights = new float[ids.length];
    Arrays.fill(weights, 1f);
    return new TokenDocument(ids, weights);
  }

  /** How many tokens are learned. */
  public int learnedTokens() {
    int learned = 0;
    for (float weight : lossWeights) {
      learned += weight > 0 ? 1 : 0;
    }
    return learned;
  }
}

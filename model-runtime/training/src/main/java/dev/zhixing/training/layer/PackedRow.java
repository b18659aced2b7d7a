package dev.zhixing.training.layer;

import java.util.Arrays;

/**
 * Several documents laid end to end, the unit of one forward and backward pass. A token attends to
 * its own document only, and positions restart at 0 with each. Filled by one thread, then read by
 * another.
 */
public final class PackedRow {
  private final int[] ids;
  private final int[] starts;
  private final int[] predictingAt;
  private final int[] targets;
  private final float[] lossWeights;
  private int tokens;
  private int documents;
  private int predictions;

  /** An empty row with room for {@code capacity} tokens. */
  public PackedRow(int capacity) {
    ids = new int[capacity];
    starts = new int[capacity + 1];
    predictingAt = new int[capacity];
    targets = new int[capacity];
    lossWeights = new float[capacity];
  }

  /**
   * Appends the first {@code length} tokens of a document.
   *
   * @param weights weight of the loss of predicting each token; zero where it must not be learned.
   *     The first token is never predicted
   */
  public void add(int[] document, float[] weights, int length) {
    if (length > room()) {
      throw new IllegalArgumentException(
          "row: expected at most " + room() + " more tokens, found " + length);
    }
    System.arraycopy(document, 0, ids, tokens, length);
    for (int i = 1; i < length; i++) {
      if (weights[i] != 0f) {
        predictingAt[predictions] = tokens + i - 1;
        targets[predictions] = document[i];
        lossWeights[predictions] = weights[i];
        predictions++;
      }
    }
    tokens += length;
    documents++;
    starts[documents] = tokens;
  }

  /** Tokens that still fit. */
  public int room() {
    return ids.length - tokens;
  }

  /** Tokens in the row. */
  public int tokens() {
    return tokens;
  }

  /** Documents in the row. */
  public int documents() {
    return documents;
  }

  /** First token of a document; for {@code document == documents()}, the end of the last one. */
  public int start(int document) {
    return starts[document];
  }

  /** Positions whose logits are needed. */
  public int predictions() {
    return predictions;
  }

  /** Sum of the weights of all predictions. */
  public double totalWeight() {
    double sum = 0;
    for (int i = 0; i < predictions; i++) {
      sum += lossWeights[i];
    }
    return sum;
  }

  /** Pairs of a token and one it attends to. */
  public long pairs() {
    long sum = 0;
    for (int d = 0; d < documents; d++) {
      long length = (long) starts[d + 1] - starts[d];
      sum += length * (length + 1) / 2;
    }
    return sum;
  }

  /** A copy of the token ids. */
  public int[] ids() {
    return Arrays.copyOf(ids, tokens);
  }

  int id(int token) {
    return ids[token];
  }

  int predictingAt(int prediction) {
    return predictingAt[prediction];
  }

  int target(int prediction) {
    return targets[prediction];
  }

  float lossWeight(int prediction) {
    return lossWeights[prediction];
  }
}

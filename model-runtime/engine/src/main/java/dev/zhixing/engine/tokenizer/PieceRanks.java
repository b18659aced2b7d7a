package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufMetadata;
import java.util.Arrays;

/** When two neighbours join to a piece: the least rank first, equal ones from left to right. */
final class PieceRanks {
  /** The rank of what is not made by joining. */
  static final int NEVER = Integer.MAX_VALUE;

  private PieceRanks() {}

  /** The ranks that follow from the scores of a file. */
  static int[] of(GgufMetadata metadata, int size) {
    String key = "tokenizer.ggml.scores";
    float[] scores = metadata.floats(key);
    if (scores.length != size) {
      throw new IllegalArgumentException(
          "%s: expected as many as tokens, %d, found %d".formatted(key, size, scores.length));
    }
    for (int id = 0; id < size; id++) {
      if (Float.isNaN(scores[id])) {
        throw new IllegalArgumentException(
            "%s: %d: expected a number, found NaN".formatted(key, id));
      }
    }
    return of(scores);
  }

  /** From scores, the greatest first, to ranks; equal ones stay equal. */
  static int[] of(float[] scores) {
    float[] sorted = new float[scores.length];
    for (int id = 0; id < sorted.length; id++) {
      sorted[id] = 0f - scores[id]; // never -0
    }
    float[] costs = sorted.clone();
    Arrays.sort(sorted);
    int different = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[different - 1]) {
        sorted[different++] = sorted[i];
      }
    }
    int[] ranks = new int[costs.length];
    for (int id = 0; id < ranks.length; id++) {
      ranks[id] = Arrays.binarySearch(sorted, 0, different, costs[id]);
    }
    return ranks;
  }
}

package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.training.TokenDocument;
import java.util.Arrays;

/**
 * A growing document: token ids, each with the weight at which the model learns to write it. One
 * thread.
 */
final class DocumentBuilder {

  private int[] ids = new int[256];
  private float[] weights = new float[256];
  private int size;

  /** Appends tokens that the model only reads. */
  void read(int[] more) {
    learn(more, 0);
  }

  /** Appends tokens that the model learns to write. */
  void learn(int[] more, float weight) {
    if (size + more.length > ids.length) {
      int capacity = Math.max(ids.length * 2, size + more.length);
      ids = Arrays.copyOf(ids, capacity);
      weights = Arrays.copyOf(weights, capacity);
    }
    System.arraycopy(more, 0, ids, size, more.length);
    Arrays.fill(weights, size, size + more.length, weight);
    size += more.length;
  }

  TokenDocument build() {
    return new TokenDocument(Arrays.copyOf(ids, size), Arrays.copyOf(weights, size));
  }
}

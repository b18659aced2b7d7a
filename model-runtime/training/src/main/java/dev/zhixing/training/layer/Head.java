package dev.zhixing.training.layer;

import dev.zhixing.training.kernel.Gemm;
import dev.zhixing.training.kernel.Panels;
import dev.zhixing.training.kernel.SoftmaxKernel;
import dev.zhixing.training.kernel.Vectors;

/**
 * Output head and cross-entropy. The head shares its matrix with the embedding. Only positions with
 * a loss are computed, some at a time, so that logits stay within a few megabytes. One thread.
 */
final class Head {
  private static final int LOGITS = 1 << 20;

  private final int dim;
  private final int vocab;
  private final int stride;
  private final int rows;
  private final PackedWeights packed;
  private final Gemm gemm;
  private final Panels panels = new Panels();
  private final float[] hidden; // [rows, dim]
  private final float[] dhidden; // [rows, dim]
  private final float[] logits; // [rows, stride]

  Head(ModelShape shape, PackedWeights packed, Gemm gemm) {
    dim = shape.dim();
    vocab = shape.vocab();
    stride = Panels.widened(vocab);
    rows = Math.max(24, LOGITS / stride / 6 * 6);
    this.packed = packed;
    this.gemm = gemm;
    hidden = new float[rows * dim];
    dhidden = new float[rows * dim];
    logits = new float[rows * stride];
  }

  /** The weighted sum of the losses of a row, without gradients. */
  double loss(PackedRow row, float[] normed) {
    double sum = 0;
    for (int first = 0; first < row.predictions(); first += rows) {
      int count = Math.min(rows, row.predictions() - first);
      sum += forward(row, normed, first, count, 0f);
    }
    return sum;
  }

  /**
   * Loss and gradients of a row.
   *
   * @param normed output of the final norm, [tokens, dim]
   * @param lossScale factor on all gradients
   * @param dnormed gradient of normed; only rows with a loss are written, the rest must be zero
   * @param gradients gradients of all parameters; the embedding's (at 0) are added to
   * @return the weighted sum of the losses, unscaled
   */
  double backward(
      PackedRow row, float[] normed, float lossScale, float[] dnormed, float[] gradients) {
    double sum = 0;
    for (int first = 0; first < row.predictions(); first += rows) {
      int count = Math.min(rows, row.predictions() - first);
      sum += forward(row, normed, first, count, lossScale);
      gemm.multiply(logits, 0, stride, packed.head(true), dhidden, 0, dim, count, false);
      for (int i = 0; i < count; i++) {
        System.arraycopy(dhidden, i * dim, dnormed, row.predictingAt(first + i) * dim, dim);
      }
      panels.packRows(hidden, 0, dim, count, dim);
      gemm.multiplyTransposed(logits, 0, stride, panels, gradients, 0, dim, vocab, true);
    }
    return sum;
  }

  /** Logits of one token's final state into {@code out} [vocab]. */
  void logits(float[] normed, int token, float[] out) {
    gemm.multiply(normed, token * dim, dim, packed.head(false), logits, 0, stride, 1, false);
    System.arraycopy(logits, 0, out, 0, vocab);
  }

  /** Computes logits and turns them into the gradients of the loss. */
  private double forward(PackedRow row, float[] normed, int first, int count, float lossScale) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(normed, row.predictingAt(first + i) * dim, hidden, i * dim, dim);
    }
    gemm.multiply(hidden, 0, dim, packed.head(false), logits, 0, stride, count, false);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      int at = i * stride;
      int target = row.target(first + i);
      float weight = row.lossWeight(first + i);
      float logit = logits[at + target];
      float max = SoftmaxKernel.max(logits, at, vocab);
      float total = SoftmaxKernel.exponentials(logits, at, vocab, stride, 1f, max);
      sum += weight * (Math.log(total) + max - logit);
      if (lossScale != 0f) {
        Vectors.scale(logits, at, stride, weight * lossScale / total);
        logits[at + target] -= weight * lossScale;
      }
    }
    return sum;
  }
}

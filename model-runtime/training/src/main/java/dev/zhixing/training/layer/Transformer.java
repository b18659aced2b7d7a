package dev.zhixing.training.layer;

import dev.zhixing.training.kernel.Gemm;
import dev.zhixing.training.kernel.NormKernel;
import dev.zhixing.training.kernel.Vectors;
import java.util.Arrays;

/**
 * A whole model's forward and backward pass over one row, with all the memory it needs. One thread
 * at a time; several instances share weights and packed weights, which must not change during a
 * pass.
 */
public final class Transformer {
  private final ModelShape shape;
  private final Layout layout;
  private final float[] weights;
  private final Block block;
  private final Head head;
  private final LayerState[] states;
  private final float[] last; // [tokens, dim], output of the last block
  private final float[] lastInverse;
  private final float[] normed;
  private final float[] dnormed;
  private final float[] dx;

  /** Memory for rows of up to {@code tokens} tokens. */
  public Transformer(Weights weights, PackedWeights packed, int tokens) {
    layout = weights.layout();
    shape = layout.shape();
    this.weights = weights.values();
    Gemm gemm = new Gemm();
    block = new Block(weights, packed, tokens, gemm);
    head = new Head(shape, packed, gemm);
    states = new LayerState[shape.layers()];
    for (int l = 0; l < states.length; l++) {
      states[l] = new LayerState(shape, tokens);
    }
    last = new float[tokens * shape.dim()];
    lastInverse = new float[tokens];
    normed = new float[tokens * shape.dim()];
    dnormed = new float[tokens * shape.dim()];
    dx = new float[tokens * shape.dim()];
  }

  /** The weighted sum of the losses of a row's predictions, in nats. */
  public double loss(PackedRow row) {
    forward(row);
    return head.loss(row, normed);
  }

  /**
   * Forward and backward.
   *
   * @param lossScale factor on the gradients, e.g. 1 / total weight of a step
   * @param gradients gradients of all parameters, laid out like the weights, added to
   * @return the weighted sum of the losses, unscaled
   */
  public double backward(PackedRow row, float lossScale, float[] gradients) {
    forward(row);
    int n = row.tokens();
    int dim = shape.dim();
    Arrays.fill(dnormed, 0, n * dim, 0f);
    double loss = head.backward(row, normed, lossScale, dnormed, gradients);
    Arrays.fill(dx, 0, n * dim, 0f);
    NormKernel.backward(
        last, 0, lastInverse, 0, weights, layout.finalNorm(), dnormed, dx, gradients, n, dim);
    for (int l = states.length - 1; l >= 0; l--) {
      block.backward(l, row, states[l], dx, gradients);
    }
    for (int t = 0; t < n; t++) {
      Vectors.add(dx, t * dim, gradients, layout.embedding() + row.id(t) * dim, dim);
    }
    return loss;
  }

  /** Logits of every token of a row, [tokens][vocab]. */
  public float[][] logits(PackedRow row) {
    forward(row);
    float[][] logits = new float[row.tokens()][shape.vocab()];
    for (int t = 0; t < row.tokens(); t++) {
      head.logits(normed, t, logits[t]);
    }
    return logits;
  }

  private void forward(PackedRow row) {
    int n = row.tokens();
    int dim = shape.dim();
    float[] x = states[0].input;
    for (int t = 0; t < n; t++) {
      System.arraycopy(weights, layout.embedding() + row.id(t) * dim, x, t * dim, dim);
    }
    for (int l = 0; l < states.length; l++) {
      float[] output = l + 1 < states.length ? states[l + 1].input : last;
      block.forward(l, row, states[l], output);
    }
    NormKernel.inverse(last, 0, lastInverse, 0, n, dim, ModelShape.EPSILON);
    NormKernel.forward(last, 0, lastInverse, 0, weights, layout.finalNorm(), normed, n, dim);
  }
}

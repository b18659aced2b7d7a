package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Product;
import dev.zhixing.engine.tensor.Tensor;

/** A weight matrix with or without a bias. Immutable, safe for all threads. */
public final class Projection {
  private final Tensor weight;
  private final float[] bias;

  /**
   * Creates a projection.
   *
   * @param weight [outputs, inputs]
   * @param bias [outputs], or nothing
   */
  public Projection(Tensor weight, float... bias) {
    this.weight = weight;
    this.bias = bias.clone();
  }

  Tensor weight() {
    return weight;
  }

  /** Returns the product with the matrix, without the bias. */
  Product into(float[] results) {
    return new Product(weight, results);
  }

  boolean hasBias() {
    return bias.length > 0;
  }

  /** Adds the bias to a row of results, if there is one. */
  void addBias(float[] y, int offset) {
    for (int i = 0; i < bias.length; i++) {
      y[offset + i] += bias[i];
    }
  }
}

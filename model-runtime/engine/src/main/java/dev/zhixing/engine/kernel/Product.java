package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;

/** A matrix to multiply with, and where its results go. */
public final class Product {
  private final Tensor weights;
  private final float[] results;

  /**
   * Creates a product.
   *
   * @param weights [rows, columns]
   * @param results [count, rows] for so many inputs; must not be the inputs
   */
  public Product(Tensor weights, float[] results) {
    this.weights = weights;
    this.results = results;
  }

  Tensor weights() {
    return weights;
  }

  float[] results() {
    return results;
  }
}

package dev.zhixing.training.layer;

import dev.zhixing.training.kernel.Panels;

/**
 * The weight matrices repacked for the products of the forward pass (x · Wᵀ) and of the backward
 * pass (dy · W). Repacked after every step of the optimizer; read by all threads in between.
 */
public final class PackedWeights {
  private static final int PER_LAYER = 4;

  private final Layout layout;
  private final Panels[] forward;
  private final Panels[] backward;

  /** Empty panels for a model; fill them with {@link #pack}. */
  public PackedWeights(Layout layout) {
    this.layout = layout;
    int matrices = layout.shape().layers() * PER_LAYER + 1;
    forward = new Panels[matrices];
    backward = new Panels[matrices];
    for (int i = 0; i < matrices; i++) {
      forward[i] = new Panels();
      backward[i] = new Panels();
    }
  }

  /** Number of matrices, the bound of {@link #pack}'s index. */
  public int matrices() {
    return forward.length;
  }

  /** Packs all matrices on the calling thread. */
  public void packAll(float[] values) {
    for (int i = 0; i < matrices(); i++) {
      pack(values, i);
    }
  }

  /** Packs one matrix. Different matrices may be packed by different threads at once. */
  public void pack(float[] values, int matrix) {
    ModelShape shape = layout.shape();
    int layer = matrix / PER_LAYER;
    if (layer == shape.layers()) {
      pack(values, matrix, layout.embedding(), shape.vocab(), shape.dim());
      forward[matrix].widen();
      return;
    }
    switch (matrix % PER_LAYER) {
      case 0 -> pack(values, matrix, layout.qkv(layer), shape.qkvWidth(), shape.dim());
      case 1 -> pack(values, matrix, layout.attentionOutput(layer), shape.dim(), shape.dim());
      case 2 -> pack(values, matrix, layout.gateUp(layer), 2 * shape.ffn(), shape.dim());
      default -> pack(values, matrix, layout.down(layer), shape.dim(), shape.ffn());
    }
  }

  private void pack(float[] values, int matrix, int offset, int outputs, int inputs) {
    forward[matrix].packColumns(values, offset, inputs, inputs, outputs);
    backward[matrix].packRows(values, offset, inputs, outputs, inputs);
  }

  Panels qkv(int layer, boolean back) {
    return (back ? backward : forward)[layer * PER_LAYER];
  }

  Panels attentionOutput(int layer, boolean back) {
    return (back ? backward : forward)[layer * PER_LAYER + 1];
  }

  Panels gateUp(int layer, boolean back) {
    return (back ? backward : forward)[layer * PER_LAYER + 2];
  }

  Panels down(int layer, boolean back) {
    return (back ? backward : forward)[layer * PER_LAYER + 3];
  }

  /** The forward panels count the zero columns after the last token as columns. */
  Panels head(boolean back) {
    return (back ? backward : forward)[forward.length - 1];
  }
}

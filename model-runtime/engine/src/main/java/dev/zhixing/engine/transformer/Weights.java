package dev.zhixing.engine.transformer;

import dev.zhixing.engine.tensor.Tensor;
import java.util.List;

/**
 * A decoder's weights, immutable and shared. Matrices are [outputs, inputs].
 *
 * @param embedding [vocabulary, width]
 * @param layers from the input to the output
 * @param outputNorm [width]
 * @param output [vocabulary, width]; the embedding itself where the two are tied
 */
public record Weights(Tensor embedding, List<Layer> layers, Norm outputNorm, Tensor output) {
  /** Copies the list. */
  public Weights {
    layers = List.copyOf(layers);
  }

  /**
   * One layer.
   *
   * @param attentionNorm before attention, [width]
   * @param query [heads · head size, width]
   * @param key [key-value heads · head size, width]
   * @param value as {@code key}
   * @param attentionOutput [width, heads · head size]
   * @param feedForwardNorm before the feed-forward block, [width]
   * @param gate [feed-forward width, width]
   * @param up as {@code gate}
   * @param down [width, feed-forward width]
   */
  public record Layer(
      Norm attentionNorm,
      Tensor query,
      Tensor key,
      Tensor value,
      Tensor attentionOutput,
      Norm feedForwardNorm,
      Tensor gate,
      Tensor up,
      Tensor down) {}
}

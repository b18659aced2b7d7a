package dev.zhixing.engine.transformer;

import dev.zhixing.engine.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder's weights, immutable and shared. Matrices are [outputs, inputs].
 *
 * @param embedding [vocabulary, width]
 * @param positions what is added to the embedding at each position, [context, width], or null
 * @param layers from the input to the output
 * @param outputNorm [width]
 * @param output [vocabulary, width]; the embedding itself where the two are tied
 */
public record Weights(
    Tensor embedding,
    @Nullable Tensor positions,
    List<Layer> layers,
    Norm outputNorm,
    Projection output) {
  /** Copies the list. */
  public Weights {
    layers = List.copyOf(layers);
  }

  /**
   * One layer. A norm that is null is not there.
   *
   * @param attentionNorm before attention, [width]
   * @param attention between those two
   * @param attentionPostNorm on what attention adds, [width]
   * @param feedForwardNorm before the feed-forward block, [width]
   * @param feedForward between those two
   * @param feedForwardPostNorm on what the feed-forward block adds, [width]
   */
  public record Layer(
      Norm attentionNorm,
      Heads attention,
      @Nullable Norm attentionPostNorm,
      Norm feedForwardNorm,
      FeedForward feedForward,
      @Nullable Norm feedForwardPostNorm) {}

  /**
   * A layer's attention.
   *
   * @param query [heads · head size, width]
   * @param key [key-value heads · head size, width]
   * @param value as {@code key}
   * @param output [width, heads · head size]
   * @param queryNorm on each head's query before it is rotated, [head size], or null
   * @param keyNorm likewise on the keys
   * @param rope how queries and keys are rotated, or null
   * @param window how many positions a token sees, itself included; 0 for all
   */
  public record Heads(
      Projection query,
      Projection key,
      Projection value,
      Projection output,
      @Nullable Norm queryNorm,
      @Nullable Norm keyNorm,
      @Nullable Rope rope,
      int window) {}
}

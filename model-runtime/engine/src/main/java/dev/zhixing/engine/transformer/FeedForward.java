package dev.zhixing.engine.transformer;

import dev.zhixing.engine.tensor.Tensor;
import java.util.List;

/** The weights of a layer's feed-forward block. Matrices are [outputs, inputs]. */
public sealed interface FeedForward {
  /**
   * {@code down · (activation(gate · x) ⊙ (up · x))}.
   *
   * @param gate [feed-forward width, width]
   * @param up as {@code gate}
   * @param down [width, feed-forward width]
   */
  record Gated(Projection gate, Projection up, Projection down, Activation activation)
      implements FeedForward {}

  /**
   * {@code down · activation(up · x)}.
   *
   * @param up [feed-forward width, width]
   * @param down [width, feed-forward width]
   */
  record Plain(Projection up, Projection down, Activation activation) implements FeedForward {}

  /**
   * A mixture: a softmax over the router's logits chooses some gated blocks for each token, whose
   * results are added, weighted by their probabilities among the chosen ones.
   *
   * @param router [experts, width]
   * @param experts all of the same shape, without biases
   * @param used experts for each token
   * @param scale what multiplies the weights
   * @see <a href="https://arxiv.org/abs/2401.04088">Jiang and others 2024</a>
   */
  record Experts(Tensor router, List<Gated> experts, int used, float scale) implements FeedForward {
    /** Copies the list. */
    public Experts {
      experts = List.copyOf(experts);
    }
  }
}

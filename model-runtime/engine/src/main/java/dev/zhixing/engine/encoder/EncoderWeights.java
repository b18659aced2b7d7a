package dev.zhixing.engine.encoder;

import dev.zhixing.engine.kernel.DenseWeights;
import dev.zhixing.engine.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An encoder's weights, immutable and shared. Embeddings stay as they lie in the file; the matrices
 * of the layers are laid out anew on the heap.
 *
 * @param tokens [vocabulary, width]
 * @param positions [context length, width]
 * @param types [token types, width]; null if the file has none
 * @param norm after the sum of the three
 * @param layers from the input to the output
 * @param head guesses masked words; null if the file has none
 */
record EncoderWeights(
    Tensor tokens,
    Tensor positions,
    @Nullable Tensor types,
    LayerNorm norm,
    List<Layer> layers,
    @Nullable MaskedHead head) {

  /** Copies the list. */
  EncoderWeights {
    layers = List.copyOf(layers);
  }

  /**
   * One layer.
   *
   * @param queryKeyValue [3 · width, width]
   * @param attentionOutput [width, width]
   * @param attentionNorm after attention
   * @param up [feed-forward width, width]
   * @param down [width, feed-forward width]
   * @param outputNorm after the feed-forward block
   */
  record Layer(
      DenseWeights queryKeyValue,
      DenseWeights attentionOutput,
      LayerNorm attentionNorm,
      DenseWeights up,
      DenseWeights down,
      LayerNorm outputNorm) {}

  /**
   * The head of the masked-language model, whose last matrix is the token embedding.
   *
   * @param dense [width, width]
   * @param norm after its activation
   * @param bias [vocabulary]; null if the file has none
   */
  record MaskedHead(DenseWeights dense, LayerNorm norm, @Nullable Tensor bias) {}
}

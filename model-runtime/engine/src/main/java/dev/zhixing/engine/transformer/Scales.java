package dev.zhixing.engine.transformer;

/**
 * What a family multiplies or bounds numbers with, beside its weights.
 *
 * @param embedding multiplies the embedding of a token
 * @param attention multiplies the products of queries and keys
 * @param attentionCap bounds those to ±cap by {@code cap · tanh(x / cap)}; 0 for no bound
 * @param outputCap bounds the logits likewise; 0 for no bound
 */
public record Scales(float embedding, float attention, float attentionCap, float outputCap) {
  /** The usual scales of heads of this size: {@code 1 / sqrt(head size)} and nothing else. */
  public static Scales of(int headSize) {
    return new Scales(1, (float) (1 / Math.sqrt(headSize)), 0, 0);
  }
}

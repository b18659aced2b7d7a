package dev.zhixing.engine.sampling;

/**
 * Chooses the next token. A logit of negative infinity is never chosen. Not-a-number and positive
 * infinity mean that the model is broken: they are never chosen either.
 *
 * <p>A sampler may remember what was written: whoever generates calls {@link #accept} for every
 * token of the text, also for those that nobody had to choose. Samplers that remember nothing need
 * only {@link #sample}.
 */
@FunctionalInterface
public interface Sampler {
  /**
   * Chooses a token.
   *
   * @param logits one number per token; not changed
   * @return the token's id
   * @throws IllegalArgumentException if no logit is finite
   */
  int sample(float[] logits);

  /**
   * Takes note of a token that is now part of the text, in order. Tokens of the prompt count where
   * the caller hands them over before the first {@link #sample}.
   */
  default void accept(int id) {}

  /**
   * An independent sampler in the same state, which makes the same choices from here on. One that
   * keeps state must override this.
   */
  default Sampler copy() {
    return this;
  }

  /**
   * As {@link #copy}, but with choices by chance of its own: for one of several branches of a text.
   *
   * @param seed where its sequence of choices starts
   */
  default Sampler fork(long seed) {
    return copy();
  }

  /** Always the token with the greatest logit, the lowest id among equals. */
  static Sampler greedy() {
    return Logits::greatest;
  }

  /**
   * Chooses by chance: the same seed and the same logits give the same choices. Not safe for
   * several threads. {@link SamplingOptions} has more to set.
   *
   * @param temperature divides the logits that top-k and top-p left; 0 is {@link #greedy()}, at
   *     most 100
   * @param topK only the most likely {@code topK} tokens; 0 for no limit
   * @param topP only the most likely tokens whose probabilities together reach {@code topP}, above
   *     0 and at most 1
   * @param seed where the sequence of choices starts
   */
  static Sampler seeded(double temperature, int topK, double topP, long seed) {
    return SamplingOptions.builder()
        .temperature(temperature)
        .topK(topK)
        .topP(topP)
        .seed(seed)
        .build()
        .sampler();
  }
}

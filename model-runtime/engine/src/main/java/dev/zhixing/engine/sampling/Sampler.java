package dev.zhixing.engine.sampling;

/**
 * Chooses the next token. A logit of negative infinity is never chosen. Not-a-number and positive
 * infinity mean that the model is broken: they are never chosen either.
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

  /** Always the token with the greatest logit, the lowest id among equals. */
  static Sampler greedy() {
    return Candidates::greatest;
  }

  /**
   * Chooses by chance: the same seed and the same logits give the same choices. Not safe for
   * several threads.
   *
   * @param temperature divides the logits; 0 is {@link #greedy()}, at most 100
   * @param topK only the most likely {@code topK} tokens; 0 for no limit
   * @param topP only the most likely tokens whose probabilities together reach {@code topP}, above
   *     0 and at most 1
   * @param seed where the sequence of choices starts
   */
  static Sampler seeded(double temperature, int topK, double topP, long seed) {
    return SeededSampler.of(temperature, topK, topP, seed);
  }
}

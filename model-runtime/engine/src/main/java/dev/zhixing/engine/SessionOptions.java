package dev.zhixing.engine;

import dev.zhixing.engine.transformer.CacheType;
import dev.zhixing.engine.transformer.ModelConfig;

/**
 * How a session keeps its tokens.
 *
 * @param cacheType how keys and values are stored
 * @param contextLength how many tokens it can hold, at most as many as the model; 0 for as many.
 *     Some models, such as Phi-3 with 128k tokens, rotate positions otherwise where it is not
 *     longer than the context that they were first trained on, and are a little better then
 */
public record SessionOptions(CacheType cacheType, int contextLength) {
  /** Checks the number. */
  public SessionOptions {
    if (contextLength < 0) {
      throw new IllegalArgumentException(
          "contextLength: expected at least 0, found " + contextLength);
    }
  }

  /** Half precision, and all of the model's context. */
  public static SessionOptions standard() {
    return of(CacheType.F16);
  }

  /** All of the model's context, with keys and values stored like this. */
  public static SessionOptions of(CacheType cacheType) {
    return new SessionOptions(cacheType, 0);
  }

  /** As these, for no more than so many tokens, or as many as the model can hold. */
  public SessionOptions holding(long tokens, ModelConfig model) {
    return new SessionOptions(cacheType, Math.clamp(tokens, 1, model.contextLength()));
  }

  /** The number of tokens that a session of a model can hold. */
  int contextLength(int ofModel) {
    if (contextLength > ofModel) {
      throw new IllegalArgumentException(
          "contextLength: expected at most the model's %d, found %d"
              .formatted(ofModel, contextLength));
    }
    return contextLength == 0 ? ofModel : contextLength;
  }
}

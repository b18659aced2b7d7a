package dev.zhixing.engine;

import dev.zhixing.engine.transformer.CacheType;

/**
 * How a session keeps its tokens.
 *
 * @param cacheType how keys and values are stored
 * @param contextLength how many tokens it can hold, at most as many as the model; 0 for as many
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

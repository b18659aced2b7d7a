package dev.zhixing.engine.encoder;

/** How the vectors of a sentence's tokens become one vector. */
public enum Pooling {
  /** The mean of all tokens, the first and the last one included. */
  MEAN,
  /** The first token, {@code [CLS]}. */
  CLS
}

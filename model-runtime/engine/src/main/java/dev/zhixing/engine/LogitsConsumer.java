package dev.zhixing.engine;

/** Receives the logits of each position that a session computes. */
@FunctionalInterface
public interface LogitsConsumer {
  /**
   * Takes the logits of one position.
   *
   * @param position the token's position in the session, from 0
   * @param logits one number per token of the vocabulary: which comes next; valid during the call
   */
  void accept(int position, float[] logits);
}

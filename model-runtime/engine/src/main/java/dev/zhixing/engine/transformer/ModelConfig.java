package dev.zhixing.engine.transformer;

/**
 * The sizes and constants of a model.
 *
 * @param architecture the family's name, such as {@code llama}
 * @param contextLength tokens that a session can hold
 * @param width numbers per token between the layers
 * @param layers number of layers
 * @param heads query heads
 * @param keyValueHeads key and value heads; each serves {@code heads / keyValueHeads} query heads
 * @param headSize numbers per head
 * @param feedForwardWidth numbers per token inside the feed-forward block
 * @param vocabularySize number of tokens, and of logits
 * @param normEpsilon added to the mean square under the root
 * @param ropeBase base of the rotation's wavelengths
 * @param ropeSize numbers of a head that are rotated, an even number
 */
public record ModelConfig(
    String architecture,
    int contextLength,
    int width,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int feedForwardWidth,
    int vocabularySize,
    float normEpsilon,
    float ropeBase,
    int ropeSize) {

  /** Returns the numbers of all query heads together. */
  public int queryWidth() {
    return heads * headSize;
  }

  /** Returns the numbers of all key heads together, and of all value heads. */
  public int keyValueWidth() {
    return keyValueHeads * headSize;
  }
}

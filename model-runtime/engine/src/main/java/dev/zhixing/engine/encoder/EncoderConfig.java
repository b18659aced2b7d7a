package dev.zhixing.engine.encoder;

/**
 * An encoder's sizes and constants.
 *
 * @param vocabulary number of token ids
 * @param width numbers of a token's vector between the layers, and of a sentence's vector
 * @param layers number of layers
 * @param heads attention heads; they divide the width
 * @param feedForwardWidth inner width of the feed-forward blocks
 * @param contextLength greatest number of tokens of a sentence, special ones included
 * @param epsilon what layer normalisation adds to the variance
 * @param pooling how a sentence's vector is made
 */
public record EncoderConfig(
    int vocabulary,
    int width,
    int layers,
    int heads,
    int feedForwardWidth,
    int contextLength,
    float epsilon,
    Pooling pooling) {

  /** Returns the numbers of a head's query, key or value. */
  public int headSize() {
    return width / heads;
  }
}

package dev.zhixing.training.layer;

/**
 * Sizes of a llama decoder with tied embeddings.
 *
 * @param dim width of the residual stream, a multiple of 32
 * @param layers number of blocks
 * @param heads query heads; {@code dim / heads} is even
 * @param kvHeads key and value heads, a divisor of {@code heads}
 * @param ffn width of the gated feed-forward layer, a multiple of 32
 * @param vocab number of token ids
 * @param ropeTheta base of the rotary wavelengths
 * @param contextLength longest document, in tokens
 */
public record ModelShape(
    int dim,
    int layers,
    int heads,
    int kvHeads,
    int ffn,
    int vocab,
    double ropeTheta,
    int contextLength) {

  /** Added to the mean square by every RMSNorm. */
  public static final float EPSILON = 1e-5f;

  /** Checks the sizes. */
  public ModelShape {
    require(dim > 0 && dim % 32 == 0, "dim", dim, "a positive multiple of 32");
    require(layers > 0, "layers", layers, "at least 1");
    require(heads > 0 && dim % heads == 0, "heads", heads, "a divisor of dim " + dim);
    require(dim / heads % 2 == 0, "heads", heads, "an even number of values per head");
    require(kvHeads > 0 && heads % kvHeads == 0, "kvHeads", kvHeads, "a divisor of heads " + heads);
    require(dim / heads * kvHeads % 32 == 0, "kvHeads", kvHeads, "keys of a multiple of 32 values");
    require(ffn > 0 && ffn % 32 == 0, "ffn", ffn, "a positive multiple of 32");
    require(vocab > 1, "vocab", vocab, "at least 2");
    require(contextLength > 0, "contextLength", contextLength, "at least 1");
    if (!(ropeTheta > 1)) {
      throw new IllegalArgumentException("ropeTheta: expected more than 1, found " + ropeTheta);
    }
  }

  private static void require(boolean holds, String name, int value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": expected " + expected + ", found " + value);
    }
  }

  /** Values per head. */
  public int headWidth() {
    return dim / heads;
  }

  /** Values of all keys (or all values) of a token. */
  public int kvWidth() {
    return headWidth() * kvHeads;
  }

  /** Width of the joined query, key and value projection. */
  public int qkvWidth() {
    return dim + 2 * kvWidth();
  }

  /** Number of weights in the matrices of all blocks, without embedding and norms. */
  public long blockWeights() {
    return (long) layers * dim * (qkvWidth() + dim + 3L * ffn);
  }

  /**
   * Floating-point operations of one forward and backward pass.
   *
   * @param tokens tokens through the blocks
   * @param predicted tokens through the output head
   * @param pairs pairs of a token and one it attends to
   */
  public double operations(long tokens, long predicted, long pairs) {
    double head = 6.0 * vocab * dim * predicted;
    double attention = 14.0 * dim * layers * pairs;
    return 6.0 * blockWeights() * tokens + head + attention;
  }
}

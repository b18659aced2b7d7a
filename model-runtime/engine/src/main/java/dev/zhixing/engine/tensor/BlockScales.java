package dev.zhixing.engine.tensor;

/**
 * The scales of consecutive blocks: a number is {@code scale · partScale · code - minimum ·
 * partMinimum}. A block of 32 numbers has one part, a block of 256 has sixteen parts of 16. For one
 * thread; contents are replaced by {@link TensorType#unpackScales}.
 */
public final class BlockScales {
  /** One for each block. */
  public final float[] scale;

  /** One for each block; 0 where the type has none. */
  public final float[] minimum;

  /** {@link TensorType#parts} for each block, -128 to 127. */
  public final byte[] partScale;

  /** As {@link #partScale}, 0 to 63. */
  public final byte[] partMinimum;

  /** Room for the scales of a row. */
  public BlockScales(TensorType type, int columns) {
    int blocks = columns / type.blockSize();
    scale = new float[blocks];
    minimum = new float[blocks];
    partScale = new byte[blocks * type.parts()];
    partMinimum = new byte[partScale.length];
  }
}

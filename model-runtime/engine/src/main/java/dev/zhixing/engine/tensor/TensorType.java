package dev.zhixing.engine.tensor;

import java.util.Optional;

/**
 * How a tensor's numbers are stored. Values lie in blocks along a row: a block holds {@link
 * #blockSize()} numbers in {@link #blockBytes()} bytes, little-endian.
 *
 * <p>The ids and layouts are those of ggml.
 */
public enum TensorType {
  /** IEEE 754 single precision. */
  F32(0, 1, 4),
  /** IEEE 754 half precision. */
  F16(1, 1, 2),
  /** A half-precision scale, then 32 signed bytes; a number is scale × byte. */
  Q8_0(8, 32, 34);

  private final int id;
  private final int blockSize;
  private final int blockBytes;

  TensorType(int id, int blockSize, int blockBytes) {
    this.id = id;
    this.blockSize = blockSize;
    this.blockBytes = blockBytes;
  }

  /** Returns the type's number in a GGUF file. */
  public int id() {
    return id;
  }

  /** Returns how many numbers a block holds. */
  public int blockSize() {
    return blockSize;
  }

  /** Returns how many bytes a block takes. */
  public int blockBytes() {
    return blockBytes;
  }

  /** Returns the bytes of a row of {@code columns} numbers, a multiple of the block size. */
  public long rowBytes(long columns) {
    if (columns % blockSize != 0) {
      throw new IllegalArgumentException(
          "a row of type %s: expected a multiple of %d numbers, found %d"
              .formatted(this, blockSize, columns));
    }
    return Math.multiplyExact(columns / blockSize, (long) blockBytes);
  }

  /** Returns the type with this number in a GGUF file, if it is one that the engine reads. */
  public static Optional<TensorType> of(int id) {
    return switch (id) {
      case 0 -> Optional.of(F32);
      case 1 -> Optional.of(F16);
      case 8 -> Optional.of(Q8_0);
      default -> Optional.empty();
    };
  }
}

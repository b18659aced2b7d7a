package dev.zhixing.engine.tensor;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How a tensor's numbers are stored. Values lie in blocks along a row: a block holds {@link
 * #blockSize()} numbers in {@link #blockBytes()} bytes, little-endian.
 *
 * <p>The ids and layouts are those of ggml. A number of a block is {@code scale · code}, of some
 * types {@code scale · code - minimum}.
 */
public enum TensorType {
  /** IEEE 754 single precision. */
  F32(0, 1, 4),
  /** IEEE 754 half precision. */
  F16(1, 1, 2),
  /** A half-precision scale, then 32 codes of 4 bits, -8 to 7. */
  Q4_0(2, 32, 18),
  /** Half-precision scale and minimum, then 32 codes of 4 bits. */
  Q4_1(3, 32, 20),
  /** A half-precision scale, the fifth bits of 32 codes, then their 4 low bits; -16 to 15. */
  Q5_0(6, 32, 22),
  /** Half-precision scale and minimum, then 32 codes of 5 bits. */
  Q5_1(7, 32, 24),
  /** A half-precision scale, then 32 signed bytes. */
  Q8_0(8, 32, 34),
  /** 16 parts of 16 codes of 2 bits, each with a scale and a minimum of 4 bits. */
  Q2_K(10, 256, 84),
  /** 16 parts of 16 codes of 3 bits, -4 to 3, each with a scale of 6 bits. */
  Q3_K(11, 256, 110),
  /** 8 parts of 32 codes of 4 bits, each with a scale and a minimum of 6 bits. */
  Q4_K(12, 256, 144),
  /** 8 parts of 32 codes of 5 bits, each with a scale and a minimum of 6 bits. */
  Q5_K(13, 256, 176),
  /** 16 parts of 16 codes of 6 bits, -32 to 31, each with a scale of 8 bits. */
  Q6_K(14, 256, 210),
  /** A half-precision scale, then 32 codes of 4 bits that name one of 16 unevenly spaced values. */
  IQ4_NL(20, 32, 18),
  /** 8 parts of 32 codes as of {@link #IQ4_NL}, each with a scale of 6 bits. */
  IQ4_XS(23, 256, 136),
  /** The upper half of a single-precision number. */
  BF16(30, 1, 2),
  /** A scale that is a power of 2, then 32 floating-point numbers of 4 bits (OCP MX). */
  MXFP4(39, 32, 17);

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

  /** Says whether numbers are stored as small integers with scales. */
  public boolean isQuantized() {
    return blockSize > 1;
  }

  /** Returns how many parts of a block have scales of their own. */
  public int parts() {
    return blockSize == 256 ? 16 : 1;
  }

  /**
   * Writes the numbers of whole blocks.
   *
   * @param blocks the bytes, from {@code from} on
   * @param count how many numbers, a multiple of the block size
   * @param to written at {@code offset + i}
   */
  public void decode(byte[] blocks, int from, int count, float[] to, int offset) {
    if (!isQuantized()) {
      PlainNumbers.decode(this, blocks, from, count, to, offset);
      return;
    }
    byte[] codes = new byte[count];
    BlockScales scales = new BlockScales(this, count);
    unpackCodes(blocks, from, count, codes, 0);
    unpackScales(blocks, from, count, scales);
    int part = blockSize / parts();
    for (int i = 0; i < count; i += part) {
      float scale = scales.scale[i / blockSize] * scales.partScale[i / part];
      float minimum = scales.minimum[i / blockSize] * scales.partMinimum[i / part];
      for (int j = i; j < i + part; j++) {
        to[offset + j] = scale * codes[j] - minimum;
      }
    }
  }

  /**
   * Writes the codes of whole blocks of a quantized type.
   *
   * @param blocks the bytes, from {@code from} on
   * @param count how many numbers, a multiple of the block size
   * @param codes written at {@code offset + i}
   */
  public void unpackCodes(byte[] blocks, int from, int count, byte[] codes, int offset) {
    for (int i = 0, at = from; i < count; i += blockSize, at += blockBytes) {
      if (blockSize == 32) {
        SmallBlocks.codes(this, blocks, at, codes, offset + i);
      } else {
        SuperBlocks.codes(this, blocks, at, codes, offset + i);
      }
    }
  }

  /** Writes the scales of whole blocks of a quantized type, from the first block's place on. */
  public void unpackScales(byte[] blocks, int from, int count, BlockScales scales) {
    for (int i = 0, at = from; i < count / blockSize; i++, at += blockBytes) {
      if (blockSize == 32) {
        SmallBlocks.scales(this, blocks, at, scales, i);
      } else {
        SuperBlocks.scales(this, blocks, at, scales, i);
      }
    }
  }

  /** Says whether {@link #encode} can write this type. */
  public boolean canEncode() {
    return switch (this) {
      case F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q6_K -> true;
      case Q2_K, Q3_K, Q5_K, IQ4_NL, IQ4_XS, MXFP4 -> false;
    };
  }

  /**
   * Turns numbers into whole blocks.
   *
   * @param numbers finite, from {@code from} on
   * @param count how many numbers, a multiple of the block size
   * @param to little-endian; written at its position
   * @throws IllegalArgumentException if the type cannot be written
   */
  public void encode(float[] numbers, int from, int count, ByteBuffer to) {
    switch (this) {
      case F32, F16, BF16 -> PlainNumbers.encode(this, numbers, from, count, to);
      case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1 -> {
        for (int i = from; i < from + count; i += blockSize) {
          SmallQuantizer.encode(this, numbers, i, to);
        }
      }
      case Q4_K, Q6_K -> {
        for (int i = from; i < from + count; i += blockSize) {
          SuperQuantizer.encode(this, numbers, i, to);
        }
      }
      case Q2_K, Q3_K, Q5_K, IQ4_NL, IQ4_XS, MXFP4 ->
          throw new IllegalArgumentException(
              "type: expected one that can be written, such as Q8_0, Q4_K or Q6_K, found " + this);
    }
  }

  /** Returns the type with this number in a GGUF file, if it is one that the engine reads. */
  public static Optional<TensorType> of(int id) {
    for (TensorType type : values()) {
      if (type.id == id) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}

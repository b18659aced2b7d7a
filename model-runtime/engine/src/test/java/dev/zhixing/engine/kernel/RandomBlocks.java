package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.TensorType;
import java.util.SplittableRandom;

/** Random bytes that are numbers of moderate size in a tensor type. */
public final class RandomBlocks {
  private RandomBlocks() {}

  /** Returns the bytes of so many numbers, whole blocks. */
  public static byte[] of(TensorType type, int count, SplittableRandom random) {
    byte[] bytes = new byte[Math.toIntExact(type.rowBytes(count))];
    random.nextBytes(bytes);
    int size = type.blockBytes();
    switch (type) {
      case F32 -> keepSmall(bytes, 3, size);
      case F16, BF16 -> keepSmall(bytes, 1, size);
      case Q4_0, Q5_0, Q8_0, IQ4_NL, IQ4_XS -> keepSmall(bytes, 1, size);
      case Q4_1, Q5_1, Q4_K, Q5_K -> {
        keepSmall(bytes, 1, size);
        keepSmall(bytes, 3, size);
      }
      case Q2_K -> {
        keepSmall(bytes, size - 1, size);
        keepSmall(bytes, size - 3, size);
      }
      case Q3_K, Q6_K -> keepSmall(bytes, size - 1, size);
      case MXFP4 -> {
        for (int i = 0; i < bytes.length; i += size) {
          bytes[i] = (byte) (110 + (bytes[i] & 15));
        }
      }
    }
    return bytes;
  }

  /** Clears the top bit of exponents: numbers below 2, down to subnormal ones. */
  private static void keepSmall(byte[] bytes, int from, int step) {
    for (int i = from; i < bytes.length; i += step) {
      bytes[i] &= (byte) 0xbf;
    }
  }
}

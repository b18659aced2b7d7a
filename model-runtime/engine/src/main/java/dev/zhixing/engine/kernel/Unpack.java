package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Reads weight rows in vectors: numbers as floats, quantized ones as codes. */
final class Unpack {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int L = VectorKernels.SPECIES.length();
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(32 * L));
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, 16 * L)));

  private Unpack() {}

  /**
   * Writes numbers of a row of a type that is not quantized.
   *
   * @param column the first number
   * @param count how many
   */
  static void floats(
      Tensor w, int row, int column, int count, float[] to, int offset, Scratch scratch) {
    long from = row * w.rowBytes() + w.type().rowBytes(column);
    switch (w.type()) {
      case F32 -> MemorySegment.copy(w.data(), FLOAT, from, to, offset, count);
      case F16 -> {
        short[] halves = scratch.shorts(count);
        MemorySegment.copy(w.data(), SHORT, from, halves, 0, count);
        halves(halves, count, to, offset);
      }
      case BF16 -> {
        short[] uppers = scratch.shorts(count);
        MemorySegment.copy(w.data(), SHORT, from, uppers, 0, count);
        uppers(uppers, count, to, offset);
      }
      case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS, MXFP4 ->
          throw new IllegalArgumentException("expected F32, F16 or BF16, found " + w.type());
    }
  }

  /** Writes the codes of whole blocks; a vector may read some bytes behind them. */
  static void codes(TensorType type, byte[] b, int from, int count, byte[] codes) {
    int blocks = count / type.blockSize();
    switch (type) {
      case Q8_0 -> type.unpackCodes(b, from, count, codes, 0); // copies them
      case Q4_0 -> UnpackSmall.nibbles(b, from, 2, 8, blocks, codes);
      case Q4_1 -> UnpackSmall.nibbles(b, from, 4, 0, blocks, codes);
      case Q5_0 -> UnpackSmall.fives(b, from, 2, 16, blocks, codes);
      case Q5_1 -> UnpackSmall.fives(b, from, 4, 0, blocks, codes);
      case IQ4_NL -> UnpackSmall.uneven(b, from + 2, blocks, codes, 0, 18);
      case MXFP4 -> UnpackSmall.tinyFloats(b, from, blocks, codes);
      case Q2_K -> UnpackSuper.q2(b, from, blocks, codes);
      case Q3_K -> UnpackSuper.q3(b, from, blocks, codes);
      case Q4_K -> UnpackSuper.q4(b, from, blocks, codes);
      case Q5_K -> UnpackSuper.q5(b, from, blocks, codes);
      case Q6_K -> UnpackSuper.q6(b, from, blocks, codes);
      case IQ4_XS -> {
        for (int k = 0; k < blocks; k++) {
          UnpackSmall.uneven(b, from + 136 * k + 8, 8, codes, 256 * k, 16);
        }
      }
      case F32, F16, BF16 ->
          throw new IllegalArgumentException("expected a quantized type, found " + type);
    }
  }

  /** The compiler turns this loop into vector code by itself. */
  private static void halves(short[] from, int count, float[] to, int offset) {
    for (int i = 0; i < count; i++) {
      to[offset + i] = Float.float16ToFloat(from[i]);
    }
  }

  private static void uppers(short[] from, int count, float[] to, int offset) {
    int i = 0;
    for (; i + SHORTS.length() <= count; i += L) {
      IntVector bits =
          (IntVector)
              ShortVector.fromArray(SHORTS, from, i).convertShape(VectorOperators.S2I, INTS, 0);
      bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().intoArray(to, offset + i);
    }
    for (; i < count; i++) {
      to[offset + i] = Float.intBitsToFloat(from[i] << 16);
    }
  }
}

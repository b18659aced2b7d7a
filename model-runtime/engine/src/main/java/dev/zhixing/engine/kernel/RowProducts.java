package dev.zhixing.engine.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of four weight rows with one input, in vectors along the rows. Each call computes the
 * partial sums {@code part} to {@code part + L - 1} of each row, written at {@code row · LANES}.
 */
final class RowProducts {
  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final int L = SPECIES.length();
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * L)));
  private static final int BLOCK = 32;
  private static final int BLOCK_BYTES = 34;

  private RowProducts() {}

  /** Rows of floats at {@code from}, {@code columns} apart; the first {@code whole} numbers. */
  static void floats(
      float[] rows, int from, int columns, int whole, float[] x, int xOffset, int part) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    for (int i = part; i < whole; i += Kernels.LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i);
      int at = from + i;
      s0 = FloatVector.fromArray(SPECIES, rows, at).fma(v, s0);
      s1 = FloatVector.fromArray(SPECIES, rows, at + columns).fma(v, s1);
      s2 = FloatVector.fromArray(SPECIES, rows, at + 2 * columns).fma(v, s2);
      s3 = FloatVector.fromArray(SPECIES, rows, at + 3 * columns).fma(v, s3);
    }
    s0.intoArray(rows, part);
    s1.intoArray(rows, part + Kernels.LANES);
    s2.intoArray(rows, part + 2 * Kernels.LANES);
    s3.intoArray(rows, part + 3 * Kernels.LANES);
  }

  /**
   * Rows of Q8_0 blocks as they lie in the file, {@code rowBytes} apart. A scale times a byte is
   * exact in a float.
   */
  static void q8(
      byte[] w, int rowBytes, int columns, float[] x, int xOffset, int part, float[] sums) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    int at = 0;
    for (int i = part; i < columns; i += BLOCK, at += BLOCK_BYTES) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, xOffset + i);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, xOffset + i + Kernels.LANES);
      int row = at + part;
      int d = at;
      FloatVector v =
          FloatVector.broadcast(
              SPECIES, Float.float16ToFloat((short) ((w[d] & 0xff) | w[d + 1] << 8)));
      FloatVector a =
          (FloatVector)
              ByteVector.fromArray(BYTES, w, row + 2).convertShape(VectorOperators.B2F, SPECIES, 0);
      FloatVector b =
          (FloatVector)
              ByteVector.fromArray(BYTES, w, row + 18)
                  .convertShape(VectorOperators.B2F, SPECIES, 0);
      s0 = b.mul(v).fma(v1, a.mul(v).fma(v0, s0));
      row += rowBytes;
      d += rowBytes;
      v =
          FloatVector.broadcast(
              SPECIES, Float.float16ToFloat((short) ((w[d] & 0xff) | w[d + 1] << 8)));
      a =
          (FloatVector)
              ByteVector.fromArray(BYTES, w, row + 2).convertShape(VectorOperators.B2F, SPECIES, 0);
      b =
          (FloatVector)
              ByteVector.fromArray(BYTES, w, row + 18)
                  .convertShape(VectorOperators.B2F, SPECIES, 0);
      s1 = b.mul(v).fma(v1, a.mul(v).fma(v0, s1));
      row += rowBytes;
      d += rowBytes;
      v =
          FloatVector.broadcast(
              SPECIES, Float.float16ToFloat((short) ((w[d] & 0xff) | w[d + 1] << 8)));
      a =
          (FloatVector)
              ByteVector.fromArray(BYTES, w, row + 2).convertShape(VectorOperators.B2F, SPECIES, 0);
      b =
          (FloatVector)
              ByteVector.fromArray(BYTES, w, row + 18)
                  .convertShape(VectorOperators.B2F, SPECIES, 0);
      s2 = b.mul(v).fma(v1, a.mul(v).fma(v0, s2));
      row += rowBytes;
      d += rowBytes;
      v =
          FloatVector.broadcast(
              SPECIES, Float.float16ToFloat((short) ((w[d] & 0xff) | w[d + 1] << 8)));
      a =
          (FloatVector)
              ByteVector.fromArray(BYTES, w, row + 2).convertShape(VectorOperators.B2F, SPECIES, 0);
      b =
          (FloatVector)
              ByteVector.fromArray(BYTES, w, row + 18)
                  .convertShape(VectorOperators.B2F, SPECIES, 0);
      s3 = b.mul(v).fma(v1, a.mul(v).fma(v0, s3));
    }
    s0.intoArray(sums, part);
    s1.intoArray(sums, part + Kernels.LANES);
    s2.intoArray(sums, part + 2 * Kernels.LANES);
    s3.intoArray(sums, part + 3 * Kernels.LANES);
  }
}

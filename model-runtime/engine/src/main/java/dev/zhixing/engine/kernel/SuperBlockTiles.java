package dev.zhixing.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tiles of {@link Kernels#addBlocks} for blocks of 256 numbers: rows of weights lie in the
 * lanes. A code times its part's scale is at most 4096 in magnitude, so 32 products with codes up
 * to 127 sum to less than 2^24: a float holds the sum exactly; then it goes on as integer.
 */
final class SuperBlockTiles {
  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(SPECIES.vectorBitSize()));
  private static final int L = SPECIES.length();

  private SuperBlockTiles() {}

  /** Two vectors of rows, six inputs. */
  static void addTwoBySix(
      float[] w,
      int wOffset,
      int width,
      float[] scales,
      int sOffset,
      int blocks,
      float[] x,
      int xOffset,
      int xStride,
      float[] inputScales,
      int block,
      int blockStride,
      float[] y,
      int yOffset,
      int yStride) {
    int wAt = wOffset;
    int sAt = sOffset;
    for (int b = 0; b < blocks; b++) {
      IntVector m0 = IntVector.zero(INTS);
      IntVector n0 = IntVector.zero(INTS);
      IntVector m1 = IntVector.zero(INTS);
      IntVector n1 = IntVector.zero(INTS);
      IntVector m2 = IntVector.zero(INTS);
      IntVector n2 = IntVector.zero(INTS);
      IntVector m3 = IntVector.zero(INTS);
      IntVector n3 = IntVector.zero(INTS);
      IntVector m4 = IntVector.zero(INTS);
      IntVector n4 = IntVector.zero(INTS);
      IntVector m5 = IntVector.zero(INTS);
      IntVector n5 = IntVector.zero(INTS);
      int xAt = xOffset + 256 * b;
      for (int eighth = 0; eighth < 8; eighth++) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector a2 = FloatVector.zero(SPECIES);
        FloatVector b2 = FloatVector.zero(SPECIES);
        FloatVector a3 = FloatVector.zero(SPECIES);
        FloatVector b3 = FloatVector.zero(SPECIES);
        FloatVector a4 = FloatVector.zero(SPECIES);
        FloatVector b4 = FloatVector.zero(SPECIES);
        FloatVector a5 = FloatVector.zero(SPECIES);
        FloatVector b5 = FloatVector.zero(SPECIES);
        for (int i = 0; i < 32; i++) {
          FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt);
          FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + L);
          FloatVector v = FloatVector.broadcast(SPECIES, x[xAt]);
          a0 = wa.fma(v, a0);
          b0 = wb.fma(v, b0);
          v = FloatVector.broadcast(SPECIES, x[xAt + xStride]);
          a1 = wa.fma(v, a1);
          b1 = wb.fma(v, b1);
          v = FloatVector.broadcast(SPECIES, x[xAt + 2 * xStride]);
          a2 = wa.fma(v, a2);
          b2 = wb.fma(v, b2);
          v = FloatVector.broadcast(SPECIES, x[xAt + 3 * xStride]);
          a3 = wa.fma(v, a3);
          b3 = wb.fma(v, b3);
          v = FloatVector.broadcast(SPECIES, x[xAt + 4 * xStride]);
          a4 = wa.fma(v, a4);
          b4 = wb.fma(v, b4);
          v = FloatVector.broadcast(SPECIES, x[xAt + 5 * xStride]);
          a5 = wa.fma(v, a5);
          b5 = wb.fma(v, b5);
          wAt += width;
          xAt++;
        }
        m0 = m0.add((IntVector) a0.convert(VectorOperators.F2I, 0));
        n0 = n0.add((IntVector) b0.convert(VectorOperators.F2I, 0));
        m1 = m1.add((IntVector) a1.convert(VectorOperators.F2I, 0));
        n1 = n1.add((IntVector) b1.convert(VectorOperators.F2I, 0));
        m2 = m2.add((IntVector) a2.convert(VectorOperators.F2I, 0));
        n2 = n2.add((IntVector) b2.convert(VectorOperators.F2I, 0));
        m3 = m3.add((IntVector) a3.convert(VectorOperators.F2I, 0));
        n3 = n3.add((IntVector) b3.convert(VectorOperators.F2I, 0));
        m4 = m4.add((IntVector) a4.convert(VectorOperators.F2I, 0));
        n4 = n4.add((IntVector) b4.convert(VectorOperators.F2I, 0));
        m5 = m5.add((IntVector) a5.convert(VectorOperators.F2I, 0));
        n5 = n5.add((IntVector) b5.convert(VectorOperators.F2I, 0));
      }
      FloatVector sa = FloatVector.fromArray(SPECIES, scales, sAt);
      FloatVector sb = FloatVector.fromArray(SPECIES, scales, sAt + L);
      int yAt = yOffset;
      float d = inputScales[block + b];
      FloatVector f = (FloatVector) m0.convert(VectorOperators.I2F, 0);
      f.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      f = (FloatVector) n0.convert(VectorOperators.I2F, 0);
      f.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      d = inputScales[block + b + blockStride];
      f = (FloatVector) m1.convert(VectorOperators.I2F, 0);
      f.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      f = (FloatVector) n1.convert(VectorOperators.I2F, 0);
      f.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      d = inputScales[block + b + 2 * blockStride];
      f = (FloatVector) m2.convert(VectorOperators.I2F, 0);
      f.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      f = (FloatVector) n2.convert(VectorOperators.I2F, 0);
      f.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      d = inputScales[block + b + 3 * blockStride];
      f = (FloatVector) m3.convert(VectorOperators.I2F, 0);
      f.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      f = (FloatVector) n3.convert(VectorOperators.I2F, 0);
      f.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      d = inputScales[block + b + 4 * blockStride];
      f = (FloatVector) m4.convert(VectorOperators.I2F, 0);
      f.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      f = (FloatVector) n4.convert(VectorOperators.I2F, 0);
      f.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      d = inputScales[block + b + 5 * blockStride];
      f = (FloatVector) m5.convert(VectorOperators.I2F, 0);
      f.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      f = (FloatVector) n5.convert(VectorOperators.I2F, 0);
      f.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      sAt += width;
    }
  }

  /** Two vectors of rows, one input. */
  static void addTwoByOne(
      float[] w,
      int wOffset,
      int width,
      float[] scales,
      int sOffset,
      int blocks,
      float[] x,
      int xOffset,
      float[] inputScales,
      int block,
      float[] y,
      int yOffset) {
    int wAt = wOffset;
    int sAt = sOffset;
    for (int b = 0; b < blocks; b++) {
      IntVector m0 = IntVector.zero(INTS);
      IntVector n0 = IntVector.zero(INTS);
      int xAt = xOffset + 256 * b;
      for (int eighth = 0; eighth < 8; eighth++) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector b0 = FloatVector.zero(SPECIES);
        for (int i = 0; i < 32; i++) {
          FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt);
          FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + L);
          FloatVector v = FloatVector.broadcast(SPECIES, x[xAt]);
          a0 = wa.fma(v, a0);
          b0 = wb.fma(v, b0);
          wAt += width;
          xAt++;
        }
        m0 = m0.add((IntVector) a0.convert(VectorOperators.F2I, 0));
        n0 = n0.add((IntVector) b0.convert(VectorOperators.F2I, 0));
      }
      FloatVector sa = FloatVector.fromArray(SPECIES, scales, sAt);
      FloatVector sb = FloatVector.fromArray(SPECIES, scales, sAt + L);
      int yAt = yOffset;
      float d = inputScales[block + b];
      FloatVector f = (FloatVector) m0.convert(VectorOperators.I2F, 0);
      f.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      f = (FloatVector) n0.convert(VectorOperators.I2F, 0);
      f.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      sAt += width;
    }
  }
}

package dev.zhixing.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tiles of {@link Kernels#addBlocks} for blocks of 32 numbers: rows of weights lie in the
 * lanes. Codes are at most 128 and 127 in magnitude, so 32 products sum to less than 2^24: a float
 * holds the sum exactly.
 */
final class SmallBlockTiles {
  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final int L = SPECIES.length();

  private SmallBlockTiles() {}

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
      int xAt = xOffset + 32 * b;
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
      FloatVector sa = FloatVector.fromArray(SPECIES, scales, sAt);
      FloatVector sb = FloatVector.fromArray(SPECIES, scales, sAt + L);
      int yAt = yOffset;
      float d = inputScales[block + b];
      a0.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b0.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      d = inputScales[block + b + blockStride];
      a1.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b1.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      d = inputScales[block + b + 2 * blockStride];
      a2.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b2.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      d = inputScales[block + b + 3 * blockStride];
      a3.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b3.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      d = inputScales[block + b + 4 * blockStride];
      a4.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b4.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      d = inputScales[block + b + 5 * blockStride];
      a5.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b5.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
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
      FloatVector a0 = FloatVector.zero(SPECIES);
      FloatVector b0 = FloatVector.zero(SPECIES);
      int xAt = xOffset + 32 * b;
      for (int i = 0; i < 32; i++) {
        FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt);
        FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + L);
        FloatVector v = FloatVector.broadcast(SPECIES, x[xAt]);
        a0 = wa.fma(v, a0);
        b0 = wb.fma(v, b0);
        wAt += width;
        xAt++;
      }
      FloatVector sa = FloatVector.fromArray(SPECIES, scales, sAt);
      FloatVector sb = FloatVector.fromArray(SPECIES, scales, sAt + L);
      int yAt = yOffset;
      float d = inputScales[block + b];
      a0.mul(sa).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b0.mul(sb).mul(d).add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      sAt += width;
    }
  }
}

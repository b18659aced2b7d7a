package dev.zhixing.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The tiles of {@link Kernels#addProducts}: rows of weights lie in the lanes. */
final class PanelTiles {
  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final int L = SPECIES.length();

  private PanelTiles() {}

  /** Two vectors of rows, six inputs: twelve sums in registers. */
  static void addTwoBySix(
      float[] w,
      int wOffset,
      int width,
      int groups,
      int terms,
      float[] x,
      int xOffset,
      int xStride,
      int xGroupStep,
      int xTermStep,
      float[] y,
      int yOffset,
      int yStride) {
    int wAt = wOffset;
    for (int g = 0; g < groups; g++) {
      int x0 = xOffset + g * xGroupStep;
      FloatVector a0 = FloatVector.zero(SPECIES);
      FloatVector a1 = FloatVector.zero(SPECIES);
      FloatVector a2 = FloatVector.zero(SPECIES);
      FloatVector a3 = FloatVector.zero(SPECIES);
      FloatVector a4 = FloatVector.zero(SPECIES);
      FloatVector a5 = FloatVector.zero(SPECIES);
      FloatVector b0 = FloatVector.zero(SPECIES);
      FloatVector b1 = FloatVector.zero(SPECIES);
      FloatVector b2 = FloatVector.zero(SPECIES);
      FloatVector b3 = FloatVector.zero(SPECIES);
      FloatVector b4 = FloatVector.zero(SPECIES);
      FloatVector b5 = FloatVector.zero(SPECIES);
      for (int i = 0; i < terms; i++) {
        FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt);
        FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + L);
        FloatVector v = FloatVector.broadcast(SPECIES, x[x0]);
        a0 = wa.fma(v, a0);
        b0 = wb.fma(v, b0);
        v = FloatVector.broadcast(SPECIES, x[x0 + xStride]);
        a1 = wa.fma(v, a1);
        b1 = wb.fma(v, b1);
        v = FloatVector.broadcast(SPECIES, x[x0 + 2 * xStride]);
        a2 = wa.fma(v, a2);
        b2 = wb.fma(v, b2);
        v = FloatVector.broadcast(SPECIES, x[x0 + 3 * xStride]);
        a3 = wa.fma(v, a3);
        b3 = wb.fma(v, b3);
        v = FloatVector.broadcast(SPECIES, x[x0 + 4 * xStride]);
        a4 = wa.fma(v, a4);
        b4 = wb.fma(v, b4);
        v = FloatVector.broadcast(SPECIES, x[x0 + 5 * xStride]);
        a5 = wa.fma(v, a5);
        b5 = wb.fma(v, b5);
        wAt += width;
        x0 += xTermStep;
      }
      int yAt = yOffset;
      a0.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b0.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      a1.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b1.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      a2.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b2.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      a3.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b3.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      a4.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b4.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      a5.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b5.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
    }
  }

  /** Two vectors of rows, four inputs: eight sums in registers. */
  static void addTwoByFour(
      float[] w,
      int wOffset,
      int width,
      int groups,
      int terms,
      float[] x,
      int xOffset,
      int xStride,
      int xGroupStep,
      int xTermStep,
      float[] y,
      int yOffset,
      int yStride) {
    int wAt = wOffset;
    for (int g = 0; g < groups; g++) {
      int x0 = xOffset + g * xGroupStep;
      FloatVector a0 = FloatVector.zero(SPECIES);
      FloatVector a1 = FloatVector.zero(SPECIES);
      FloatVector a2 = FloatVector.zero(SPECIES);
      FloatVector a3 = FloatVector.zero(SPECIES);
      FloatVector b0 = FloatVector.zero(SPECIES);
      FloatVector b1 = FloatVector.zero(SPECIES);
      FloatVector b2 = FloatVector.zero(SPECIES);
      FloatVector b3 = FloatVector.zero(SPECIES);
      for (int i = 0; i < terms; i++) {
        FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt);
        FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + L);
        FloatVector v = FloatVector.broadcast(SPECIES, x[x0]);
        a0 = wa.fma(v, a0);
        b0 = wb.fma(v, b0);
        v = FloatVector.broadcast(SPECIES, x[x0 + xStride]);
        a1 = wa.fma(v, a1);
        b1 = wb.fma(v, b1);
        v = FloatVector.broadcast(SPECIES, x[x0 + 2 * xStride]);
        a2 = wa.fma(v, a2);
        b2 = wb.fma(v, b2);
        v = FloatVector.broadcast(SPECIES, x[x0 + 3 * xStride]);
        a3 = wa.fma(v, a3);
        b3 = wb.fma(v, b3);
        wAt += width;
        x0 += xTermStep;
      }
      int yAt = yOffset;
      a0.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b0.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      a1.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b1.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      a2.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b2.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      yAt += yStride;
      a3.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      b3.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
    }
  }

  /** Two vectors of rows, one input. */
  static void addTwoByOne(
      float[] w,
      int wOffset,
      int width,
      int groups,
      int terms,
      float[] x,
      int xOffset,
      int xGroupStep,
      int xTermStep,
      float[] y,
      int yOffset) {
    int wAt = wOffset;
    for (int g = 0; g < groups; g++) {
      int xAt = xOffset + g * xGroupStep;
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = FloatVector.zero(SPECIES);
      for (int i = 0; i < terms; i++) {
        FloatVector v = FloatVector.broadcast(SPECIES, x[xAt]);
        a = FloatVector.fromArray(SPECIES, w, wAt).fma(v, a);
        b = FloatVector.fromArray(SPECIES, w, wAt + L).fma(v, b);
        wAt += width;
        xAt += xTermStep;
      }
      a.add(FloatVector.fromArray(SPECIES, y, yOffset)).intoArray(y, yOffset);
      b.add(FloatVector.fromArray(SPECIES, y, yOffset + L)).intoArray(y, yOffset + L);
    }
  }

  /** One row, one input. */
  static void addOne(
      float[] w,
      int wOffset,
      int width,
      int groups,
      int terms,
      float[] x,
      int xOffset,
      int xGroupStep,
      int xTermStep,
      float[] y,
      int yOffset) {
    int wAt = wOffset;
    for (int g = 0; g < groups; g++) {
      int xAt = xOffset + g * xGroupStep;
      float sum = 0;
      for (int i = 0; i < terms; i++) {
        sum = Math.fma(w[wAt], x[xAt], sum);
        wAt += width;
        xAt += xTermStep;
      }
      y[yOffset] += sum;
    }
  }
}

package dev.zhixing.engine.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops of an encoder on the Vector API: rows of weights lie in the lanes. */
final class VectorDense implements DenseKernels {
  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final int L = SPECIES.length();
  private static final int LANES = Kernels.LANES;

  @Override
  public String name() {
    return "Vector API (" + SPECIES.vectorBitSize() + " bits)";
  }

  @Override
  public void addTile(
      float[] w,
      int wAt,
      int terms,
      float[] x,
      int xAt,
      int xStride,
      float[] y,
      int yAt,
      int yStride) {
    for (int r = 0; r < WIDTH; r += 2 * L) {
      addTwoBySix(w, wAt + r, terms, x, xAt, xStride, y, yAt + r, yStride);
    }
  }

  /** Two vectors of rows, six inputs: twelve sums in registers. */
  static void addTwoBySix(
      float[] w, int wAt, int terms, float[] x, int x0, int xStride, float[] y, int y0, int yStep) {
    int x1 = x0 + xStride;
    int x2 = x1 + xStride;
    int x3 = x2 + xStride;
    int x4 = x3 + xStride;
    int x5 = x4 + xStride;
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
      FloatVector wa = FloatVector.fromArray(SPECIES, w, wAt + i * WIDTH);
      FloatVector wb = FloatVector.fromArray(SPECIES, w, wAt + i * WIDTH + L);
      FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + i]);
      a0 = wa.fma(v, a0);
      b0 = wb.fma(v, b0);
      v = FloatVector.broadcast(SPECIES, x[x1 + i]);
      a1 = wa.fma(v, a1);
      b1 = wb.fma(v, b1);
      v = FloatVector.broadcast(SPECIES, x[x2 + i]);
      a2 = wa.fma(v, a2);
      b2 = wb.fma(v, b2);
      v = FloatVector.broadcast(SPECIES, x[x3 + i]);
      a3 = wa.fma(v, a3);
      b3 = wb.fma(v, b3);
      v = FloatVector.broadcast(SPECIES, x[x4 + i]);
      a4 = wa.fma(v, a4);
      b4 = wb.fma(v, b4);
      v = FloatVector.broadcast(SPECIES, x[x5 + i]);
      a5 = wa.fma(v, a5);
      b5 = wb.fma(v, b5);
    }
    int yAt = y0;
    a0.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
    b0.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
    yAt += yStep;
    a1.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
    b1.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
    yAt += yStep;
    a2.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
    b2.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
    yAt += yStep;
    a3.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
    b3.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
    yAt += yStep;
    a4.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
    b4.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
    yAt += yStep;
    a5.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
    b5.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
  }

  @Override
  public void gelu(float[] x, int offset, int count) {
    int whole = count - count % L;
    VectorGelu.apply(x, offset, offset + whole);
    for (int i = offset + whole; i < offset + count; i++) {
      x[i] = Gelu.of(x[i]);
    }
  }

  @Override
  public float expAndSum(float[] scores, int offset, int count, int room, float scale) {
    float greatest = VectorSums.greatest(scores, offset, count);
    int whole = (count + L - 1) / L * L;
    Arrays.fill(scores, offset + count, offset + whole, greatest); // so that they stay finite
    VectorExp.apply(scores, offset, offset + whole, greatest, scale);
    Arrays.fill(scores, offset + count, offset + room, 0);
    float[] sums = new float[LANES];
    for (int part = 0; part < LANES; part += L) {
      VectorSums.add(scores, offset + part, offset + room, sums, part);
    }
    return ScalarKernels.total(sums);
  }

  @Override
  public void normalise(float[] x, int offset, float[] weight, float[] bias, float epsilon) {
    int count = weight.length;
    int whole = count - count % LANES;
    float[] sums = new float[LANES];
    for (int part = 0; part < LANES; part += L) {
      VectorSums.add(x, offset + part, offset + whole, sums, part);
    }
    for (int i = whole; i < count; i++) {
      sums[i - whole] += x[offset + i];
    }
    float mean = ScalarKernels.total(sums) / count;
    for (int part = 0; part < LANES; part += L) {
      VectorSums.centreAndAddSquares(x, offset + part, offset + whole, mean, sums, part);
    }
    for (int i = whole; i < count; i++) {
      float centred = x[offset + i] - mean;
      x[offset + i] = centred;
      sums[i - whole] = Math.fma(centred, centred, sums[i - whole]);
    }
    float scale = (float) (1 / Math.sqrt(ScalarKernels.total(sums) / count + epsilon));
    VectorSums.scale(x, offset, weight, bias, whole, scale);
    for (int i = whole; i < count; i++) {
      x[offset + i] = Math.fma(x[offset + i] * scale, weight[i], bias[i]);
    }
  }
}

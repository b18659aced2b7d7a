package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API. Partial sums are fixed at {@value Kernels#LANES}, so a shorter
 * vector holds a part of them and goes over the numbers once for each part.
 */
final class VectorKernels implements Kernels {
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > LANES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final int L = SPECIES.length();

  /** Rows that are multiplied together, so that several sums are in flight. */
  private static final int ROWS = 4;

  @Override
  public String name() {
    return "Vector API (" + SPECIES.vectorBitSize() + " bits)";
  }

  @Override
  public void addProducts(float[] w, Panel at, float[] x, float[] y) {
    int r = 0;
    for (; r + 2 * L <= at.width(); r += 2 * L) {
      int c = 0;
      for (; c + 6 <= at.count(); c += 6) {
        PanelTiles.addTwoBySix(
            w,
            at.wOffset() + r,
            at.width(),
            at.groups(),
            at.terms(),
            x,
            at.xOffset() + c * at.xStride(),
            at.xStride(),
            at.xGroupStep(),
            at.xTermStep(),
            y,
            at.yOffset() + c * at.yStride() + r,
            at.yStride());
      }
      for (; c < at.count(); c++) {
        PanelTiles.addTwoByOne(
            w,
            at.wOffset() + r,
            at.width(),
            at.groups(),
            at.terms(),
            x,
            at.xOffset() + c * at.xStride(),
            at.xGroupStep(),
            at.xTermStep(),
            y,
            at.yOffset() + c * at.yStride() + r);
      }
    }
    for (; r < at.width(); r++) {
      for (int c = 0; c < at.count(); c++) {
        PanelTiles.addOne(
            w,
            at.wOffset() + r,
            at.width(),
            at.groups(),
            at.terms(),
            x,
            at.xOffset() + c * at.xStride(),
            at.xGroupStep(),
            at.xTermStep(),
            y,
            at.yOffset() + c * at.yStride() + r);
      }
    }
  }

  @Override
  public void multiplyRows(
      Tensor w,
      int fromRow,
      int toRow,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      Scratch scratch) {
    int columns = w.columns();
    int whole = columns - columns % LANES;
    float[] sums = scratch.floats(ROWS * (LANES + columns));
    for (int r = fromRow; r < toRow; r += ROWS) {
      int rows = Math.min(ROWS, toRow - r);
      if (w.type() == TensorType.Q8_0 && L > 4 && rows == ROWS) {
        byte[] bytes = Rows.bytes(w, r, ROWS, scratch);
        for (int part = 0; part < LANES; part += L) {
          RowProducts.q8(bytes, (int) w.rowBytes(), columns, x, xOffset, part, sums);
        }
      } else {
        for (int i = 0; i < rows; i++) {
          Rows.read(w, r + i, sums, ROWS * LANES + i * columns, scratch);
        }
        for (int part = 0; part < LANES; part += L) {
          RowProducts.floats(sums, ROWS * LANES, columns, whole, x, xOffset, part);
        }
        addTail(sums, columns, whole, rows, x, xOffset);
      }
      for (int i = 0; i < rows; i++) {
        y[yOffset + r + i] = total(sums, i * LANES);
      }
    }
  }

  private static void addTail(
      float[] sums, int columns, int whole, int rows, float[] x, int xOffset) {
    for (int row = 0; row < rows; row++) {
      int from = ROWS * LANES + row * columns;
      for (int i = whole; i < columns; i++) {
        int lane = row * LANES + i - whole;
        sums[lane] = Math.fma(sums[from + i], x[xOffset + i], sums[lane]);
      }
    }
  }

  private static float total(float[] sums, int from) {
    float total = 0;
    for (int i = 0; i < LANES; i++) {
      total += sums[from + i];
    }
    return total;
  }

  @Override
  public float expAndSum(float[] scores, int offset, int count, float scale) {
    exp(scores, offset, count, ScalarKernels.greatest(scores, offset, count), scale);
    return ScalarKernels.sum(scores, offset, count);
  }

  @Override
  public void gate(float[] gate, float[] up, int offset, int count) {
    ScalarKernels.multiply(gate, up, offset, count);
    exp(gate, offset, count, 0, -1);
    ScalarKernels.divide(gate, up, offset, count);
  }

  @Override
  public void exp(float[] x, int offset, int count, float factor) {
    exp(x, offset, count, 0, factor);
  }

  private static void exp(float[] x, int offset, int count, float minus, float factor) {
    int whole = count - count % L;
    VectorExp.apply(x, offset, offset + whole, minus, factor);
    for (int i = offset + whole; i < offset + count; i++) {
      x[i] = Exp.of((x[i] - minus) * factor);
    }
  }
}

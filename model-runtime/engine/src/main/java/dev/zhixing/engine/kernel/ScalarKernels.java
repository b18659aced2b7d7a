package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import java.util.Arrays;

/**
 * Plain Java: the oracle of the vector kernels. Loops run over rows side by side, never into one
 * sum, so that the compiler may turn them into vector code by itself.
 */
final class ScalarKernels implements Kernels {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void addProducts(float[] w, Panel at, float[] x, float[] y) {
    int width = at.width();
    float[] sums = new float[width];
    for (int c = 0; c < at.count(); c++) {
      int wAt = at.wOffset();
      int yAt = at.yOffset() + c * at.yStride();
      for (int g = 0; g < at.groups(); g++) {
        int xAt = at.xOffset() + c * at.xStride() + g * at.xGroupStep();
        Arrays.fill(sums, 0);
        sumTerms(w, wAt, width, x, xAt, at.xTermStep(), at.terms(), sums);
        for (int r = 0; r < width; r++) {
          y[yAt + r] += sums[r];
        }
        wAt += width * at.terms();
      }
    }
  }

  private static void sumTerms(
      float[] w, int wAt, int width, float[] x, int xAt, int xStep, int terms, float[] sums) {
    int i = 0;
    for (; i + 4 <= terms; i += 4) {
      int at = xAt + i * xStep;
      sumFour(
          w,
          wAt + i * width,
          width,
          sums,
          x[at],
          x[at + xStep],
          x[at + 2 * xStep],
          x[at + 3 * xStep]);
    }
    for (; i < terms; i++) {
      sumOne(w, wAt + i * width, width, sums, x[xAt + i * xStep]);
    }
  }

  private static void sumFour(
      float[] w, int wAt, int width, float[] sums, float x0, float x1, float x2, float x3) {
    int w1 = wAt + width;
    int w2 = w1 + width;
    int w3 = w2 + width;
    for (int r = 0; r < width; r++) {
      float sum = Math.fma(w[wAt + r], x0, sums[r]);
      sum = Math.fma(w[w1 + r], x1, sum);
      sum = Math.fma(w[w2 + r], x2, sum);
      sums[r] = Math.fma(w[w3 + r], x3, sum);
    }
  }

  private static void sumOne(float[] w, int wAt, int width, float[] sums, float x0) {
    for (int r = 0; r < width; r++) {
      sums[r] = Math.fma(w[wAt + r], x0, sums[r]);
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
    float[] row = scratch.floats(columns);
    float[] sums = new float[LANES];
    for (int r = fromRow; r < toRow; r++) {
      Rows.read(w, r, row, 0, scratch);
      Arrays.fill(sums, 0);
      int whole = columns - columns % LANES;
      for (int i = 0; i < whole; i += LANES) {
        addLanes(row, i, x, xOffset + i, LANES, sums);
      }
      addLanes(row, whole, x, xOffset + whole, columns - whole, sums);
      y[yOffset + r] = total(sums);
    }
  }

  private static void addLanes(float[] w, int wAt, float[] x, int xAt, int lanes, float[] sums) {
    for (int i = 0; i < lanes; i++) {
      sums[i] = Math.fma(w[wAt + i], x[xAt + i], sums[i]);
    }
  }

  /** Adds the partial sums, first to last. */
  static float total(float[] sums) {
    float total = 0;
    for (float sum : sums) {
      total += sum;
    }
    return total;
  }

  @Override
  public float expAndSum(float[] scores, int offset, int count, float scale) {
    float greatest = greatest(scores, offset, count);
    for (int i = offset; i < offset + count; i++) {
      scores[i] = Exp.of((scores[i] - greatest) * scale);
    }
    return sum(scores, offset, count);
  }

  /** Returns the greatest number; the order of comparisons does not matter. */
  static float greatest(float[] numbers, int offset, int count) {
    float greatest = numbers[offset];
    for (int i = 1; i < count; i++) {
      greatest = Math.max(greatest, numbers[offset + i]);
    }
    return greatest;
  }

  /** Adds numbers in partial sums; number i goes into sum i % LANES. */
  static float sum(float[] numbers, int offset, int count) {
    float[] sums = new float[LANES];
    for (int lane = 0; lane < Math.min(LANES, count); lane++) {
      float sum = 0;
      for (int i = lane; i < count; i += LANES) {
        sum += numbers[offset + i];
      }
      sums[lane] = sum;
    }
    return total(sums);
  }

  @Override
  public void gate(float[] gate, float[] up, int offset, int count) {
    multiply(gate, up, offset, count);
    exp(gate, offset, count, -1);
    divide(gate, up, offset, count);
  }

  @Override
  public void exp(float[] x, int offset, int count, float factor) {
    for (int i = offset; i < offset + count; i++) {
      x[i] = Exp.of((x[i] - 0) * factor);
    }
  }

  /** The gate's first step: {@code up = gate · up}. */
  static void multiply(float[] gate, float[] up, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      up[i] = gate[i] * up[i];
    }
  }

  /** The gate's last step, when {@code gate} has become {@code exp(-gate)}. */
  static void divide(float[] gate, float[] up, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      gate[i] = up[i] / (1 + gate[i]);
    }
  }
}

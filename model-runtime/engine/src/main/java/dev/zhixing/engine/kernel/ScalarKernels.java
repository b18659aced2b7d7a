package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.BlockScales;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
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
  public void multiplyRows(Tensor w, Bands bands, Inputs x, float[] y, Scratch scratch) {
    for (int r = bands.from(); r < bands.to(); r++) {
      for (int band = 0; band < bands.count(); band++) {
        if (w.type().isQuantized()) {
          multiplyCodes(w, bands.row(r, band), x, y, scratch);
        } else {
          multiplyNumbers(w, bands.row(r, band), x, y, scratch);
        }
      }
    }
  }

  private void multiplyNumbers(Tensor w, int r, Inputs x, float[] y, Scratch scratch) {
    int columns = w.columns();
    int whole = columns - columns % LANES;
    float[] row = scratch.floats(columns);
    float[] sums = new float[LANES];
    readRow(w, r, row, scratch);
    for (int c = 0; c < x.count(); c++) {
      int xAt = c * columns;
      Arrays.fill(sums, 0);
      for (int i = 0; i < whole; i += LANES) {
        addLanes(row, i, x.floats(), xAt + i, LANES, sums);
      }
      addLanes(row, whole, x.floats(), xAt + whole, columns - whole, sums);
      y[c * w.rows() + r] = total(sums);
    }
  }

  private void multiplyCodes(Tensor w, int r, Inputs x, float[] y, Scratch scratch) {
    int columns = w.columns();
    TensorType type = w.type();
    byte[] codes = scratch.codes(columns);
    int[] products = scratch.sums(columns / 32);
    BlockScales scales = scratch.scales(type, columns);
    byte[] bytes = Rows.bytes(w, r, scratch);
    unpack(type, bytes, 0, columns, codes);
    type.unpackScales(bytes, 0, columns, scales);
    int blocks = columns / type.blockSize();
    int part = type.blockSize() / type.parts();
    for (int c = 0; c < x.count(); c++) {
      for (int b = 0; b < blocks; b++) {
        products[b] = 0;
        for (int p = b * type.parts(); p < (b + 1) * type.parts(); p++) {
          int sum = sumProducts(codes, p * part, x.codes(), c * columns + p * part, part);
          products[b] += scales.partScale[p] * sum;
        }
      }
      float result = BlockRows.add(0, products, 0, scales.scale, 0, blocks, x.scales(), c * blocks);
      if (BlockRows.hasMinimums(type)) {
        result -= BlockRows.addMinimums(0, scales, 0, type.parts(), blocks, x, c * blocks);
      }
      y[c * w.rows() + r] = result;
    }
  }

  private static int sumProducts(byte[] codes, int at, float[] x, int xAt, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += codes[at + i] * (int) x[xAt + i];
    }
    return sum;
  }

  @Override
  public void readRow(Tensor w, int row, float[] to, Scratch scratch) {
    w.type().decode(Rows.bytes(w, row, scratch), 0, w.columns(), to, 0);
  }

  @Override
  public void unpack(TensorType type, byte[] blocks, int from, int count, byte[] codes) {
    type.unpackCodes(blocks, from, count, codes, 0);
  }

  @Override
  public void addBlocks(
      BlockPanel w,
      TensorType type,
      int fromBlock,
      int toBlock,
      Inputs x,
      float[] y,
      int yOffset,
      int yStride) {
    int width = w.width();
    float[] sums = new float[width];
    int[] whole = new int[width];
    int size = type.blockSize();
    for (int c = 0; c < x.count(); c++) {
      for (int b = fromBlock; b < toBlock; b++) {
        Arrays.fill(whole, 0);
        for (int i = b * size; i < (b + 1) * size; i += 32) {
          Arrays.fill(sums, 0);
          sumTerms(w.codes(), i * width, width, x.codes(), c * x.columns() + i, 1, 32, sums);
          for (int r = 0; r < width; r++) {
            whole[r] += (int) sums[r]; // exact
          }
        }
        float scale = x.scales()[c * x.columns() / size + b];
        addScaled(whole, w.scales(), b * width, scale, y, yOffset + c * yStride);
      }
    }
  }

  private static void addScaled(
      int[] products, float[] scales, int from, float scale, float[] y, int yAt) {
    for (int r = 0; r < products.length; r++) {
      y[yAt + r] += products[r] * scales[from + r] * scale;
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

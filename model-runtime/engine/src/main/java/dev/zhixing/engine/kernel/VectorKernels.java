package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.BlockScales;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.util.Arrays;
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

  private final Kernels scalar = new ScalarKernels();

  /** Rows that are multiplied together, so that several sums are in flight. */
  private static final int ROWS = 4;

  /** Numbers of a row that are turned into floats at a time: whole blocks of every type. */
  private static final int PART = 512;

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
  public void multiplyRows(Tensor w, int fromRow, int toRow, Inputs x, float[] y, Scratch scratch) {
    for (int r = fromRow; r < toRow; r += ROWS) {
      int rows = Math.min(ROWS, toRow - r);
      if (w.type().isQuantized()) {
        multiplyCodes(w, r, rows, x, y, scratch);
      } else {
        multiplyNumbers(w, r, rows, x, y, scratch);
      }
    }
  }

  /** Turns parts of the rows into floats, small enough for the fastest cache, then multiplies. */
  private static void multiplyNumbers(
      Tensor w, int row, int rows, Inputs x, float[] y, Scratch scratch) {
    int columns = w.columns();
    float[] numbers = scratch.panel(ROWS * PART);
    float[] sums = scratch.floats(x.count() * ROWS * LANES);
    Arrays.fill(sums, 0, x.count() * ROWS * LANES, 0);
    for (int from = 0; from < columns; from += PART) {
      int size = Math.min(PART, columns - from);
      int whole = size - size % LANES;
      for (int i = 0; i < rows; i++) {
        Unpack.floats(w, row + i, from, size, numbers, i * PART, scratch);
      }
      for (int c = 0; c < x.count(); c++) {
        int xAt = c * columns + from;
        int to = c * ROWS * LANES;
        for (int part = 0; part < LANES; part += L) {
          RowProducts.addFloats(numbers, PART, whole, x.floats(), xAt, part, sums, to);
        }
        addTail(numbers, whole, size, rows, x.floats(), xAt, sums, to);
      }
    }
    for (int c = 0; c < x.count(); c++) {
      for (int i = 0; i < rows; i++) {
        y[c * w.rows() + row + i] = total(sums, (c * ROWS + i) * LANES);
      }
    }
  }

  private static void multiplyCodes(
      Tensor w, int row, int rows, Inputs x, float[] y, Scratch scratch) {
    TensorType type = w.type();
    int columns = w.columns();
    int blocks = columns / type.blockSize();
    scratch.bytes((int) (ROWS * w.rowBytes())); // fewer rows leave the last sums meaningless
    byte[] bytes = Rows.bytes(w, row, rows, scratch);
    BlockScales scales = scratch.scales(type, ROWS * columns);
    type.unpackScales(bytes, 0, rows * columns, scales);
    int[] products = scratch.sums(ROWS * blocks);
    byte[] codes = bytes; // of Q8_0 as they lie in the file, behind a scale
    int start = 2;
    int rowStride = (int) w.rowBytes();
    int blockStride = type.blockBytes();
    if (type != TensorType.Q8_0) {
      start = 0;
      rowStride = columns;
      blockStride = 32;
      codes = scratch.codes(ROWS * columns);
      Unpack.codes(type, bytes, 0, rows * columns, codes);
    }
    for (int c = 0; c < x.count(); c++) {
      int xAt = c * columns;
      if (type.parts() == 1) {
        Arrays.fill(products, 0, ROWS * blocks, 0);
        for (int part = 0; part < 32; part += BlockProducts.STEP) {
          BlockProducts.addSmall(
              codes, start, rowStride, blockStride, blocks, x.codes(), xAt, part, products, blocks);
        }
      } else {
        BlockProducts.big(codes, columns, scales.partScale, x.codes(), xAt, products, blocks);
      }
      for (int i = 0; i < rows; i++) {
        int first = i * blocks;
        float sum =
            BlockRows.add(0, products, first, scales.scale, first, blocks, x.scales(), c * blocks);
        if (BlockRows.hasMinimums(type)) {
          sum -= BlockRows.addMinimums(0, scales, first, type.parts(), blocks, x, c * blocks);
        }
        y[c * w.rows() + row + i] = sum;
      }
    }
  }

  private static void addTail(
      float[] numbers, int from, int to, int rows, float[] x, int xOffset, float[] sums, int at) {
    for (int row = 0; row < rows; row++) {
      for (int i = from; i < to; i++) {
        int lane = at + row * LANES + i - from;
        sums[lane] = Math.fma(numbers[row * PART + i], x[xOffset + i], sums[lane]);
      }
    }
  }

  @Override
  public void readRow(Tensor w, int row, float[] to, Scratch scratch) {
    Unpack.floats(w, row, 0, w.columns(), to, 0, scratch);
  }

  @Override
  public void unpack(TensorType type, byte[] blocks, int from, int count, byte[] codes) {
    Unpack.codes(type, blocks, from, count, codes);
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
    if (width % (2 * L) != 0) {
      scalar.addBlocks(w, type, fromBlock, toBlock, x, y, yOffset, yStride);
      return;
    }
    for (int r = 0; r < width; r += 2 * L) {
      if (type.parts() == 1) {
        addSmall(w, r, fromBlock, toBlock, x, y, yOffset + r, yStride);
      } else {
        addBig(w, r, fromBlock, toBlock, x, y, yOffset + r, yStride);
      }
    }
  }

  private static void addSmall(
      BlockPanel w, int r, int from, int to, Inputs x, float[] y, int yOffset, int yStride) {
    int width = w.width();
    int columns = x.columns();
    int blocks = columns / 32;
    int c = 0;
    for (; c + 6 <= x.count(); c += 6) {
      SmallBlockTiles.addTwoBySix(
          w.codes(),
          from * 32 * width + r,
          width,
          w.scales(),
          from * width + r,
          to - from,
          x.codesAsFloats(),
          c * columns + from * 32,
          columns,
          x.scales(),
          c * blocks + from,
          blocks,
          y,
          yOffset + c * yStride,
          yStride);
    }
    for (; c < x.count(); c++) {
      SmallBlockTiles.addTwoByOne(
          w.codes(),
          from * 32 * width + r,
          width,
          w.scales(),
          from * width + r,
          to - from,
          x.codesAsFloats(),
          c * columns + from * 32,
          x.scales(),
          c * blocks + from,
          y,
          yOffset + c * yStride);
    }
  }

  private static void addBig(
      BlockPanel w, int r, int from, int to, Inputs x, float[] y, int yOffset, int yStride) {
    int width = w.width();
    int columns = x.columns();
    int blocks = columns / 256;
    int c = 0;
    for (; c + 6 <= x.count(); c += 6) {
      SuperBlockTiles.addTwoBySix(
          w.codes(),
          from * 256 * width + r,
          width,
          w.scales(),
          from * width + r,
          to - from,
          x.codesAsFloats(),
          c * columns + from * 256,
          columns,
          x.scales(),
          c * blocks + from,
          blocks,
          y,
          yOffset + c * yStride,
          yStride);
    }
    for (; c < x.count(); c++) {
      SuperBlockTiles.addTwoByOne(
          w.codes(),
          from * 256 * width + r,
          width,
          w.scales(),
          from * width + r,
          to - from,
          x.codesAsFloats(),
          c * columns + from * 256,
          x.scales(),
          c * blocks + from,
          y,
          yOffset + c * yStride);
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

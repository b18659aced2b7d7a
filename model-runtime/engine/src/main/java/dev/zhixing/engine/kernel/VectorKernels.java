package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The kernels on the Vector API. Partial sums are fixed at {@value Kernels#LANES}, so a shorter
 * vector holds a part of them and goes over the numbers once for each part.
 */
final class VectorKernels implements Kernels {
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > LANES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  /** Whether a vector has 512 bits. */
  static final boolean WIDEST = SPECIES.length() == LANES;

  /** Whether a vector has 256 bits or more. */
  static final boolean WIDE = SPECIES.length() >= LANES / 2;

  private static final int L = SPECIES.length();

  private final Kernels scalar = new ScalarKernels();

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
      for (; c + 4 <= at.count(); c += 4) {
        PanelTiles.addTwoByFour(
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
  public void multiplyRows(Tensor w, Bands bands, Inputs x, float[] y, Scratch scratch) {
    if (MappedRows.canRead(w, bands)) {
      MappedRows.multiply(w, bands, x, y, scratch);
      return;
    }
    for (int r = bands.from(); r < bands.to(); r++) {
      RowGroup group = new RowGroup(w, bands, r);
      if (w.type().parts() == 1 && w.type().isQuantized()) {
        group.multiplySmall(x, y, scratch);
      } else if (w.type().isQuantized()) {
        group.multiplyBig(x, y, scratch);
      } else {
        group.multiplyNumbers(x, y, scratch);
      }
    }
  }

  @Override
  public @Nullable CodeOrder codeOrder(TensorType type) {
    return MappedRows.codeOrder(type);
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
          x.codes(),
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
          x.codes(),
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
          x.codes(),
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
          x.codes(),
          c * columns + from * 256,
          x.scales(),
          c * blocks + from,
          y,
          yOffset + c * yStride);
    }
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

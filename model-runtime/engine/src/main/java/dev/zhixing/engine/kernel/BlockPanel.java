package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.BlockScales;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;

/** Rows of quantized weights side by side, for many inputs. One thread's own, used again. */
final class BlockPanel {
  private int width;
  private float[] codes = {};
  private float[] scales = {};
  private float[] minimums = {};
  private float[] partMinimums = {};
  private byte[] rowCodes = {};
  private BlockScales rowScales = new BlockScales(TensorType.Q8_0, 0);
  private float[] sums = {};

  /** Unpacks rows. */
  void fill(Kernels kernels, Tensor w, int fromRow, int rows, Scratch scratch) {
    width = rows;
    TensorType type = w.type();
    int columns = w.columns();
    int blocks = columns / type.blockSize();
    makeRoom(type, columns, blocks);
    for (int r = 0; r < rows; r++) {
      byte[] bytes = Rows.bytes(w, fromRow + r, scratch);
      kernels.unpack(type, bytes, 0, columns, rowCodes);
      type.unpackScales(bytes, 0, columns, rowScales);
      if (type.parts() == 1) {
        scatter(rowCodes, columns, codes, r);
      } else {
        scatterScaled(rowCodes, rowScales.partScale, columns, codes, r);
      }
      scatter(rowScales.scale, blocks, scales, r);
      if (BlockRows.hasMinimums(type)) {
        scatter(rowScales.minimum, blocks, minimums, r);
        scatter(rowScales.partMinimum, blocks * type.parts(), partMinimums, r);
      }
    }
  }

  private void makeRoom(TensorType type, int columns, int blocks) {
    if (codes.length < width * columns) {
      codes = new float[width * columns];
    }
    if (rowCodes.length < columns) {
      rowCodes = new byte[columns];
    }
    int parts = blocks * type.parts();
    if (scales.length < width * blocks) {
      scales = new float[width * blocks];
      minimums = new float[width * blocks];
    }
    if (partMinimums.length < width * parts) {
      partMinimums = new float[width * parts];
    }
    if (rowScales.partScale.length < parts || rowScales.scale.length < blocks) {
      rowScales = new BlockScales(type, columns);
    }
    if (sums.length < 2 * width) {
      sums = new float[2 * width];
    }
  }

  private void scatter(byte[] row, int count, float[] to, int r) {
    for (int i = 0; i < count; i++) {
      to[i * width + r] = row[i];
    }
  }

  private void scatterScaled(byte[] row, byte[] partScale, int count, float[] to, int r) {
    for (int part = 0; part < count / 16; part++) {
      int scale = partScale[part];
      for (int i = 16 * part; i < 16 * part + 16; i++) {
        to[i * width + r] = row[i] * scale;
      }
    }
  }

  private void scatter(float[] row, int count, float[] to, int r) {
    for (int i = 0; i < count; i++) {
      to[i * width + r] = row[i];
    }
  }

  /** Returns the rows side by side. */
  int width() {
    return width;
  }

  /** Returns codes times the parts' scales, [column][row]. */
  float[] codes() {
    return codes;
  }

  /** Returns the blocks' scales, [block][row]. */
  float[] scales() {
    return scales;
  }

  /** Subtracts M from the results of one input. */
  void subtractMinimums(TensorType type, int blocks, Inputs x, int input, float[] y, int yOffset) {
    int parts = type.parts();
    for (int r = 0; r < width; r++) {
      sums[r] = 0;
    }
    for (int b = 0; b < blocks; b++) {
      int block = input * blocks + b;
      if (parts == 1) {
        addTimes(minimums, b * width, x.sums()[block], sums, 0);
      } else {
        for (int r = width; r < 2 * width; r++) {
          sums[r] = 0;
        }
        for (int p = 0; p < parts; p++) {
          addTimes(partMinimums, (b * parts + p) * width, x.sums()[block * parts + p], sums, width);
        }
        addScaled(b * width, x.scales()[block]);
      }
    }
    for (int r = 0; r < width; r++) {
      y[yOffset + r] -= sums[r];
    }
  }

  private void addTimes(float[] row, int from, float factor, float[] to, int offset) {
    for (int r = 0; r < width; r++) {
      to[offset + r] += row[from + r] * factor;
    }
  }

  private void addScaled(int from, float scale) {
    for (int r = 0; r < width; r++) {
      sums[r] += minimums[from + r] * (sums[width + r] * scale);
    }
  }
}

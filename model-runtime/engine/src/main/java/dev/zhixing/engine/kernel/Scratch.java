package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.BlockScales;
import dev.zhixing.engine.tensor.TensorType;

/** Memory that one thread reuses between calls. Contents mean nothing between calls. */
public final class Scratch {
  /** Bytes behind the last one that a vector may touch. */
  private static final int SLACK = 64;

  private byte[] bytes = {};
  private float[] floats = {};
  private float[] panel = {};
  private float[] grouped = {};
  private int[] sums = {};
  private BlockScales scales = new BlockScales(TensorType.Q8_0, 0);
  private final BlockPanel blockPanel = new BlockPanel();
  private final Inputs inputs = new Inputs();
  private short[] shorts = {};
  private byte[] codes = {};

  /** Returns at least {@code size} bytes, and some more that may be read. */
  byte[] bytes(int size) {
    if (bytes.length < size + SLACK) {
      bytes = new byte[size + SLACK];
    }
    return bytes;
  }

  /** Returns at least {@code size} numbers, apart from {@link #panel(int)}. */
  public float[] floats(int size) {
    if (floats.length < size) {
      floats = new float[size];
    }
    return floats;
  }

  /**
   * Returns at least {@code size} numbers for weights as {@link Kernels#addProducts} reads them.
   */
  public float[] panel(int size) {
    if (panel.length < size) {
      panel = new float[size];
    }
    return panel;
  }

  /** Returns at least {@code size} inputs in the order of a panel, which a whole team reads. */
  float[] grouped(int size) {
    if (grouped.length < size) {
      grouped = new float[size];
    }
    return grouped;
  }

  /** Returns at least {@code size} numbers of 16 bits. */
  short[] shorts(int size) {
    if (shorts.length < size) {
      shorts = new short[size];
    }
    return shorts;
  }

  /** Returns at least {@code size} codes, and some more bytes that may be read. */
  byte[] codes(int size) {
    if (codes.length < size + SLACK) {
      codes = new byte[size + SLACK];
    }
    return codes;
  }

  /** Returns at least {@code size} integer sums. */
  int[] sums(int size) {
    if (sums.length < size) {
      sums = new int[size];
    }
    return sums;
  }

  /** Returns room for the scales of so many numbers of a type. */
  BlockScales scales(TensorType type, int columns) {
    int blocks = columns / type.blockSize();
    if (scales.scale.length < blocks || scales.partScale.length < blocks * type.parts()) {
      scales = new BlockScales(type, columns);
    }
    return scales;
  }

  BlockPanel blockPanel() {
    return blockPanel;
  }

  /** Returns the inputs of a product, which a whole team reads. */
  Inputs inputs() {
    return inputs;
  }
}

package dev.zhixing.engine.kernel;

/** Memory that one thread reuses between calls. Contents mean nothing between calls. */
public final class Scratch {
  private byte[] bytes = {};
  private float[] floats = {};
  private float[] panel = {};

  /** Returns at least {@code size} bytes. */
  byte[] bytes(int size) {
    if (bytes.length < size) {
      bytes = new byte[size];
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
}

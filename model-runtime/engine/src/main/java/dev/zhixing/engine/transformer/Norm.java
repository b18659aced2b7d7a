package dev.zhixing.engine.transformer;

/** Normalises one row of numbers. Immutable, safe for all threads. */
public sealed interface Norm permits RmsNorm, LayerNorm {
  /**
   * Normalises as many numbers of {@code x} as the norm has weights, from {@code offset} on, into
   * {@code y} at the same place; {@code y} may be {@code x}.
   */
  void apply(float[] x, float[] y, int offset);
}

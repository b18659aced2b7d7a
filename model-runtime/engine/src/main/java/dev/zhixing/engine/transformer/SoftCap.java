package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Kernels;

/** Bounds numbers smoothly. */
final class SoftCap {
  private SoftCap() {}

  /**
   * Replaces each number by {@code cap · tanh(scale · x / cap)}, as {@code cap - 2 cap / (1 + exp(2
   * · scale · x / cap))}; the error stays below {@code 3e-7 · cap}.
   */
  static void apply(Kernels kernels, float[] x, int offset, int count, float scale, float cap) {
    kernels.exp(x, offset, count, 2 * scale / cap);
    float twice = 2 * cap;
    for (int i = offset; i < offset + count; i++) {
      x[i] = cap - twice / (1 + x[i]);
    }
  }
}

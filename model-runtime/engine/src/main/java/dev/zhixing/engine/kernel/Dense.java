package dev.zhixing.engine.kernel;

/**
 * Multiplies a matrix that was laid out once with many inputs, and adds its bias, on a team of
 * threads. A result's bits do not depend on how many inputs come together, nor on the number of
 * threads: the terms are summed in blocks of {@value #BLOCK}, one block after another. Safe for all
 * threads.
 */
public final class Dense {
  /** Terms of a block: its part of a panel and of six inputs fit into 32 KiB. */
  private static final int BLOCK = 192;

  private final DenseKernels kernels;
  private final Team team;

  /** Creates the operation. */
  public Dense(DenseKernels kernels, Team team) {
    this.kernels = kernels;
    this.team = team;
  }

  /** What becomes of a result. */
  public enum Activation {
    /** Nothing. */
    NONE,
    /** {@link DenseKernels#gelu}. */
    GELU
  }

  /**
   * Computes {@code y[c] = activation(w · x[c] + bias)} for each input.
   *
   * @param x inputs, one each {@code xStride} numbers; room for {@link #room(int)} of them
   * @param count number of inputs
   * @param y results, one each {@code w.stride()} numbers; room for {@link #room(int)} of them,
   *     whose rest is overwritten; not {@code x}
   */
  public void apply(
      DenseWeights w,
      float[] x,
      int xStride,
      int count,
      float[] y,
      Activation activation,
      Scratch own) {
    team.run(
        w.panels(),
        own,
        (task, scratch) -> multiplyPanel(w, task, x, xStride, count, y, activation));
  }

  /** Returns the number of inputs that arrays need room for. */
  public static int room(int count) {
    return (count + DenseKernels.INPUTS - 1) / DenseKernels.INPUTS * DenseKernels.INPUTS;
  }

  private void multiplyPanel(
      DenseWeights w,
      int index,
      float[] x,
      int xStride,
      int count,
      float[] y,
      Activation activation) {
    float[] panel = w.panel(index);
    int stride = w.stride();
    int from = index * DenseKernels.WIDTH;
    int room = room(count);
    for (int c = 0; c < room; c++) {
      System.arraycopy(w.bias(), from, y, c * stride + from, DenseKernels.WIDTH);
    }
    for (int i = 0; i < w.columns(); i += BLOCK) {
      int terms = Math.min(BLOCK, w.columns() - i);
      for (int c = 0; c < room; c += DenseKernels.INPUTS) {
        kernels.addTile(
            panel,
            i * DenseKernels.WIDTH,
            terms,
            x,
            c * xStride + i,
            xStride,
            y,
            c * stride + from,
            stride);
      }
    }
    switch (activation) {
      case NONE -> {}
      case GELU -> {
        for (int c = 0; c < count; c++) {
          kernels.gelu(y, c * stride + from, DenseKernels.WIDTH);
        }
      }
    }
  }
}

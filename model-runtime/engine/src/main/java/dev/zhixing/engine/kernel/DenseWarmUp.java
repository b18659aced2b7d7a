package dev.zhixing.engine.kernel;

import dev.zhixing.engine.kernel.Compilation.Kernel;
import java.util.List;

/** Has the vector kernels of encoders compiled before the first sentence. */
final class DenseWarmUp {
  private static final int WORK = Compilation.WORK;

  private final float[] w = new float[DenseKernels.WIDTH * WORK];
  private final float[] x = new float[DenseKernels.INPUTS * WORK];
  private final float[] y = new float[DenseKernels.WIDTH * DenseKernels.INPUTS];
  private final float[] row = new float[16 * WORK];
  private final float[] weight = new float[16 * WORK];
  private final float[] sums = new float[Kernels.LANES];

  private DenseWarmUp() {}

  /** Has the kernels compiled; says whether they are. */
  static boolean run() {
    DenseWarmUp kernels = new DenseWarmUp();
    return Compilation.of(kernels.all());
  }

  private List<Kernel> all() {
    return List.of(
        this::addTile, this::gelu, this::exp, this::sum, this::centre, this::scale, this::greatest);
  }

  private void addTile(int calls, int work) {
    for (int i = 0; i < calls; i++) {
      VectorDense.addTwoBySix(w, 0, work, x, 0, WORK, y, 0, DenseKernels.WIDTH);
    }
  }

  private void gelu(int calls, int work) {
    for (int i = 0; i < calls; i++) {
      VectorGelu.apply(row, 0, 16 * work);
    }
  }

  private void exp(int calls, int work) {
    for (int i = 0; i < calls; i++) {
      VectorExp.apply(row, 0, 16 * work, 0, -1);
    }
  }

  private void sum(int calls, int work) {
    for (int i = 0; i < calls; i++) {
      VectorSums.add(row, 0, 16 * work, sums, 0);
    }
  }

  private void centre(int calls, int work) {
    for (int i = 0; i < calls; i++) {
      VectorSums.centreAndAddSquares(row, 0, 16 * work, 0, sums, 0);
    }
  }

  private void scale(int calls, int work) {
    for (int i = 0; i < calls; i++) {
      VectorSums.scale(row, 0, weight, weight, 16 * work, 1);
    }
  }

  private void greatest(int calls, int work) {
    for (int i = 0; i < calls; i++) {
      VectorSums.greatest(row, 0, 16 * Math.max(1, work));
    }
  }
}

package dev.zhixing.engine.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Has the vector kernels of encoders compiled before the first sentence, as {@link WarmUp} has
 * those of decoders: many calls with nothing to do, a few that work, and then some patience while
 * the compiler is busy.
 */
final class DenseWarmUp {
  private static final int BUSY_ROUNDS = 30;
  private static final int BUSY_CALLS = 1_000;
  private static final int WORKING_ROUNDS = 3;
  private static final int WAITING_ROUNDS = 1_000;
  private static final int WAITING_CALLS = 25;

  /** Numbers of a row, or terms: enough to tell compiled code from interpreted. */
  private static final int WORK = 32;

  /** A compiled kernel takes a tenth of it for {@link #WORK}, one that is not ten times. */
  private static final long FAST_NANOS = 3_000;

  private final float[] w = new float[DenseKernels.WIDTH * WORK];
  private final float[] x = new float[DenseKernels.INPUTS * WORK];
  private final float[] y = new float[DenseKernels.WIDTH * DenseKernels.INPUTS];
  private final float[] row = new float[16 * WORK];
  private final float[] weight = new float[16 * WORK];
  private final float[] sums = new float[Kernels.LANES];
  private final List<Kernel> slow =
      new ArrayList<>(
          List.of(
              this::addTile,
              this::gelu,
              this::exp,
              this::sum,
              this::centre,
              this::scale,
              this::greatest));

  private interface Kernel {
    /** Calls a kernel some times, each time for as much work; 0 for nothing to do. */
    void call(int calls, int work);
  }

  private DenseWarmUp() {}

  /** Runs until the kernels are compiled, or out of patience; says whether they are. */
  static boolean run() {
    return new DenseWarmUp().compile();
  }

  private boolean compile() {
    dropFast(); // all of them at once, when this is not the first encoder
    for (int round = 0; round < BUSY_ROUNDS + WAITING_ROUNDS && !slow.isEmpty(); round++) {
      for (Kernel kernel : slow) {
        kernel.call(round < BUSY_ROUNDS ? BUSY_CALLS : WAITING_CALLS, 0);
        if (round < WORKING_ROUNDS) {
          kernel.call(1, 1);
        }
      }
      if (round > 0 && !pause()) {
        return false;
      }
      dropFast();
    }
    return slow.isEmpty();
  }

  private void dropFast() {
    slow.removeIf(DenseWarmUp::isFast);
  }

  private static boolean isFast(Kernel kernel) {
    long start = System.nanoTime();
    kernel.call(1, WORK);
    return System.nanoTime() - start < FAST_NANOS;
  }

  private static boolean pause() {
    try {
      Thread.sleep(2);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
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

package dev.zhixing.engine.kernel;

/**
 * Has the vector kernels compiled before the first prompt needs them. Interpreted, a vector
 * operation takes a microsecond, so that a prompt would spend a second or two until the compiler
 * has seen enough calls of each kernel in turn.
 *
 * <p>What makes the compiler act is the number of calls; calls with nothing to do count, and take
 * no time. A few calls that work, in between, show it that the loops are entered. For this the
 * kernels must not call vector methods of their own, which would look too rare to be inlined.
 */
final class WarmUp {
  private static final int ROUNDS = 20;
  private static final int CALLS = 300;

  /** A kernel is compiled when a call that takes some hundred vector operations is this fast. */
  private static final long FAST_NANOS = 5_000;

  private final Kernel[] kernels;

  private interface Kernel {
    /** Goes this many times through the loop; 0 for a call with nothing to do. */
    void call(int terms);
  }

  private WarmUp() {
    float[] w = new float[1024];
    float[] x = new float[1024];
    float[] y = new float[1024];
    byte[] q = new byte[1024];
    kernels =
        new Kernel[] {
          n -> PanelTiles.addTwoBySix(w, 0, 32, Math.min(n, 2), n, x, 0, 16, 1, 1, y, 0, 32),
          n -> VectorExp.apply(y, 0, 16 * n, 0, -1),
          n -> PanelTiles.addTwoByOne(w, 0, 32, Math.min(n, 2), n, x, 0, 1, 1, y, 0),
          n -> RowProducts.q8(q, 34, n == 0 ? 0 : 32, x, 0, 0, y),
          n -> RowProducts.floats(w, 64, 16 * n, 16 * n, x, 0, 0),
        };
  }

  /**
   * Runs until the kernels are compiled.
   *
   * @param patienceMillis how long to wait at most
   * @return whether they are
   */
  static boolean run(long patienceMillis) {
    return new WarmUp().compile(System.nanoTime() + patienceMillis * 1_000_000);
  }

  private boolean compile(long deadline) {
    for (int round = 0; round < ROUNDS && !allFast(); round++) {
      for (Kernel kernel : kernels) {
        call(kernel);
      }
    }
    while (!allFast()) {
      for (Kernel kernel : kernels) {
        call(kernel);
      }
      if (System.nanoTime() > deadline || !pause()) {
        return false;
      }
    }
    return true;
  }

  private static void call(Kernel kernel) {
    for (int i = 0; i < CALLS; i++) {
      kernel.call(0);
    }
    kernel.call(2);
  }

  private boolean allFast() {
    for (Kernel kernel : kernels) {
      long start = System.nanoTime();
      kernel.call(2);
      if (System.nanoTime() - start > FAST_NANOS) {
        return false;
      }
    }
    return true;
  }

  private static boolean pause() {
    try {
      Thread.sleep(1);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

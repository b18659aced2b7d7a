package dev.zhixing.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

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
  private static final int ROUNDS = 8;
  private static final int CALLS = 1_000;
  private static final int WORK = 16;

  /** A compiled kernel takes a tenth of it for {@link #WORK}, one that is not ten times. */
  private static final long FAST_NANOS = 1_000;

  /** Warm-ups of several threads would only disturb each other's measurements. */
  private static final Lock ONE_AT_A_TIME = new ReentrantLock();

  private final List<Kernel> slow;

  private interface Kernel {
    /** Goes this many times through the loop; 0 for a call with nothing to do. */
    void call(int terms);
  }

  private WarmUp() {
    float[] w = new float[64 + 4 * 16 * WORK];
    float[] x = new float[1024];
    float[] y = new float[1024];
    byte[] q = new byte[4 * 34 * WORK / 2];
    slow =
        new ArrayList<>(
            List.of(
                n -> PanelTiles.addTwoBySix(w, 0, 32, Math.min(n, 1), n, x, 0, 16, 1, 1, y, 0, 32),
                n -> VectorExp.apply(y, 0, 16 * n, 0, -1),
                n -> PanelTiles.addTwoByOne(w, 0, 32, Math.min(n, 1), n, x, 0, 1, 1, y, 0),
                n -> RowProducts.q8(q, 34 * WORK / 2, 16 * n, x, 0, 0, y),
                n -> RowProducts.floats(w, 64, 16 * n, 16 * n, x, 0, 0)));
  }

  /**
   * Runs until the kernels are compiled.
   *
   * @param patienceMillis how long to wait at most
   * @return whether they are
   */
  static boolean run(long patienceMillis) {
    ONE_AT_A_TIME.lock();
    try {
      return new WarmUp().compile(System.nanoTime() + patienceMillis * 1_000_000);
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private boolean compile(long deadline) {
    for (int round = 0; round < ROUNDS && !isFast(slow.getFirst()); round++) {
      slow.forEach(WarmUp::call);
    }
    slow.removeIf(WarmUp::isFast);
    while (!slow.isEmpty()) {
      if (System.nanoTime() > deadline || !pause()) {
        return false;
      }
      slow.forEach(WarmUp::call);
      slow.removeIf(WarmUp::isFast);
    }
    return true;
  }

  private static void call(Kernel kernel) {
    for (int i = 0; i < CALLS; i++) {
      kernel.call(0);
    }
    kernel.call(1);
  }

  private static boolean isFast(Kernel kernel) {
    long start = System.nanoTime();
    kernel.call(WORK);
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
}

package dev.zhixing.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Has the vector kernels compiled before the first prompt needs them. Until it is compiled, a
 * vector operation takes some hundred nanoseconds, and a prompt would spend two seconds until the
 * compiler has seen enough calls of each kernel in turn.
 *
 * <p>What makes the compiler act is the number of calls; calls with nothing to do count, and take
 * no time. A few calls that work, in between, show it that the loops are entered; more of them
 * would only keep it busy with the slow path. Two things follow. The kernels must not call vector
 * methods of their own, which look too rare here to be inlined. And the loops here must stay too
 * short (60,000 rounds) to be compiled themselves, with a kernel inlined in them and not compiled
 * on its own.
 */
final class WarmUp {
  /** Rounds with many calls, which together stay below what would compile the loops here. */
  private static final int BUSY_ROUNDS = 30;

  private static final int BUSY_CALLS = 1_000;

  /** Rounds in which a call works, too. */
  private static final int WORKING_ROUNDS = 3;

  /**
   * Further rounds, of fewer calls, while the compiler works; enough of them to have a kernel
   * compiled anew which it first took for one that has nothing to do.
   */
  private static final int WAITING_ROUNDS = 1_000;

  private static final int WAITING_CALLS = 25;

  private static final int WORK = 32;

  /** A compiled kernel takes a tenth of it for {@link #WORK}, one that is not ten times. */
  private static final long FAST_NANOS = 3_000;

  /** Warm-ups of several threads would only disturb each other's measurements. */
  private static final Lock ONE_AT_A_TIME = new ReentrantLock();

  private final float[] w = new float[64 + 4 * 16 * WORK];
  private final float[] x = new float[1024];
  private final float[] y = new float[1024];
  private final byte[] q = new byte[4 * 34 * WORK / 2];
  private final List<Kernel> slow =
      new ArrayList<>(List.of(this::addTwoBySix, this::exp, this::addTwoByOne, this::multiplyQ8));

  private interface Kernel {
    /** Calls a kernel some times, each time for as many terms; 0 for nothing to do. */
    void call(int calls, int terms);
  }

  private WarmUp() {}

  /**
   * Runs until the kernels are compiled, or for some seconds: patience is counted in rounds, which
   * take longer on a busy machine, as the compiler does.
   *
   * @param floatRows tells whether products with rows of floats are needed, too; asked when the
   *     others are compiled
   * @return whether they are compiled
   */
  static boolean run(BooleanSupplier floatRows) {
    ONE_AT_A_TIME.lock();
    try {
      WarmUp kernels = new WarmUp();
      boolean done = kernels.compile();
      // With the shortest vectors, bytes are turned into floats first.
      boolean floats = VectorKernels.SPECIES.length() <= 4 || floatRows.getAsBoolean();
      return done && (!floats || kernels.compileFloatRows());
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private boolean compileFloatRows() {
    slow.add(this::multiplyFloats);
    return compile();
  }

  private boolean compile() {
    dropFast(); // all of them at once, when this is not the first model
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
    while (!slow.isEmpty() && isFast(slow.getFirst())) {
      slow.removeFirst();
    }
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

  private void addTwoBySix(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      PanelTiles.addTwoBySix(w, 0, 32, Math.min(terms, 1), terms, x, 0, 16, 1, 1, y, 0, 32);
    }
  }

  private void addTwoByOne(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      PanelTiles.addTwoByOne(w, 0, 32, Math.min(terms, 1), terms, x, 0, 1, 1, y, 0);
    }
  }

  private void exp(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      VectorExp.apply(y, 0, 16 * terms, 0, -1);
    }
  }

  private void multiplyQ8(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      RowProducts.q8(q, 34 * WORK / 2, 16 * terms, x, 0, 0, y);
    }
  }

  private void multiplyFloats(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      RowProducts.floats(w, 64, 16 * terms, 16 * terms, x, 0, 0);
    }
  }
}

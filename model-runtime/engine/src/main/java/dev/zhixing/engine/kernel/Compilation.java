package dev.zhixing.engine.kernel;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has vector kernels compiled before the first prompt or sentence needs them. Until it is compiled,
 * a vector operation takes some hundred nanoseconds, and a prompt would spend two seconds until the
 * compiler has seen enough calls of each kernel in turn.
 *
 * <p>What makes the compiler act is the number of calls; calls with nothing to do count, and take
 * no time. A few calls that work, in between, show it that the loops are entered; more of them
 * would only keep it busy with the slow path. Two things follow. The kernels must not call vector
 * methods of their own, which look too rare here to be inlined. And the loops here must stay too
 * short (60,000 rounds) to be compiled themselves, with a kernel inlined in them and not compiled
 * on its own.
 */
final class Compilation {
  /** Rounds with many calls, which together stay below what would compile the loops here. */
  private static final int BUSY_ROUNDS = 30;

  private static final int BUSY_CALLS = 1_000;

  /**
   * Calls of a busy round that work: one in a hundred. Below 0.85 in a hundred (C2's {@code
   * MinInlineFrequencyRatio}) vector operations can seem too rare to be worth their place; then
   * they are called, with a box for each vector, and stay so. With one in five hundred, a third of
   * all starts ended there.
   */
  private static final int WORKING_CALLS = 10;

  /**
   * Further rounds, of fewer calls, while the compiler works; enough of them to have a kernel
   * compiled anew which it first took for one that has nothing to do.
   */
  private static final int WAITING_ROUNDS = 1_000;

  private static final int WAITING_CALLS = 25;

  /** How much work tells compiled code from other code; kernels have room for it. */
  static final int WORK = 32;

  /** A compiled kernel takes a tenth of it for {@link #WORK}, one that is not ten times. */
  private static final long FAST_NANOS = 3_000;

  /** Warm-ups of several threads would only disturb each other's measurements. */
  private static final Lock ONE_AT_A_TIME = new ReentrantLock();

  /** Calls a kernel. */
  interface Kernel {
    /** Calls a kernel some times, each time for as much work; 0 for nothing to do. */
    void call(int calls, int work);
  }

  private final Deque<Kernel> slow;

  private Compilation(Collection<Kernel> kernels) {
    slow = new ArrayDeque<>(kernels);
  }

  /**
   * Runs until the kernels are compiled, or for some seconds: patience is counted in rounds, which
   * take longer on a busy machine, as the compiler does.
   *
   * @return whether they are compiled
   */
  static boolean of(Collection<Kernel> kernels) {
    ONE_AT_A_TIME.lock();
    try {
      return new Compilation(kernels).run();
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private boolean run() {
    dropFast(); // all of them at once, when they are compiled since another model
    for (int round = 0; round < BUSY_ROUNDS + WAITING_ROUNDS && !slow.isEmpty(); round++) {
      for (Kernel kernel : slow) {
        kernel.call(round < BUSY_ROUNDS ? BUSY_CALLS : WAITING_CALLS, 0);
        if (round < BUSY_ROUNDS) {
          kernel.call(WORKING_CALLS, 1);
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
}

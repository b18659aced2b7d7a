package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

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

  /**
   * Calls of a busy round that work: one in a hundred, below which the compiler takes the vector
   * operations for too rare to be worth their place, and calls them, with a box for each vector.
   */
  private static final int WORKING_CALLS = 20;

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

  private final float[] w = new float[64 * 256];
  private final float[] x = new float[1024];
  private final float[] y = new float[1024];
  private final byte[] blocks = new byte[1024];
  private final byte[] codes = new byte[4 * 1024 + 64];
  private final short[] inputs = new short[1024];
  private final int[] sums = new int[128];
  private final List<Kernel> slow =
      new ArrayList<>(List.of(this::addTwoBySix, this::exp, this::addTwoByOne));

  private interface Kernel {
    /** Calls a kernel some times, each time for as many terms; 0 for nothing to do. */
    void call(int calls, int terms);
  }

  private WarmUp() {}

  /**
   * Runs until the kernels are compiled, or for some seconds: patience is counted in rounds, which
   * take longer on a busy machine, as the compiler does.
   *
   * @param types tells the types of the weight matrices; asked when the kernels that every model
   *     needs are compiled
   * @return whether they are compiled
   */
  static boolean run(Supplier<Set<TensorType>> types) {
    ONE_AT_A_TIME.lock();
    try {
      WarmUp kernels = new WarmUp();
      if (!kernels.compile()) {
        return false;
      }
      types.get().forEach(kernels::add);
      return kernels.compile();
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private void add(TensorType type) {
    if (!type.isQuantized()) {
      slow.add(this::multiplyFloats);
      return;
    }
    slow.add(type.parts() == 1 ? this::multiplySmall : this::multiplyBig);
    slow.add(type.parts() == 1 ? this::addSmallBySix : this::addBigBySix);
    slow.add(type.parts() == 1 ? this::addSmallByOne : this::addBigByOne);
    if (type != TensorType.Q8_0) {
      slow.add((calls, terms) -> unpack(type, calls, terms));
    }
  }

  private boolean compile() {
    dropFast(); // all of them at once, when this is not the first model
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

  private void multiplySmall(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      BlockProducts.small(codes, 0, 1024, 32, terms, inputs, 0, sums, 32);
    }
  }

  private void multiplyBig(int calls, int terms) {
    int columns = 256 * Math.min(terms, 1);
    for (int i = 0; i < calls; i++) {
      BlockProducts.big(codes, columns, blocks, inputs, 0, sums, 1);
    }
  }

  private void addSmallBySix(int calls, int terms) {
    int count = Math.min(terms, 1);
    for (int i = 0; i < calls; i++) {
      SmallBlockTiles.addTwoBySix(w, 0, 32, w, 0, count, x, 0, 32, x, 0, 1, y, 0, 32);
    }
  }

  private void addSmallByOne(int calls, int terms) {
    int count = Math.min(terms, 1);
    for (int i = 0; i < calls; i++) {
      SmallBlockTiles.addTwoByOne(w, 0, 32, w, 0, count, x, 0, x, 0, y, 0);
    }
  }

  private void addBigBySix(int calls, int terms) {
    int count = Math.min(terms, 1);
    for (int i = 0; i < calls; i++) {
      SuperBlockTiles.addTwoBySix(w, 0, 32, w, 0, count, x, 0, 32, x, 0, 1, y, 0, 32);
    }
  }

  private void addBigByOne(int calls, int terms) {
    int count = Math.min(terms, 1);
    for (int i = 0; i < calls; i++) {
      SuperBlockTiles.addTwoByOne(w, 0, 32, w, 0, count, x, 0, x, 0, y, 0);
    }
  }

  private void unpack(TensorType type, int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      Unpack.codes(type, blocks, 0, terms == 0 ? 0 : type.blockSize(), codes);
    }
  }

  private void multiplyFloats(int calls, int terms) {
    int count = 16 * Math.min(terms, 16);
    for (int i = 0; i < calls; i++) {
      RowProducts.addFloats(w, 256, count, x, 0, 0, y, 0);
    }
  }
}

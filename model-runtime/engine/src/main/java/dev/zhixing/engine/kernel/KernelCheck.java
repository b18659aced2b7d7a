package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Compares kernels with the scalar ones on small inputs: every bit must agree. */
final class KernelCheck {
  private static final int WIDTH = 35; // two vectors of 512 bits and a rest
  private static final int COUNT = 7; // a block of six inputs and a rest
  private static final int ROWS = 37; // a panel and a rest
  private static final int COLUMNS = 64; // or a block, where that is longer

  private final Kernels oracle = new ScalarKernels();
  private final SplittableRandom random = new SplittableRandom(20261124);

  private KernelCheck() {}

  /** Returns what differs, or nothing. */
  static Optional<String> difference(Kernels kernels, Set<TensorType> types) {
    KernelCheck check = new KernelCheck();
    if (!check.sameProducts(kernels)) {
      return Optional.of("products of a panel");
    }
    for (TensorType type : types) {
      if (!check.sameRows(kernels, type)) {
        return Optional.of("products of rows of type " + type);
      }
    }
    if (!check.sameExponentials(kernels)) {
      return Optional.of("exponentials");
    }
    return Optional.empty();
  }

  private boolean sameProducts(Kernels kernels) {
    Panel at = new Panel(WIDTH, 2, 3, 0, COUNT, 0, 6, 1, 2, 0, WIDTH);
    float[] w = numbers(6 * WIDTH);
    float[] x = numbers(6 * COUNT);
    float[] expected = numbers(WIDTH * COUNT);
    float[] found = expected.clone();
    oracle.addProducts(w, at, x, expected);
    kernels.addProducts(w, at, x, found);
    return Arrays.equals(expected, found);
  }

  /** Few inputs and many take different ways, which must lead to the same. */
  private boolean sameRows(Kernels kernels, TensorType type) {
    int columns = Math.max(COLUMNS, type.blockSize());
    byte[] bytes = new byte[Math.toIntExact(ROWS * type.rowBytes(columns))];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] &= (byte) 0xbf; // scales below 2
    }
    List<Long> shape = List.of((long) ROWS, (long) columns);
    Tensor w = new Tensor("check", type, shape, MemorySegment.ofArray(bytes));
    float[] x = numbers(COUNT * columns);
    float[] expected = new float[COUNT * ROWS];
    float[] found = new float[COUNT * ROWS];
    Scratch scratch = new Scratch();
    try (Team alone = new Team(1)) {
      for (int count : new int[] {1, COUNT}) {
        new Linear(oracle).apply(w, x, count, expected, alone, scratch);
        new Linear(kernels).apply(w, x, count, found, alone, scratch);
        if (!Arrays.equals(expected, found)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean sameExponentials(Kernels kernels) {
    float[] expected = numbers(WIDTH);
    expected[0] = -200;
    float[] found = expected.clone();
    float expectedSum = oracle.expAndSum(expected, 0, WIDTH, 3);
    float foundSum = kernels.expAndSum(found, 0, WIDTH, 3);
    return expectedSum == foundSum && Arrays.equals(expected, found);
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-4, 4);
    }
    return numbers;
  }
}

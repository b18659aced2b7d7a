package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Compares kernels with the scalar ones on small inputs: every bit must agree. */
final class KernelCheck {
  private static final int WIDTH = 35; // two vectors of 512 bits and a rest
  private static final int COUNT = 11; // blocks of six and of four inputs, and a rest
  private static final int ROWS = 37; // a panel and a rest
  private static final int COLUMNS = 64; // or a block, where that is longer

  private final Kernels oracle = new ScalarKernels();
  private final SplittableRandom random = new SplittableRandom(20261124);

  private KernelCheck() {}

  /**
   * Returns what differs, or nothing.
   *
   * @param matrices weights of each type to check; blocks of random bytes are checked, too
   */
  static Optional<String> difference(Kernels kernels, Map<TensorType, Tensor> matrices) {
    KernelCheck check = new KernelCheck();
    if (!check.sameProducts(kernels)) {
      return Optional.of("products of a panel");
    }
    for (Map.Entry<TensorType, Tensor> matrix : matrices.entrySet()) {
      TensorType type = matrix.getKey();
      if (!check.sameRows(kernels, type, check.blocks(type))
          || !check.sameRows(kernels, type, matrix.getValue().data())) {
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

  private MemorySegment blocks(TensorType type) {
    MemorySegment bytes = Arena.ofAuto().allocate(ROWS * type.rowBytes(columns(type)));
    for (long i = 0; i < bytes.byteSize(); i++) {
      bytes.set(ValueLayout.JAVA_BYTE, i, (byte) (random.nextInt() & 0xbf)); // scales below 2
    }
    return bytes;
  }

  private static int columns(TensorType type) {
    return Math.max(COLUMNS, type.blockSize());
  }

  /** Few inputs and many take different ways, which must lead to the same. */
  private boolean sameRows(Kernels kernels, TensorType type, MemorySegment weights) {
    int columns = columns(type);
    long rowBytes = type.rowBytes(columns);
    long rows = Math.min(ROWS, weights.byteSize() / rowBytes);
    MemorySegment bytes = weights.asSlice(0, rows * rowBytes);
    Tensor w = new Tensor("check", type, List.of(rows, (long) columns), bytes);
    float[] x = numbers(COUNT * columns);
    float[] expected = new float[COUNT * ROWS];
    float[] found = new float[COUNT * ROWS];
    Scratch scratch = new Scratch();
    try (Team alone = new Team(1)) {
      for (int count : new int[] {1, COUNT}) {
        new Linear(oracle, COUNT).apply(w, x, count, expected, alone, scratch);
        new Linear(kernels, COUNT).apply(w, x, count, found, alone, scratch);
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

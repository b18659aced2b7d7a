package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Compares kernels with the scalar ones on small inputs: every bit must agree. */
final class KernelCheck {
  private static final int WIDTH = 35; // two vectors of 512 bits and a rest
  private static final int COUNT = 7; // a block of six inputs and a rest
  private static final int ROWS = 5;
  private static final int COLUMNS = 64;

  private final Kernels oracle = new ScalarKernels();
  private final SplittableRandom random = new SplittableRandom(20261124);

  private KernelCheck() {}

  /** Returns what differs, or nothing. */
  static Optional<String> difference(Kernels kernels) {
    KernelCheck check = new KernelCheck();
    if (!check.sameProducts(kernels)) {
      return Optional.of("products of a panel");
    }
    if (!check.sameRows(kernels)) {
      return Optional.of("products of Q8_0 rows");
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

  private boolean sameRows(Kernels kernels) {
    byte[] bytes = new byte[ROWS * COLUMNS / 32 * 34];
    random.nextBytes(bytes);
    for (int i = 1; i < bytes.length; i += 34) {
      bytes[i] &= 0x3f; // scales between 0 and 2
    }
    Tensor w =
        new Tensor(
            "check",
            TensorType.Q8_0,
            List.of((long) ROWS, (long) COLUMNS),
            MemorySegment.ofArray(bytes));
    float[] x = numbers(COLUMNS);
    float[] expected = new float[ROWS];
    float[] found = new float[ROWS];
    oracle.multiplyRows(w, 0, ROWS, x, 0, expected, 0, new Scratch());
    kernels.multiplyRows(w, 0, ROWS, x, 0, found, 0, new Scratch());
    return Arrays.equals(expected, found);
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

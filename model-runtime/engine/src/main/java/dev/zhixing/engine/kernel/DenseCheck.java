package dev.zhixing.engine.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Compares kernels of encoders with the scalar ones on small inputs: every bit must agree. */
final class DenseCheck {
  private static final int TERMS = 7;
  private static final int COUNT = 21; // a vector of 512 bits and a rest

  private final SplittableRandom random = new SplittableRandom(20261125);

  private DenseCheck() {}

  /** Says whether they agree. */
  static boolean agree(DenseKernels kernels, DenseKernels oracle) {
    return new DenseCheck().same(kernels, oracle);
  }

  private boolean same(DenseKernels kernels, DenseKernels oracle) {
    float[] w = numbers(TERMS * DenseKernels.WIDTH);
    float[] x = numbers(TERMS * DenseKernels.INPUTS);
    float[] expected = numbers(DenseKernels.WIDTH * DenseKernels.INPUTS);
    float[] found = expected.clone();
    oracle.addTile(w, 0, TERMS, x, 0, TERMS, expected, 0, DenseKernels.WIDTH);
    kernels.addTile(w, 0, TERMS, x, 0, TERMS, found, 0, DenseKernels.WIDTH);
    oracle.gelu(expected, 1, COUNT);
    kernels.gelu(found, 1, COUNT);
    float expectedSum = oracle.expAndSum(expected, 32, COUNT, DenseKernels.WIDTH, 3);
    float foundSum = kernels.expAndSum(found, 32, COUNT, DenseKernels.WIDTH, 3);
    float[] weight = numbers(COUNT);
    oracle.normalise(expected, 64, weight, weight, 0.1f);
    kernels.normalise(found, 64, weight, weight, 0.1f);
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

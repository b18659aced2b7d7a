package dev.zhixing.training.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GemmTest {
  private static final int[][] SHAPES = { // m, n, k
    {1, 1, 1},
    {1, 32, 5},
    {6, 32, 16},
    {7, 33, 17},
    {13, 64, 400},
    {50, 31, 3},
    {301, 40, 33},
    {5, 96, 1000},
    {47, 48, 385},
    {12, 7, 769},
    {2, 65, 64}
  };

  private final SplittableRandom random = new SplittableRandom(7);
  private final Gemm gemm = new Gemm();

  @Test
  void multipliesAsTheScalarProductDoes() {
    for (int[] s : SHAPES) {
      check(s[0], s[1], s[2], false, false, false);
      check(s[0], s[1], s[2], false, true, true);
    }
  }

  @Test
  void multipliesATransposedLeftMatrixAsTheScalarProductDoes() {
    for (int[] s : SHAPES) {
      check(s[0], s[1], s[2], true, false, false);
      check(s[0], s[1], s[2], true, true, false);
    }
  }

  @Test
  void leavesEverythingOutsideTheResultAlone() {
    float[] a = numbers(7 * 5);
    float[] b = numbers(5 * 33);
    float[] c = numbers(9 * 50);
    float[] before = c.clone();
    Panels panels = new Panels();
    panels.packRows(b, 0, 33, 5, 33);
    gemm.multiply(a, 0, 5, panels, c, 50 + 3, 50, 7, false);
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 50; j++) {
        boolean inside = i >= 1 && i < 8 && j >= 3 && j < 36;
        if (!inside) {
          assertThat(c[i * 50 + j]).isEqualTo(before[i * 50 + j]);
        }
      }
    }
  }

  /** Compares with a scalar product in double precision; rounding grows with k. */
  private void check(int m, int n, int k, boolean transposeA, boolean add, boolean transposeB) {
    int lda = (transposeA ? m : k) + 3;
    int ldb = (transposeB ? k : n) + 1;
    int ldc = n + 2;
    float[] a = numbers(2 + lda * (transposeA ? k : m));
    float[] b = numbers(1 + ldb * (transposeB ? n : k));
    float[] c = numbers(4 + ldc * m);
    float[] before = c.clone();
    Panels panels = new Panels();
    if (transposeB) {
      panels.packColumns(b, 1, ldb, k, n);
    } else {
      panels.packRows(b, 1, ldb, k, n);
    }
    if (transposeA) {
      gemm.multiplyTransposed(a, 2, lda, panels, c, 4, ldc, m, add);
    } else {
      gemm.multiply(a, 2, lda, panels, c, 4, ldc, m, add);
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = add ? before[4 + i * ldc + j] : 0;
        double magnitude = Math.abs(sum);
        for (int x = 0; x < k; x++) {
          double left = a[2 + (transposeA ? x * lda + i : i * lda + x)];
          double right = b[1 + (transposeB ? j * ldb + x : x * ldb + j)];
          sum += left * right;
          magnitude += Math.abs(left * right);
        }
        double error = Math.abs(sum - c[4 + i * ldc + j]);
        assertThat(error)
            .as("%d x %d x %d at %d, %d", m, n, k, i, j)
            .isLessThanOrEqualTo(1.2e-7 * Math.sqrt(k + 1.0) * magnitude);
      }
    }
  }

  private float[] numbers(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return x;
  }
}

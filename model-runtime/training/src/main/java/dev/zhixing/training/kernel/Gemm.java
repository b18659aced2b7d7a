package dev.zhixing.training.kernel;

/**
 * Single-precision matrix products on row-major float arrays. The right-hand matrix comes packed
 * ({@link Panels}); the left-hand one is read in place, or repacked in small blocks when it is
 * transposed. The order of additions depends on the shapes alone, so equal inputs give equal bits.
 * An instance owns scratch memory: one thread at a time.
 */
public final class Gemm {
  /** Length of one run of the inner loop: a panel's part of that length stays in the L1 cache. */
  private static final int K_BLOCK = 384;

  /** Floats of A per block: stays in the L2 cache while all panels pass. */
  private static final int A_BLOCK = 96 * 1024;

  private static final int W = MicroKernel.COLUMNS;
  private static final int R = MicroKernel.ROWS;

  private final float[] tile = new float[R * W];
  private final float[] packed = new float[A_BLOCK + K_BLOCK * R + 64];

  /** C [m, n] = A [m, k] · B [k, n], or C += A · B, with all of B. */
  public void multiply(
      float[] a,
      int aOffset,
      int lda,
      Panels b,
      float[] c,
      int cOffset,
      int ldc,
      int m,
      boolean add) {
    multiply(a, aOffset, lda, b, b.k(), b.n(), c, cOffset, ldc, m, add);
  }

  /**
   * C [m, n] = A [m, k] · B [k, n], or C += A · B.
   *
   * @param a row i starts at {@code aOffset + i * lda}
   * @param b the first k rows and n columns are used
   * @param c row i starts at {@code cOffset + i * ldc}
   * @param add whether to add to what C holds
   */
  public void multiply(
      float[] a,
      int aOffset,
      int lda,
      Panels b,
      int k,
      int n,
      float[] c,
      int cOffset,
      int ldc,
      int m,
      boolean add) {
    for (int k0 = 0; k0 < k; k0 += K_BLOCK) {
      int kc = Math.min(K_BLOCK, k - k0);
      int rows = Math.max(1, A_BLOCK / kc / R) * R;
      for (int i0 = 0; i0 < m; i0 += rows) {
        int mc = Math.min(rows, m - i0);
        int ao = aOffset + i0 * lda + k0;
        block(a, ao, lda, b, k0, kc, n, c, cOffset + i0 * ldc, ldc, mc, add || k0 > 0);
      }
    }
  }

  private void block(
      float[] a,
      int ao,
      int lda,
      Panels b,
      int k0,
      int kc,
      int n,
      float[] c,
      int co,
      int ldc,
      int mc,
      boolean add) {
    for (int j = 0; j < n; j += W) {
      int bo = j * b.k() + k0 * W;
      if (n - j >= W) {
        strip(a, ao, lda, b.data, bo, kc, c, co + j, ldc, mc, add);
      } else {
        narrowStrip(a, ao, lda, b.data, bo, kc, c, co + j, n - j, ldc, mc, add);
      }
    }
  }

  private void narrowStrip(
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int kc,
      float[] c,
      int co,
      int columns,
      int ldc,
      int mc,
      boolean add) {
    int i = 0;
    for (; i + R <= mc; i += R) {
      MicroKernel.rows6(a, ao + i * lda, lda, b, bo, kc, tile, 0, W, false);
      edge(c, co + i * ldc, R, columns, ldc, add);
    }
    for (; i < mc; i++) {
      MicroKernel.rows1(a, ao + i * lda, lda, b, bo, kc, tile, 0, W, false);
      edge(c, co + i * ldc, 1, columns, ldc, add);
    }
  }

  private static void strip(
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int kc,
      float[] c,
      int co,
      int ldc,
      int mc,
      boolean add) {
    int i = 0;
    for (; i + R <= mc; i += R) {
      MicroKernel.rows6(a, ao + i * lda, lda, b, bo, kc, c, co + i * ldc, ldc, add);
    }
    for (; i + 2 <= mc; i += 2) {
      MicroKernel.rows2(a, ao + i * lda, lda, b, bo, kc, c, co + i * ldc, ldc, add);
    }
    if (i < mc) {
      MicroKernel.rows1(a, ao + i * lda, lda, b, bo, kc, c, co + i * ldc, ldc, add);
    }
  }

  /**
   * C [m, n] = Aᵀ · B, or C += Aᵀ · B, with A [k, m] and B [k, n].
   *
   * @param a row i of A (not of its transpose) starts at {@code aOffset + i * lda}
   * @param add whether to add to what C holds
   */
  public void multiplyTransposed(
      float[] a,
      int aOffset,
      int lda,
      Panels b,
      float[] c,
      int cOffset,
      int ldc,
      int m,
      boolean add) {
    int k = b.k();
    for (int k0 = 0; k0 < k; k0 += K_BLOCK) {
      int kc = Math.min(K_BLOCK, k - k0);
      int rows = Math.max(1, A_BLOCK / kc / R) * R;
      for (int i0 = 0; i0 < m; i0 += rows) {
        int mc = Math.min(rows, m - i0);
        packTransposed(a, aOffset + k0 * lda + i0, lda, kc, mc);
        packedBlock(b, k0, kc, c, cOffset + i0 * ldc, ldc, mc, add || k0 > 0);
      }
    }
  }

  /** Groups of six columns of A [kc, mc], each group stored row by row. */
  private void packTransposed(float[] a, int ao, int lda, int kc, int mc) {
    int lanes = MicroKernel.LANES;
    int to = 0;
    for (int i = 0; i < mc; i += R) {
      int count = Math.min(R, mc - i);
      for (int row = 0; row < kc; row++, to += R) {
        int from = ao + row * lda + i;
        if (from + lanes <= a.length && lanes >= R) {
          MicroKernel.copyRows(a, from, packed, to); // what exceeds six floats is overwritten next
        } else {
          System.arraycopy(a, from, packed, to, count);
        }
      }
    }
  }

  private void packedBlock(
      Panels b, int k0, int kc, float[] c, int co, int ldc, int mc, boolean add) {
    int n = b.n();
    for (int j = 0; j < n; j += W) {
      int bo = j * b.k() + k0 * W;
      if (n - j >= W) {
        packedStrip(b.data, bo, kc, c, co + j, ldc, mc, add);
      } else {
        for (int i = 0; i < mc; i += R) {
          int rows = Math.min(R, mc - i);
          MicroKernel.packed6(packed, i * kc, b.data, bo, kc, tile, 0, W, false);
          edge(c, co + i * ldc + j, rows, n - j, ldc, add);
        }
      }
    }
  }

  private void packedStrip(
      float[] b, int bo, int kc, float[] c, int co, int ldc, int mc, boolean add) {
    int i = 0;
    for (; i + R <= mc; i += R) {
      MicroKernel.packed6(packed, i * kc, b, bo, kc, c, co + i * ldc, ldc, add);
    }
    int group = i * kc;
    int left = mc - i;
    if (left > 0) {
      MicroKernel.packed6(packed, group, b, bo, kc, tile, 0, W, false);
      edge(c, co + i * ldc, left, W, ldc, add);
    }
  }

  private void edge(float[] c, int co, int rows, int columns, int ldc, boolean add) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int at = co + i * ldc + j;
        c[at] = add ? c[at] + tile[i * W + j] : tile[i * W + j];
      }
    }
  }
}

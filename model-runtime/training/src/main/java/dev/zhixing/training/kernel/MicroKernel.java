package dev.zhixing.training.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Innermost loops of the matrix product: a tile of C, {@link #ROWS} rows by two vectors, stays in
 * registers while k runs. Each value of A is broadcast against two vectors of a panel of B. Twelve
 * accumulators hide the latency of fma and fit the 16 registers of AVX2 as well.
 */
final class MicroKernel {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  static final int LANES = S.length();
  static final int COLUMNS = 2 * LANES;
  static final int ROWS = 6;

  private MicroKernel() {}

  /** Copies {@link #COLUMNS} floats. */
  static void copy(float[] from, int f, float[] to, int t) {
    FloatVector.fromArray(S, from, f).intoArray(to, t);
    FloatVector.fromArray(S, from, f + LANES).intoArray(to, t + LANES);
  }

  /** Copies one vector, of which only the first {@link #ROWS} floats are meant. */
  static void copyRows(float[] from, int f, float[] to, int t) {
    FloatVector.fromArray(S, from, f).intoArray(to, t);
  }

  /** C [6, 2 vectors] (+)= A [6, kc], rows {@code lda} apart, · panel. */
  static void rows6(
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int kc,
      float[] c,
      int co,
      int ldc,
      boolean add) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = c10;
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = c20;
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = c30;
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c41 = c40;
    FloatVector c50 = FloatVector.zero(S);
    FloatVector c51 = c50;
    int a1 = ao + 1 * lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    int a5 = ao + 5 * lda;
    for (int k = 0; k < kc; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * COLUMNS + LANES);
      FloatVector x = FloatVector.broadcast(S, a[ao + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[a5 + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    if (add) {
      c00.add(FloatVector.fromArray(S, c, co)).intoArray(c, co);
      c01.add(FloatVector.fromArray(S, c, co + LANES)).intoArray(c, co + LANES);
      c10.add(FloatVector.fromArray(S, c, co + ldc)).intoArray(c, co + ldc);
      c11.add(FloatVector.fromArray(S, c, co + ldc + LANES)).intoArray(c, co + ldc + LANES);
      c20.add(FloatVector.fromArray(S, c, co + 2 * ldc)).intoArray(c, co + 2 * ldc);
      c21.add(FloatVector.fromArray(S, c, co + 2 * ldc + LANES)).intoArray(c, co + 2 * ldc + LANES);
      c30.add(FloatVector.fromArray(S, c, co + 3 * ldc)).intoArray(c, co + 3 * ldc);
      c31.add(FloatVector.fromArray(S, c, co + 3 * ldc + LANES)).intoArray(c, co + 3 * ldc + LANES);
      c40.add(FloatVector.fromArray(S, c, co + 4 * ldc)).intoArray(c, co + 4 * ldc);
      c41.add(FloatVector.fromArray(S, c, co + 4 * ldc + LANES)).intoArray(c, co + 4 * ldc + LANES);
      c50.add(FloatVector.fromArray(S, c, co + 5 * ldc)).intoArray(c, co + 5 * ldc);
      c51.add(FloatVector.fromArray(S, c, co + 5 * ldc + LANES)).intoArray(c, co + 5 * ldc + LANES);
    } else {
      c00.intoArray(c, co);
      c01.intoArray(c, co + LANES);
      c10.intoArray(c, co + ldc);
      c11.intoArray(c, co + ldc + LANES);
      c20.intoArray(c, co + 2 * ldc);
      c21.intoArray(c, co + 2 * ldc + LANES);
      c30.intoArray(c, co + 3 * ldc);
      c31.intoArray(c, co + 3 * ldc + LANES);
      c40.intoArray(c, co + 4 * ldc);
      c41.intoArray(c, co + 4 * ldc + LANES);
      c50.intoArray(c, co + 5 * ldc);
      c51.intoArray(c, co + 5 * ldc + LANES);
    }
  }

  /** Two rows. */
  static void rows2(
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int kc,
      float[] c,
      int co,
      int ldc,
      boolean add) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = c10;
    int a1 = ao + 1 * lda;
    for (int k = 0; k < kc; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * COLUMNS + LANES);
      FloatVector x = FloatVector.broadcast(S, a[ao + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
    }
    if (add) {
      c00.add(FloatVector.fromArray(S, c, co)).intoArray(c, co);
      c01.add(FloatVector.fromArray(S, c, co + LANES)).intoArray(c, co + LANES);
      c10.add(FloatVector.fromArray(S, c, co + ldc)).intoArray(c, co + ldc);
      c11.add(FloatVector.fromArray(S, c, co + ldc + LANES)).intoArray(c, co + ldc + LANES);
    } else {
      c00.intoArray(c, co);
      c01.intoArray(c, co + LANES);
      c10.intoArray(c, co + ldc);
      c11.intoArray(c, co + ldc + LANES);
    }
  }

  /** One row. */
  static void rows1(
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int kc,
      float[] c,
      int co,
      int ldc,
      boolean add) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    for (int k = 0; k < kc; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * COLUMNS + LANES);
      FloatVector x = FloatVector.broadcast(S, a[ao + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
    }
    if (add) {
      c00.add(FloatVector.fromArray(S, c, co)).intoArray(c, co);
      c01.add(FloatVector.fromArray(S, c, co + LANES)).intoArray(c, co + LANES);
    } else {
      c00.intoArray(c, co);
      c01.intoArray(c, co + LANES);
    }
  }

  /** C [6, 2 vectors] (+)= A [6, kc], stored as kc groups of six, · panel. */
  static void packed6(
      float[] a, int ao, float[] b, int bo, int kc, float[] c, int co, int ldc, boolean add) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = c00;
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = c10;
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = c20;
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = c30;
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c41 = c40;
    FloatVector c50 = FloatVector.zero(S);
    FloatVector c51 = c50;
    for (int k = 0; k < kc; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * COLUMNS + LANES);
      FloatVector x = FloatVector.broadcast(S, a[ao + k * ROWS]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[ao + k * ROWS + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[ao + k * ROWS + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[ao + k * ROWS + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[ao + k * ROWS + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[ao + k * ROWS + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    if (add) {
      c00.add(FloatVector.fromArray(S, c, co)).intoArray(c, co);
      c01.add(FloatVector.fromArray(S, c, co + LANES)).intoArray(c, co + LANES);
      c10.add(FloatVector.fromArray(S, c, co + ldc)).intoArray(c, co + ldc);
      c11.add(FloatVector.fromArray(S, c, co + ldc + LANES)).intoArray(c, co + ldc + LANES);
      c20.add(FloatVector.fromArray(S, c, co + 2 * ldc)).intoArray(c, co + 2 * ldc);
      c21.add(FloatVector.fromArray(S, c, co + 2 * ldc + LANES)).intoArray(c, co + 2 * ldc + LANES);
      c30.add(FloatVector.fromArray(S, c, co + 3 * ldc)).intoArray(c, co + 3 * ldc);
      c31.add(FloatVector.fromArray(S, c, co + 3 * ldc + LANES)).intoArray(c, co + 3 * ldc + LANES);
      c40.add(FloatVector.fromArray(S, c, co + 4 * ldc)).intoArray(c, co + 4 * ldc);
      c41.add(FloatVector.fromArray(S, c, co + 4 * ldc + LANES)).intoArray(c, co + 4 * ldc + LANES);
      c50.add(FloatVector.fromArray(S, c, co + 5 * ldc)).intoArray(c, co + 5 * ldc);
      c51.add(FloatVector.fromArray(S, c, co + 5 * ldc + LANES)).intoArray(c, co + 5 * ldc + LANES);
    } else {
      c00.intoArray(c, co);
      c01.intoArray(c, co + LANES);
      c10.intoArray(c, co + ldc);
      c11.intoArray(c, co + ldc + LANES);
      c20.intoArray(c, co + 2 * ldc);
      c21.intoArray(c, co + 2 * ldc + LANES);
      c30.intoArray(c, co + 3 * ldc);
      c31.intoArray(c, co + 3 * ldc + LANES);
      c40.intoArray(c, co + 4 * ldc);
      c41.intoArray(c, co + 4 * ldc + LANES);
      c50.intoArray(c, co + 5 * ldc);
      c51.intoArray(c, co + 5 * ldc + LANES);
    }
  }
}

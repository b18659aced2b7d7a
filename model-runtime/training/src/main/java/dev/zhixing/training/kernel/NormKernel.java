package dev.zhixing.training.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * RMSNorm of rows: y = w * x * inv with inv = 1 / sqrt(mean(x²) + epsilon), and its gradient. The
 * width is a multiple of 16 or of the vector length, whichever is larger.
 */
public final class NormKernel {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();

  private NormKernel() {}

  /** 1 / sqrt(mean(x²) + epsilon) of each of {@code rows} rows of x [rows, width]. */
  public static void inverse(
      float[] x, int xo, float[] inv, int io, int rows, int width, float epsilon) {
    for (int t = 0; t < rows; t++) {
      int at = xo + t * width;
      float squares = Vectors.dot(x, at, x, at, width);
      inv[io + t] = (float) (1 / Math.sqrt(squares / width + epsilon));
    }
  }

  /** y [rows, width] = w * x * inv. */
  public static void forward(
      float[] x, int xo, float[] inv, int io, float[] w, int wo, float[] y, int rows, int width) {
    for (int t = 0; t < rows; t++) {
      float factor = inv[io + t];
      int at = t * width;
      for (int j = 0; j < width; j += LANES) {
        FloatVector value = FloatVector.fromArray(S, x, xo + at + j).mul(factor);
        value.mul(FloatVector.fromArray(S, w, wo + j)).intoArray(y, at + j);
      }
    }
  }

  /**
   * Gradients of RMSNorm: dx += and dw +=.
   *
   * @param dy gradient of y, [rows, width]
   * @param dx gradient of x, [rows, width], added to
   * @param dw gradient of w at {@code wo}, added to
   */
  public static void backward(
      float[] x,
      int xo,
      float[] inv,
      int io,
      float[] w,
      int wo,
      float[] dy,
      float[] dx,
      float[] dw,
      int rows,
      int width) {
    for (int t = 0; t < rows; t++) {
      float factor = inv[io + t];
      int at = t * width;
      FloatVector sum = FloatVector.zero(S);
      for (int j = 0; j < width; j += LANES) {
        FloatVector xv = FloatVector.fromArray(S, x, xo + at + j);
        FloatVector g = FloatVector.fromArray(S, dy, at + j);
        FloatVector gx = g.mul(xv);
        gx.fma(FloatVector.broadcast(S, factor), FloatVector.fromArray(S, dw, wo + j))
            .intoArray(dw, wo + j);
        sum = gx.fma(FloatVector.fromArray(S, w, wo + j), sum);
      }
      float shrink = -factor * factor * factor * Vectors.lanes(sum) / width;
      for (int j = 0; j < width; j += LANES) {
        FloatVector xv = FloatVector.fromArray(S, x, xo + at + j);
        FloatVector g =
            FloatVector.fromArray(S, dy, at + j).mul(FloatVector.fromArray(S, w, wo + j));
        FloatVector old = FloatVector.fromArray(S, dx, at + j);
        g.fma(FloatVector.broadcast(S, factor), xv.fma(FloatVector.broadcast(S, shrink), old))
            .intoArray(dx, at + j);
      }
    }
  }
}

package dev.zhixing.engine.kernel;

import java.util.Arrays;

/** Plain Java: the oracle of {@link VectorDense}. */
final class ScalarDense implements DenseKernels {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void addTile(
      float[] w,
      int wAt,
      int terms,
      float[] x,
      int xAt,
      int xStride,
      float[] y,
      int yAt,
      int yStride) {
    float[] sums = new float[WIDTH];
    for (int c = 0; c < INPUTS; c++) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < terms; i++) {
        addTerm(w, wAt + i * WIDTH, x[xAt + c * xStride + i], sums);
      }
      for (int r = 0; r < WIDTH; r++) {
        y[yAt + c * yStride + r] += sums[r];
      }
    }
  }

  private static void addTerm(float[] w, int at, float x, float[] sums) {
    for (int r = 0; r < WIDTH; r++) {
      sums[r] = Math.fma(w[at + r], x, sums[r]);
    }
  }

  @Override
  public void gelu(float[] x, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      x[i] = Gelu.of(x[i]);
    }
  }

  @Override
  public float expAndSum(float[] scores, int offset, int count, int room, float scale) {
    float greatest = ScalarKernels.greatest(scores, offset, count);
    for (int i = offset; i < offset + count; i++) {
      scores[i] = Exp.of((scores[i] - greatest) * scale);
    }
    Arrays.fill(scores, offset + count, offset + room, 0);
    return ScalarKernels.sum(scores, offset, count);
  }

  @Override
  public void normalise(float[] x, int offset, float[] weight, float[] bias, float epsilon) {
    int count = weight.length;
    float[] sums = new float[Kernels.LANES];
    for (int i = 0; i < count; i++) {
      sums[i % Kernels.LANES] += x[offset + i];
    }
    float mean = ScalarKernels.total(sums) / count;
    Arrays.fill(sums, 0);
    for (int i = 0; i < count; i++) {
      float centred = x[offset + i] - mean;
      x[offset + i] = centred;
      sums[i % Kernels.LANES] = Math.fma(centred, centred, sums[i % Kernels.LANES]);
    }
    float scale = (float) (1 / Math.sqrt(ScalarKernels.total(sums) / count + epsilon));
    for (int i = 0; i < count; i++) {
      x[offset + i] = Math.fma(x[offset + i] * scale, weight[i], bias[i]);
    }
  }
}

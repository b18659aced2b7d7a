package dev.zhixing.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.training.layer.Layout;
import dev.zhixing.training.layer.ModelShape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MuonTest {
  private final SplittableRandom random = new SplittableRandom(4);

  @Test
  void updatesAreNearlyOrthogonalWhicheverSideIsLonger() {
    for (int[] shape : new int[][] {{32, 96}, {96, 32}, {64, 64}}) {
      Muon.Slice slice = new Muon.Slice(7, shape[0], shape[1]);
      float[] gradients = numbers(7 + shape[0] * shape[1]);
      float[] weights = new float[gradients.length];
      new Muon(List.of(slice)).update(weights, gradients, new float[gradients.length], slice, 1, 0);
      double scale = 0.2 * Math.sqrt(Math.max(shape[0], shape[1]));
      for (int i = 0; i < 20; i++) {
        double stretch = stretch(weights, slice) / scale;
        assertThat(stretch).as("%d x %d", shape[0], shape[1]).isBetween(0.6, 1.3);
      }
    }
  }

  @Test
  void goesAgainstTheGradient() {
    Muon.Slice slice = new Muon.Slice(0, 32, 64);
    float[] gradients = numbers(32 * 64);
    float[] weights = new float[gradients.length];
    new Muon(List.of(slice)).update(weights, gradients, new float[weights.length], slice, 1, 0);
    double product = 0;
    for (int i = 0; i < weights.length; i++) {
      product += weights[i] * gradients[i];
    }
    assertThat(product).isNegative();
  }

  @Test
  void slicesAreTheMatricesOfTheBlocksWithoutGaps() {
    Layout layout = new Layout(new ModelShape(64, 2, 4, 2, 96, 40, 10_000, 64));
    int covered = Muon.slices(layout).stream().mapToInt(Muon.Slice::size).sum();
    assertThat((long) covered).isEqualTo(layout.shape().blockWeights());
  }

  /** Length of a random unit vector after it went through the matrix, from its shorter side. */
  private double stretch(float[] w, Muon.Slice slice) {
    boolean tall = slice.rows() > slice.columns();
    int from = tall ? slice.columns() : slice.rows();
    int to = tall ? slice.rows() : slice.columns();
    float[] v = numbers(from);
    double length = 0;
    double squares = 0;
    for (float value : v) {
      length += value * value;
    }
    for (int i = 0; i < to; i++) {
      double sum = 0;
      for (int j = 0; j < from; j++) {
        int at = tall ? i * slice.columns() + j : j * slice.columns() + i;
        sum += v[j] * w[slice.offset() + at];
      }
      squares += sum * sum;
    }
    return Math.sqrt(squares / length);
  }

  private float[] numbers(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}

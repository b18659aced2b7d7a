package dev.zhixing.training.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  @Test
  void isExactToThreeInTenMillion() {
    for (float x = -86.9f; x < 87.9f; x += 0.0137f) {
      double expected = Math.exp(x);
      assertThat(Math.abs(Exponential.exp(x) - expected) / expected).as("e^%s", x).isLessThan(3e-7);
    }
  }

  @Test
  void vectorsGiveTheBitsOfSingleValues() {
    float[] x = new float[LANES];
    float[] y = new float[LANES];
    for (int i = 0; i < 2_000; i++) {
      for (int lane = 0; lane < LANES; lane++) {
        x[lane] = (i * LANES + lane) * 0.011f - 120f;
      }
      Exponential.exp(FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, x, 0)).intoArray(y, 0);
      for (int lane = 0; lane < LANES; lane++) {
        assertThat(y[lane]).as("e^%s", x[lane]).isEqualTo(Exponential.exp(x[lane]));
      }
    }
  }

  @Test
  void clampsWhatIsOutOfRange() {
    assertThat(Exponential.exp(Float.NEGATIVE_INFINITY)).isBetween(0f, 1e-37f);
    assertThat(Exponential.exp(1000f)).isFinite().isGreaterThan(1e38f);
  }
}

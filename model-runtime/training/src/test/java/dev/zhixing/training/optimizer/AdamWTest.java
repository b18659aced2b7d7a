package dev.zhixing.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhixing.training.layer.Layout;
import dev.zhixing.training.layer.ModelShape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private static final Layout LAYOUT = new Layout(new ModelShape(32, 1, 1, 1, 32, 5, 10_000, 8));

  @Test
  void takesTheStepsOfThePaper() {
    AdamW optimizer = new AdamW(LAYOUT, new AdamW.Settings(0.9, 0.99, 1e-8, 0, 1, false));
    float[] weights = new float[LAYOUT.size()];
    float[] gradients = new float[LAYOUT.size()];
    double m = 0;
    double v = 0;
    double expected = 0;
    for (int step = 0; step < 5; step++) {
      double gradient = 0.3 - 0.1 * step;
      Arrays.fill(gradients, (float) (2 * gradient));
      optimizer.update(weights, gradients, 0, weights.length, step, 0.01, 0.5);
      m = 0.9 * m + 0.1 * gradient;
      v = 0.99 * v + 0.01 * gradient * gradient;
      double mean = m / (1 - Math.pow(0.9, step + 1));
      double square = v / (1 - Math.pow(0.99, step + 1));
      expected -= 0.01 * mean / (Math.sqrt(square) + 1e-8);
      assertThat((double) weights[0]).isCloseTo(expected, within(1e-6));
      assertThat(weights[weights.length - 1]).isEqualTo(weights[0]);
    }
  }

  @Test
  void decaysMatricesAndLeavesNormsAlone() {
    AdamW optimizer = new AdamW(LAYOUT, new AdamW.Settings(0.9, 0.99, 1e-8, 0.5, 1, false));
    float[] weights = new float[LAYOUT.size()];
    Arrays.fill(weights, 1f);
    optimizer.update(weights, new float[LAYOUT.size()], 0, weights.length, 0, 0.1, 1);
    for (Layout.Range range : LAYOUT.ranges()) {
      assertThat(weights[range.offset()]).isEqualTo(range.isMatrix() ? 0.95f : 1f);
    }
  }

  @Test
  void rangesTogetherGiveWhatTheWholeGives() {
    float[] gradients = new float[LAYOUT.size()];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = (float) Math.sin(i);
    }
    float[] whole = new float[LAYOUT.size()];
    new AdamW(LAYOUT, AdamW.Settings.usual()).update(whole, gradients, 0, whole.length, 0, 1, 1);
    float[] parts = new float[LAYOUT.size()];
    AdamW optimizer = new AdamW(LAYOUT, AdamW.Settings.usual());
    optimizer.update(parts, gradients, 0, 1600, 0, 1, 1);
    optimizer.update(parts, gradients, 1600, parts.length, 0, 1, 1);
    assertThat(parts).isEqualTo(whole);
  }

  @Test
  void clipsOnlyWhatIsTooLong() {
    AdamW optimizer = new AdamW(LAYOUT, AdamW.Settings.usual());
    assertThat(optimizer.clipFactor(0.5)).isEqualTo(1);
    assertThat(optimizer.clipFactor(4)).isEqualTo(0.25);
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> new AdamW.Settings(1, 0.9, 1e-8, 0, 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 1.0");
  }
}

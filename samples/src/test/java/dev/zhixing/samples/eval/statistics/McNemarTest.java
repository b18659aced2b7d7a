package dev.zhixing.samples.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {

  /** The p-values are those of SciPy 1.17's {@code binomtest(min(b, c), b + c)}. */
  @ParameterizedTest
  @CsvSource({
    "1, 9, 0.021484375",
    "0, 6, 0.03125",
    "2, 14, 0.004180908203125",
    "121, 59, 4.4344492637551645e-06",
    "30, 12, 0.007915897334896727",
    "1200, 1300, 0.047681865221043444"
  })
  void agreesWithKnownValues(int onlyFirst, int onlySecond, double expected) {
    assertThat(McNemar.exact(onlyFirst, onlySecond)).isCloseTo(expected, within(1e-9 * expected));
    assertThat(McNemar.exact(onlySecond, onlyFirst))
        .isEqualTo(McNemar.exact(onlyFirst, onlySecond));
  }

  @Test
  void isCertainOfNothingWhereBothSidesAreEqual() {
    assertThat(McNemar.exact(0, 0)).isEqualTo(1);
    assertThat(McNemar.exact(5, 5)).isEqualTo(1);
  }

  @Test
  void refusesNegativeCounts() {
    assertThatThrownBy(() -> McNemar.exact(-1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found -1 and 2");
  }
}

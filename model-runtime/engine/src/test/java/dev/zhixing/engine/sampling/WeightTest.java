package dev.zhixing.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightTest {
  @Test
  void isTheExponential() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 1_000_000; i++) {
      double x = -random.nextDouble() * Math.pow(10, random.nextInt(-9, 3));
      double expected = Math.exp(x);

      assertThat(Weight.of(x)).isCloseTo(expected, within(6e-16 * expected));
    }
  }

  @Test
  void isExactAtItsEdges() {
    assertThat(Weight.of(0)).isOne();
    assertThat(Weight.of(-0.0)).isOne();
    assertThat(Weight.of(-708)).isPositive();
    assertThat(Weight.of(Math.nextDown(-708))).isZero();
    assertThat(Weight.of(Double.NEGATIVE_INFINITY)).isZero();
  }
}

package dev.zhixing.samples.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

  /** Hours of sleep gained, from Student (1908): ten patients, two drugs. */
  private static final double[] SLEEP = {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};

  /** SciPy 1.17's percentile bootstrap with a million resamples gives the same ends. */
  @Test
  void agreesWithAnotherImplementation() {
    Interval wide = PairedBootstrap.STANDARD.ofMean(SLEEP, 0.95);
    Interval narrow = PairedBootstrap.STANDARD.ofMean(SLEEP, 0.90);

    assertThat(wide.low()).isCloseTo(0.95, within(0.03));
    assertThat(wide.high()).isCloseTo(2.38, within(0.05));
    assertThat(narrow.low()).isCloseTo(1.03, within(0.03));
    assertThat(narrow.high()).isCloseTo(2.24, within(0.05));
  }

  @Test
  void comesCloseToTheNormalIntervalOfManyPairs() {
    SplittableRandom random = new SplittableRandom(7);
    double[] differences = new double[2000];
    Arrays.setAll(differences, i -> 3 + random.nextGaussian());
    double mean = Arrays.stream(differences).average().orElseThrow();

    Interval interval = PairedBootstrap.STANDARD.ofMean(differences, 0.95);

    double half = 1.96 / Math.sqrt(differences.length);
    assertThat(interval.low()).isCloseTo(mean - half, within(0.1 * half));
    assertThat(interval.high()).isCloseTo(mean + half, within(0.1 * half));
  }

  @Test
  void givesTheSameIntervalForTheSameSeed() {
    assertThat(new PairedBootstrap(500, 1).ofMean(SLEEP, 0.95))
        .isEqualTo(new PairedBootstrap(500, 1).ofMean(SLEEP, 0.95))
        .isNotEqualTo(new PairedBootstrap(500, 2).ofMean(SLEEP, 0.95));
  }

  @Test
  void shrinksToAPointWhereAllPairsDifferAlike() {
    Interval none = PairedBootstrap.STANDARD.ofMean(new double[] {0, 0, 0}, 0.95);
    Interval two = PairedBootstrap.STANDARD.ofMean(new double[] {2, 2}, 0.95);

    assertThat(none).isEqualTo(new Interval(0, 0));
    assertThat(none.holdsZero()).isTrue();
    assertThat(two).isEqualTo(new Interval(2, 2));
    assertThat(two.holdsZero()).isFalse();
  }

  @Test
  void refusesNothingAndImpossibleConfidence() {
    assertThatThrownBy(() -> PairedBootstrap.STANDARD.ofMean(new double[0], 0.95))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PairedBootstrap.STANDARD.ofMean(SLEEP, 95))
        .hasMessageContaining("between 0 and 1");
  }
}

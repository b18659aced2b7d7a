package dev.zhixing.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final float NO = Float.NEGATIVE_INFINITY;

  @Test
  void greedyTakesTheGreatestAndTheFirstAmongEquals() {
    assertThat(Sampler.greedy().sample(new float[] {1, 3, 2, 3})).isEqualTo(1);
  }

  @Test
  void neverChoosesWhatIsMaskedOrNotANumber() {
    float[] logits = {NO, Float.NaN, -2, Float.POSITIVE_INFINITY, NO};

    assertThat(Sampler.greedy().sample(logits)).isEqualTo(2);
    Sampler seeded = Sampler.seeded(2, 0, 1, 1);
    for (int i = 0; i < 100; i++) {
      assertThat(seeded.sample(logits)).isEqualTo(2);
    }
  }

  @Test
  void refusesLogitsWithoutAFiniteNumber() {
    assertThatThrownBy(() -> Sampler.greedy().sample(new float[] {NO, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one finite number or more among 2");
    assertThatThrownBy(() -> Sampler.seeded(1, 0, 1, 1).sample(new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSeedReproduces() {
    float[] logits = new float[50];
    for (int i = 0; i < 50; i++) {
      logits[i] = (float) Math.sin(i);
    }
    Sampler a = Sampler.seeded(1, 0, 1, 42);
    Sampler b = Sampler.seeded(1, 0, 1, 42);
    Sampler c = Sampler.seeded(1, 0, 1, 43);

    int[] fromA = samples(a, logits, 50);

    assertThat(samples(b, logits, 50)).containsExactly(fromA);
    assertThat(samples(c, logits, 50)).isNotEqualTo(fromA);
  }

  @Test
  void drawsInProportion() {
    float[] logits = {(float) Math.log(1), NO, (float) Math.log(3)};

    int[] drawn = samples(Sampler.seeded(1, 0, 1, 3), logits, 20_000);

    double share = Arrays.stream(drawn).filter(id -> id == 2).count() / 20_000.0;
    assertThat(share).isCloseTo(0.75, within(0.01));
  }

  @Test
  void topKAndTopPKeepTheMostLikely() {
    float[] logits = {0, 5, 4, 1};

    assertThat(samples(Sampler.seeded(10, 2, 1, 1), logits, 500)).containsOnly(1, 2);
    assertThat(samples(Sampler.seeded(1, 0, 0.5, 1), logits, 500)).containsOnly(1);
  }

  @Test
  void temperatureZeroIsGreedy() {
    assertThat(Sampler.seeded(0, 0, 1, 1).sample(new float[] {1, 2})).isEqualTo(1);
  }

  @Test
  void refusesNegativeTopK() {
    assertThatThrownBy(() -> Sampler.seeded(1, -1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("topK: expected 1 or more, or 0 for no limit, found -1");
  }

  @Test
  void refusesSenselessTemperatures() {
    for (double t : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY, 101}) {
      assertThatThrownBy(() -> Sampler.seeded(t, 0, 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("temperature: expected 0 to 100");
    }
  }

  @Test
  void refusesSenselessTopP() {
    for (double p : new double[] {0, -1, 1.01, Double.NaN}) {
      assertThatThrownBy(() -> Sampler.seeded(1, 0, p, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("topP: expected");
    }
  }

  private static int[] samples(Sampler sampler, float[] logits, int count) {
    int[] ids = new int[count];
    Arrays.setAll(ids, i -> sampler.sample(logits));
    return ids;
  }
}

package dev.zhixing.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The fast chain against {@link SamplingOracle}, on seeded random logits, options and texts. */
class SamplingChainTest {

  @Test
  void choosesAsTheOracleDoesWithAnyOptions() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 250; round++) {
      check(round, random, options(random).build());
    }
  }

  @Test
  void choosesAsTheOracleDoesWithEachStepAlone() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 40; round++) {
      double share = 0.05 + 0.9 * random.nextDouble();
      check(round, random, SamplingOptions.builder().seed(round).build());
      check(round, random, SamplingOptions.builder().topK(1 + random.nextInt(700)).build());
      check(round, random, SamplingOptions.builder().topP(share).build());
      check(round, random, SamplingOptions.builder().minP(share).build());
      check(round, random, SamplingOptions.builder().typicalP(share).build());
      check(round, random, SamplingOptions.builder().typicalP(share).greedy().build());
      check(round, random, SamplingOptions.builder().temperature(2 * share).build());
      check(round, random, SamplingOptions.builder().repetitionPenalty(1 + share).build());
      check(round, random, SamplingOptions.builder().presencePenalty(share).build());
      check(round, random, SamplingOptions.builder().frequencyPenalty(-share).build());
      check(round, random, SamplingOptions.builder().dry(dry(random)).build());
    }
  }

  @Test
  void choosesAsTheOracleDoesFromALargeVocabulary() {
    SplittableRandom random = new SplittableRandom(3);
    float[] logits = logits(random, 150_000, 12, false);
    for (int k : new int[] {0, 40, 600}) {
      SamplingOptions options =
          SamplingOptions.builder().temperature(0.8).topK(k).topP(0.95).minP(0.001).build();
      Sampler sampler = options.sampler();
      SamplingOracle oracle = new SamplingOracle(options);

      for (int i = 0; i < 3; i++) {
        assertThat(sampler.sample(logits)).isEqualTo(oracle.sample(logits));
      }
    }
  }

  private static SamplingOptions.Builder options(SplittableRandom random) {
    SamplingOptions.Builder options = SamplingOptions.builder().seed(random.nextLong());
    options.temperature(random.nextInt(4) == 0 ? 0 : 0.2 + 2 * random.nextDouble());
    options.topK(random.nextBoolean() ? 0 : 1 + random.nextInt(900));
    options.topP(random.nextBoolean() ? 1 : 0.01 + 0.98 * random.nextDouble());
    options.minP(random.nextBoolean() ? 0 : 0.3 * random.nextDouble());
    options.typicalP(random.nextBoolean() ? 1 : 0.01 + 0.98 * random.nextDouble());
    options.repetitionPenalty(random.nextBoolean() ? 1 : 0.5 + random.nextDouble());
    options.presencePenalty(random.nextBoolean() ? 0 : random.nextDouble() - 0.3);
    options.frequencyPenalty(random.nextBoolean() ? 0 : random.nextDouble() - 0.3);
    options.penaltyWindow(random.nextInt(70));
    options.dry(random.nextBoolean() ? null : dry(random));
    options.bias(random.nextInt(5), (float) random.nextDouble(-3, 3));
    return options.bias(5 + random.nextInt(5), Float.NEGATIVE_INFINITY);
  }

  private static Dry dry(SplittableRandom random) {
    SequenceBreakers breakers = SequenceBreakers.tokens(2);
    return new Dry(
        0.2 + random.nextDouble(),
        1 + random.nextDouble(),
        1 + random.nextInt(3),
        1 + random.nextInt(90),
        breakers);
  }

  private static void check(int round, SplittableRandom random, SamplingOptions options) {
    int size = 12 + random.nextInt(random.nextInt(8) == 0 ? 2000 : 40);
    double spread = Math.pow(10, random.nextDouble(-3, 1.5));
    boolean tied = random.nextInt(4) == 0;
    Sampler sampler = options.sampler();
    SamplingOracle oracle = new SamplingOracle(options, 2);
    for (int token = 0; token < 30; token++) {
      float[] logits = logits(random, size, spread, tied);

      int chosen = sampler.sample(logits);

      assertThat(chosen)
          .as("round %d, token %d, %s", round, token, options)
          .isEqualTo(oracle.sample(logits));
      int written = random.nextInt(3) == 0 ? chosen : random.nextInt(5); // repeats itself a lot
      sampler.accept(written);
      oracle.accept(written);
    }
  }

  private static float[] logits(SplittableRandom random, int size, double spread, boolean tied) {
    float[] logits = new float[size];
    for (int i = 0; i < size; i++) {
      double logit = spread * (random.nextDouble() + random.nextDouble() - 1);
      logits[i] = (float) (tied ? Math.rint(logit) : logit);
      switch (i > 9 ? random.nextInt(12) : 12) {
        case 0 -> logits[i] = Float.NEGATIVE_INFINITY;
        case 1 -> logits[i] = Float.NaN;
        case 2 -> logits[i] = Float.POSITIVE_INFINITY;
        default -> {}
      }
    }
    return logits;
  }
}

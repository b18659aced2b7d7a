package dev.zhixing.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SamplingOptionsTest {
  private static final float NO = Float.NEGATIVE_INFINITY;

  @Test
  void penaltiesSeeThePromptWhereItIsHandedOver() {
    SamplingOptions options = SamplingOptions.builder().greedy().presencePenalty(3).build();
    Sampler withPrompt = options.sampler();
    withPrompt.accept(1);

    float[] logits = {4, 5};

    assertThat(withPrompt.sample(logits)).isZero();
    assertThat(options.sampler().sample(logits)).isEqualTo(1);
    assertThat(logits).containsExactly(4, 5);
  }

  @Test
  void penaltiesForgetWhatLeftTheWindow() {
    Sampler sampler =
        SamplingOptions.builder().greedy().repetitionPenalty(2).penaltyWindow(2).build().sampler();
    float[] logits = {4, 5, -9};

    sampler.accept(1);
    sampler.accept(2);
    assertThat(sampler.sample(logits)).isZero();
    sampler.accept(2);

    assertThat(sampler.sample(logits)).isEqualTo(1);
  }

  @Test
  void aBanLeavesWhatTheMaskAllowsWhereThatIsAll() {
    Sampler sampler = SamplingOptions.builder().bias(1, NO).build().sampler();

    assertThat(sampler.sample(new float[] {-90, 5})).isZero();
    assertThat(sampler.sample(new float[] {NO, 5})).isEqualTo(1);
  }

  @Test
  void biasesBeyondTheVocabularyDoNothing() {
    Sampler sampler = SamplingOptions.builder().greedy().bias(7, 100).build().sampler();

    sampler.accept(Integer.MAX_VALUE);

    assertThat(sampler.sample(new float[] {1, 2})).isEqualTo(1);
  }

  @Test
  void aHugeBiasIsNoBan() {
    Sampler sampler = SamplingOptions.builder().greedy().bias(0, Float.MAX_VALUE).build().sampler();

    assertThat(sampler.sample(new float[] {Float.MAX_VALUE, 2})).isZero();
  }

  @Test
  void aCopyGoesOnAlikeAndAForkOnItsOwn() {
    SamplingOptions options =
        SamplingOptions.builder().repetitionPenalty(1.5).dry(Dry.of(1, none())).seed(9).build();
    Sampler sampler = options.sampler();
    write(sampler, 20);
    Sampler copy = sampler.copy();
    Sampler fork = sampler.fork(10);
    Sampler sameFork = sampler.fork(10);

    String text = write(sampler, 40);

    assertThat(write(copy, 40)).isEqualTo(text);
    assertThat(write(fork, 40)).isNotEqualTo(text).isEqualTo(write(sameFork, 40));
  }

  @Test
  void aPlainGreedySamplerNeedsNoState() {
    Sampler sampler = SamplingOptions.builder().greedy().topK(3).topP(0.5).build().sampler();

    assertThat(sampler).isNotInstanceOf(ChainSampler.class);
    assertThat(sampler.copy()).isSameAs(sampler);
  }

  @Test
  void refusesNumbersOutOfRange() {
    refuses("minP: expected 0 to 1, found 1.5", b -> b.minP(1.5));
    refuses("typicalP: expected a number above 0 and at most 1", b -> b.typicalP(0));
    refuses("repetitionPenalty: expected a number above 0", b -> b.repetitionPenalty(Double.NaN));
    refuses("presencePenalty: expected -100 to 100", b -> b.presencePenalty(101));
    refuses("frequencyPenalty: expected -100 to 100", b -> b.frequencyPenalty(Double.NaN));
    refuses("penaltyWindow: expected 0 tokens or more, found -1", b -> b.penaltyWindow(-1));
    refuses("logitBias: expected an id of 0 or more, found -2", b -> b.bias(-2, 1));
    refuses("logitBias of token 3: expected a number", b -> b.bias(3, Float.NaN));
    refuses("DRY multiplier: expected a number above 0", b -> b.dry(Dry.of(0, none())));
    refuses("DRY base: expected 1 or more", b -> b.dry(new Dry(1, 0.5, 2, 9, none())));
    refuses("DRY allowed length", b -> b.dry(new Dry(1, 2, 0, 9, none())));
    refuses("DRY range", b -> b.dry(new Dry(1, 2, 2, 0, none())));
  }

  private static void refuses(String message, Consumer<SamplingOptions.Builder> setting) {
    assertThatThrownBy(
            () -> {
              SamplingOptions.Builder builder = SamplingOptions.builder();
              setting.accept(builder);
              builder.build();
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static SequenceBreakers none() {
    return SequenceBreakers.tokens();
  }

  private static String write(Sampler sampler, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int id = sampler.sample(new float[] {1, 2, 1.5f, 1.8f});
      sampler.accept(id);
      text.append(id);
    }
    return text.toString();
  }
}

package dev.zhixing.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenLogprobsTest {
  private static final float NO = Float.NEGATIVE_INFINITY;
  private static final float[] LOGITS = {
    (float) Math.log(1), NO, (float) Math.log(5), (float) Math.log(2), (float) Math.log(2)
  };

  @Test
  void tellsTheLogarithmsOfTheMaskedDistribution() {
    TokenLogprobs told = TokenLogprobs.of(LOGITS, 3, 3);

    assertThat(told.chosen().logprob()).isCloseTo(Math.log(0.2), within(1e-7));
    assertThat(told.top()).extracting(TokenLogprob::id).containsExactly(2, 3, 4);
    assertThat(told.top().getFirst().logprob()).isCloseTo(Math.log(0.5), within(1e-7));
  }

  @Test
  void givesAMaskedTokenNoChance() {
    assertThat(TokenLogprobs.of(LOGITS, 1, 0).chosen().logprob())
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(TokenLogprobs.of(LOGITS, 1, 99).top()).hasSize(4);
  }

  @Test
  void sumsToOneFarFromZero() {
    float[] far = {-50_000, -50_001, -50_003};

    double sum = 0;
    for (TokenLogprob token : TokenLogprobs.of(far, 0, 3).top()) {
      sum += Math.exp(token.logprob());
    }

    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> TokenLogprobs.of(LOGITS, 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chosen token: expected 0 to 4, found 5");
    assertThatThrownBy(() -> TokenLogprobs.of(LOGITS, 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TokenLogprobs.of(new float[] {NO}, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSamplerTellsOfChosenAndForcedTokensAlike() {
    List<TokenLogprobs> heard = new ArrayList<>();
    Sampler sampler = new LogprobsSampler(Sampler.greedy(), 1, heard::add);

    sampler.accept(sampler.sample(LOGITS));
    sampler.accept(1);

    assertThat(heard).extracting(t -> t.chosen().id()).containsExactly(2, 1);
    assertThat(heard.getFirst()).isEqualTo(TokenLogprobs.of(LOGITS, 2, 1));
    assertThat(heard.getLast().chosen().logprob()).isZero();
    assertThat(heard.getLast().top()).containsExactly(new TokenLogprob(1, 0));
  }
}

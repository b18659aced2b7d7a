package dev.zhixing.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.grammar.TestVocabulary;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceBreakersTest {
  private static final Tokenizer VOCABULARY = TestVocabulary.tokenizer();

  @Test
  void findsATextHoweverTokensCutIt() {
    SequenceBreakers breakers = SequenceBreakers.texts(VOCABULARY, List.of("x灯y"));
    SequenceBreakers.Tracker tracker = breakers.tracker();

    for (byte piece : "灯y x灯x灯".getBytes(StandardCharsets.UTF_8)) {
      assertThat(tracker.endsBreaker(byteToken(piece))).isFalse();
    }
    assertThat(tracker.endsBreaker(byteToken((byte) 'y'))).isTrue();
    assertThat(tracker.endsBreaker(byteToken((byte) 'y'))).isFalse();
  }

  @Test
  void aTokenThatHoldsATextIsABreaker() {
    SequenceBreakers breakers = SequenceBreakers.texts(VOCABULARY, SequenceBreakers.USUAL);
    int quoted = VOCABULARY.encode("{\"")[0];

    assertThat(VOCABULARY.decode(quoted)).isEqualTo("{\"");
    assertThat(breakers.contains(quoted)).isTrue();
    assertThat(breakers.contains(VOCABULARY.encode("on")[0])).isFalse();
  }

  @Test
  void aBreakerEndsARepetition() {
    Sampler without = sampler(SequenceBreakers.tokens());
    Sampler with = sampler(SequenceBreakers.tokens(2));
    float[] logits = {1, 1.5f, 1};

    for (int id : new int[] {0, 0, 2, 1, 0, 0, 2}) {
      without.accept(id);
      with.accept(id);
    }

    assertThat(without.sample(logits)).isZero();
    assertThat(with.sample(logits)).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNeverFound() {
    assertThatThrownBy(() -> SequenceBreakers.texts(VOCABULARY, List.of("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sequence breaker: expected some text, found none");
    assertThatThrownBy(() -> SequenceBreakers.tokens(-5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sequence breaker: expected an id, found -5");
  }

  private static Sampler sampler(SequenceBreakers breakers) {
    return SamplingOptions.builder().greedy().dry(Dry.of(1, breakers)).build().sampler();
  }

  private static int byteToken(byte piece) {
    for (int id = 0; id < VOCABULARY.size(); id++) {
      byte[] bytes = VOCABULARY.bytes(id);
      if (bytes.length == 1 && bytes[0] == piece) {
        return id;
      }
    }
    throw new IllegalStateException("no token of byte " + piece);
  }
}

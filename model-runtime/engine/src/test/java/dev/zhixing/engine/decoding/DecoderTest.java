package dev.zhixing.engine.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.RandomModel;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.GrammarState;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.grammar.Schema;
import dev.zhixing.engine.grammar.TestVocabulary;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecoderTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.first(300);
  private static final int[] PROMPT = {5, 120, 77};
  private static final Schema LIGHT =
      new Schema.Obj(
          Schema.Property.required("room", Schema.Enum.of("kitchen", "kitchenette", "bedroom")),
          Schema.Property.required("state", Schema.Enum.of("on", "off")),
          Schema.Property.optional("brightness", new Schema.Int(1L, 100L)),
          Schema.Property.optional("note", new Schema.Str(0, 12)));
  private static final Grammar CALLS =
      Grammar.compile(
          new Rule.Sequence(
              new Rule.Text(0, 8),
              new Rule.Repeat(
                  new Rule.Sequence(
                      new Rule.Token(TestVocabulary.CALL),
                      new Rule.Literal("set_light"),
                      new Rule.Json(LIGHT)),
                  1,
                  3),
              new Rule.Token(TestVocabulary.END)),
          TOKENIZER);

  private Model model;

  @BeforeAll
  void load(@TempDir Path folder) {
    model = Model.load(RandomModel.small(folder), 1);
  }

  @AfterAll
  void unload() {
    model.close();
  }

  @Test
  void writesNoTokenThatTheVocabularyLacks() {
    Tokenizer less = TestVocabulary.first(280);
    Sampler last =
        logits -> {
          int id = logits.length - 1;
          while (logits[id] == Float.NEGATIVE_INFINITY) {
            id--;
          }
          return id;
        };
    try (Session session = model.newSession()) {
      Decoder decoder = new Decoder(session, less, last, null, DecodingOptions.plain());

      decoder.prefill(PROMPT);

      assertThat(decoder.next()).isEqualTo(less.size() - 1);
    }
  }

  @Test
  void draftsChangeNoTokenOfGreedyDecoding() {
    List<Integer> plain = generate(Sampler.greedy(), DecodingOptions.plain(), null);
    List<Integer> drafted = generate(Sampler.greedy(), DecodingOptions.drafted(), null);

    assertThat(drafted).isEqualTo(plain).endsWith(TestVocabulary.END);
  }

  @Test
  void draftsChangeNoTokenOfSeededSampling() {
    int plainPasses = 0;
    int draftedPasses = 0;
    for (int seed = 0; seed < 40; seed++) {
      List<DecodingCounts> counts = new ArrayList<>();

      List<Integer> plain = generate(sampler(seed), DecodingOptions.plain(), counts);
      List<Integer> drafted = generate(sampler(seed), DecodingOptions.drafted(), counts);

      assertThat(drafted).as("seed %d", seed).isEqualTo(plain);
      assertThat(counts.get(0).proposed()).isZero();
      assertThat(counts.get(1).sampled()).isEqualTo(counts.get(0).sampled());
      assertThat(counts.get(1).accepted()).isBetween(1, counts.get(1).proposed());
      plainPasses += counts.get(0).passes();
      draftedPasses += counts.get(1).passes();
    }
    assertThat(draftedPasses).isLessThan(plainPasses);
  }

  @Test
  void aWrongDraftIsTakenBack() {
    Sampler contrary =
        logits -> { // never the pieces that the tokenizer makes, if others will do
          int lowest = 0;
          for (int id = 0; id < logits.length; id++) {
            if (Float.isFinite(logits[id])) {
              lowest = id;
              break;
            }
          }
          return lowest;
        };
    List<DecodingCounts> counts = new ArrayList<>();

    List<Integer> plain = generate(contrary, DecodingOptions.plain(), counts);
    List<Integer> drafted = generate(contrary, DecodingOptions.drafted(), counts);

    assertThat(drafted).isEqualTo(plain);
    assertThat(counts.get(1).accepted()).isLessThan(counts.get(1).proposed());
  }

  @Test
  void theSessionHoldsWhatWasHandedOut() {
    for (int taken = 0; taken < 30; taken++) {
      try (Session session = model.newSession()) {
        Decoder decoder = decoder(session, sampler(9), CALLS.start(), DecodingOptions.drafted());
        decoder.prefill(PROMPT);
        List<Integer> expected = new ArrayList<>();
        for (int id : PROMPT) {
          expected.add(id);
        }
        for (int i = 0; i < taken; i++) {
          int id = decoder.next();
          if (id != Decoder.ENDED) {
            expected.add(id);
          }
        }

        decoder.flush();

        assertThat(session.tokens()).containsExactly(expected.stream().mapToInt(i -> i).toArray());
        assertThat(decoder.next()).isEqualTo(Decoder.ENDED);
      }
    }
  }

  @Test
  void stoppingSparesThePassForTheLastToken() {
    for (int taken = 1; taken < 30; taken++) {
      try (Session session = model.newSession();
          Session flushed = model.newSession()) {
        stepped(session, taken).stop();
        stepped(flushed, taken).flush();

        int lacking = flushed.length() - session.length();
        assertThat(lacking).isBetween(0, 1);
        assertThat(session.tokens())
            .containsExactly(Arrays.copyOf(flushed.tokens(), session.length()));
        assertThat(session.computed()).isEqualTo(flushed.computed() - lacking);
      }
    }
  }

  private Decoder stepped(Session session, int steps) {
    Decoder decoder = decoder(session, sampler(9), CALLS.start(), DecodingOptions.drafted());
    decoder.prefill(PROMPT);
    for (int i = 0; i < steps; i++) {
      decoder.next();
    }
    return decoder;
  }

  @Test
  void noDraftReachesBeyondTheLimit() {
    List<Integer> all = generate(Sampler.greedy(), DecodingOptions.drafted(), null);
    for (int most = 1; most < all.size(); most++) {
      try (Session session = model.newSession()) {
        Decoder decoder =
            decoder(session, Sampler.greedy(), CALLS.start(), DecodingOptions.drafted());
        decoder.limit(most);
        decoder.prefill(PROMPT);

        for (int i = 0; i < most; i++) {
          assertThat(decoder.next()).isEqualTo(all.get(i));
        }

        assertThat(decoder.counts().sampled() + decoder.counts().forced()).isEqualTo(most);
        assertThat(session.length()).isEqualTo(PROMPT.length + most - 1);
      }
    }
  }

  @Test
  void stopsAtAStopTokenWithoutAGrammar() {
    try (Session session = model.newSession()) {
      Sampler always = logits -> 7;
      Decoder decoder = decoder(session, always, null, DecodingOptions.drafted(7));

      decoder.prefill(PROMPT);

      assertThat(decoder.next()).isEqualTo(7);
      assertThat(decoder.next()).isEqualTo(Decoder.ENDED);
      assertThat(decoder.ended()).isTrue();
    }
  }

  @Test
  void mayStopWhereTheTextIsComplete() {
    Grammar number = Grammar.compile(new Rule.Json(new Schema.Int(0L, 99999L)), TOKENIZER);
    try (Session session = model.newSession()) {
      Sampler end =
          logits ->
              Float.isFinite(logits[TestVocabulary.END])
                  ? TestVocabulary.END
                  : Sampler.greedy().sample(logits);
      Decoder decoder =
          decoder(session, end, number.start(), DecodingOptions.drafted(TestVocabulary.END));

      decoder.prefill(PROMPT);
      int first = decoder.next();

      assertThat(TOKENIZER.decode(first)).matches("[0-9]+");
      assertThat(decoder.next()).isEqualTo(TestVocabulary.END);
      assertThat(decoder.next()).isEqualTo(Decoder.ENDED);
    }
  }

  @Test
  void fillsTheContextToItsLastToken() {
    Grammar text = Grammar.compile(new Rule.Literal("set_light".repeat(100)), TOKENIZER);
    try (Session session = model.newSession()) {
      Decoder decoder = decoder(session, Sampler.greedy(), text.start(), DecodingOptions.drafted());
      decoder.prefill(new int[session.contextLength() - 20]);

      for (int i = 0; i < 21; i++) {
        assertThat(decoder.next()).isNotEqualTo(Decoder.ENDED);
      }

      assertThatThrownBy(decoder::next)
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining("400");
      assertThat(session.length()).isEqualTo(400);
    }
  }

  @Test
  void aTokenBeginsAGrammarInFreeText() {
    Grammar calls =
        Grammar.compile(
            new Rule.Sequence(
                new Rule.Literal("set_light"),
                new Rule.Json(LIGHT),
                new Rule.Token(TestVocabulary.END)),
            TOKENIZER);
    for (int seed = 0; seed < 10; seed++) {
      List<Integer> plain = triggered(calls, seed, DecodingOptions.plain());
      List<Integer> drafted = triggered(calls, seed, DecodingOptions.lookedUp());

      assertThat(drafted).isEqualTo(plain).endsWith(TestVocabulary.END);
      String written =
          TOKENIZER.decode(plain.subList(6, plain.size() - 1).stream().mapToInt(i -> i).toArray());
      assertThat(written).startsWith("set_light{\"room\":\"");
    }
  }

  /** Five tokens of free text, the token that begins a call, and the call. */
  private List<Integer> triggered(Grammar calls, long seed, DecodingOptions options) {
    List<Integer> ids = new ArrayList<>();
    Sampler inner = sampler(seed);
    Sampler calling =
        new Sampler() {
          private int written;

          @Override
          public int sample(float[] logits) {
            return written == 5 ? TestVocabulary.CALL : inner.sample(logits);
          }

          @Override
          public void accept(int id) {
            written++;
            inner.accept(id);
          }
        };
    try (Session session = model.newSession()) {
      Decoder decoder = decoder(session, calling, null, options);
      decoder.onToken(TestVocabulary.CALL, calls::start);
      decoder.prefill(PROMPT);
      for (int id = decoder.next(); id != Decoder.ENDED; id = decoder.next()) {
        ids.add(id);
      }
    }
    return ids;
  }

  @Test
  void refusesATokenThatBeginsAGrammarWithinAnother() {
    try (Session session = model.newSession()) {
      Decoder decoder = decoder(session, Sampler.greedy(), CALLS.start(), DecodingOptions.plain());

      assertThatThrownBy(() -> decoder.onToken(TestVocabulary.CALL, CALLS::start))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> decoder.limit(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesToStartTwice() {
    try (Session session = model.newSession()) {
      Decoder decoder = decoder(session, Sampler.greedy(), null, DecodingOptions.plain());

      assertThatThrownBy(decoder::next).isInstanceOf(IllegalStateException.class);
      decoder.prefill(PROMPT);
      assertThatThrownBy(() -> decoder.prefill(1)).isInstanceOf(IllegalStateException.class);
    }
  }

  private List<Integer> generate(
      Sampler sampler, DecodingOptions options, @Nullable List<DecodingCounts> counts) {
    List<Integer> ids = new ArrayList<>();
    try (Session session = model.newSession()) {
      Decoder decoder = decoder(session, sampler, CALLS.start(), options);
      decoder.prefill(PROMPT);
      for (int id = decoder.next(); id != Decoder.ENDED; id = decoder.next()) {
        ids.add(id);
      }
      if (counts != null) {
        counts.add(decoder.counts());
      }
    }
    return ids;
  }

  private static Sampler sampler(long seed) {
    return Sampler.seeded(1.5, 0, 1, seed);
  }

  private static Decoder decoder(
      Session session, Sampler sampler, @Nullable GrammarState grammar, DecodingOptions options) {
    return new Decoder(session, TOKENIZER, sampler, grammar, options);
  }
}

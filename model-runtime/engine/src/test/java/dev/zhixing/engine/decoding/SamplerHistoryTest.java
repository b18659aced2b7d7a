package dev.zhixing.engine.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.RandomModel;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.grammar.Schema;
import dev.zhixing.engine.grammar.TestVocabulary;
import dev.zhixing.engine.sampling.Dry;
import dev.zhixing.engine.sampling.LogprobsSampler;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.sampling.SamplingOptions;
import dev.zhixing.engine.sampling.SequenceBreakers;
import dev.zhixing.engine.sampling.TokenLogprobs;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sampler that remembers hears of the text, whoever chose a token and however it was decoded. */
class SamplerHistoryTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.first(300);
  private static final Schema WORDS = new Schema.Arr(new Schema.Str(0, 12), 1, 4);

  @Test
  void hearsOfEachTokenOnceInOrder(@TempDir Path folder) {
    try (Model model = Model.load(RandomModel.small(folder), 1)) {
      for (int seed = 0; seed < 20; seed++) {
        List<TokenLogprobs> plain = new ArrayList<>();
        List<TokenLogprobs> drafted = new ArrayList<>();

        List<Integer> text = generate(model, seed, DecodingOptions.plain(), plain);

        assertThat(generate(model, seed, DecodingOptions.drafted(), drafted)).isEqualTo(text);
        assertThat(plain).extracting(told -> told.chosen().id()).isEqualTo(text);
        assertThat(drafted).isEqualTo(plain);
        assertThat(plain).allMatch(told -> told.chosen().logprob() <= 0);
      }
    }
  }

  private static List<Integer> generate(
      Model model, int seed, DecodingOptions options, List<TokenLogprobs> told) {
    Grammar grammar =
        Grammar.compile(
            new Rule.Sequence(
                new Rule.Literal("set_light"),
                new Rule.Json(WORDS),
                new Rule.Token(TestVocabulary.END)),
            TOKENIZER);
    Sampler inner =
        SamplingOptions.builder()
            .repetitionPenalty(1.3)
            .frequencyPenalty(0.2)
            .penaltyWindow(20)
            .dry(Dry.of(0.5, SequenceBreakers.texts(TOKENIZER, SequenceBreakers.USUAL)))
            .seed(seed)
            .build()
            .sampler();
    inner.accept(5);
    List<Integer> text = new ArrayList<>();
    try (Session session = model.newSession()) {
      Sampler sampler = new LogprobsSampler(inner, 2, told::add);
      Decoder decoder = new Decoder(session, TOKENIZER, sampler, grammar.start(), options);
      decoder.prefill(5);
      for (int id = decoder.next(); id != Decoder.ENDED; id = decoder.next()) {
        text.add(id);
      }
    }
    return text;
  }
}

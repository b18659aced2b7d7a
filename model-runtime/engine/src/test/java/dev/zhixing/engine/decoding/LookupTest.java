package dev.zhixing.engine.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.RandomModel;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.grammar.TestVocabulary;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.first(300);

  @TempDir private Path folder;

  @Test
  void proposesWhatFollowedTheSameTokens() {
    Lookup lookup = lookup(1, 2, 3, 4, 5, 9, 2, 3);

    assertThat(lookup.propose(null, 3)).containsExactly(4, 5, 9);
    lookup.written(4);
    assertThat(lookup.propose(null, 1)).containsExactly(5);
    lookup.written(7);
    assertThat(lookup.propose(null, 8)).isEmpty();
  }

  @Test
  void prefersTheLongestMatchThenTheLatest() {
    assertThat(lookup(1, 2, 3, 7, 0, 2, 3, 8, 1, 2, 3).propose(null, 1)).containsExactly(7);
    assertThat(lookup(2, 3, 7, 0, 2, 3, 8, 0, 0, 2, 3).propose(null, 1)).containsExactly(8);
  }

  @Test
  void looksInPreferredRegionsFirst() {
    Lookup lookup = lookup(5, 2, 3, 7, 7, 5, 2, 3, 8, 0, 5, 2, 3);
    lookup.prefer(1, 5);

    assertThat(lookup.propose(null, 2)).containsExactly(7, 7);
  }

  @Test
  void staysWithinAPreferredRegion() {
    Lookup lookup = lookup(5, 2, 3, 7, 7, 5, 9, 9, 0, 5, 2, 3);
    lookup.prefer(1, 5);

    assertThat(lookup.propose(null, 8)).containsExactly(7, 7);
  }

  @Test
  void trustsLongMatchesAndPreferredRegionsMore() {
    assertThat(lookup(1, 2, 3, 0, 2, 3).worth()).isZero();
    assertThat(lookup(1, 2, 3, 4, 5, 0, 1, 2, 3, 4).worth()).isEqualTo(1);
    assertThat(lookup(9, 8).worth()).isZero();

    Lookup copied = lookup(1, 2, 3, 0, 2, 3);
    copied.prefer(0, 3);
    assertThat(copied.worth()).isZero();
    copied.prefer(0, 4);
    assertThat(copied.worth()).isEqualTo(1);
  }

  @Test
  void changesNoTokenAndTakesFewerPasses() {
    int[] text = {40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55};
    int[] prompt = new int[20];
    System.arraycopy(text, 0, prompt, 0, 16);
    System.arraycopy(text, 0, prompt, 16, 4);
    try (Model model = Model.load(RandomModel.small(folder), 1)) {
      DecodingCounts plain = copy(model, prompt, DecodingOptions.plain());
      DecodingCounts drafted = copy(model, prompt, DecodingOptions.lookedUp());

      assertThat(plain.passes()).isEqualTo(11);
      assertThat(drafted.passes()).isLessThan(5);
      assertThat(drafted.lookedUpAccepted()).isGreaterThan(6);
      assertThat(drafted.accepted()).isZero();
    }
  }

  /** Lets a sampler that copies the text write the rest of it. */
  private static DecodingCounts copy(Model model, int[] prompt, DecodingOptions options) {
    try (Session session = model.newSession()) {
      int[] written = {0};
      Sampler copier = logits -> prompt[4 + written[0]++];
      Decoder decoder = new Decoder(session, TOKENIZER, copier, null, options);
      decoder.prefer(0, 16);
      decoder.prefill(prompt);
      for (int i = 4; i < 16; i++) {
        assertThat(decoder.next()).isEqualTo(prompt[i]);
      }
      return decoder.counts();
    }
  }

  @Test
  void changesNoTokenOfAnySampler() {
    try (Model model = Model.load(RandomModel.small(folder), 1)) {
      for (int seed = 0; seed < 12; seed++) {
        double temperature = seed % 3 * 0.4;
        List<Integer> plain = generate(model, temperature, seed, DecodingOptions.plain());
        List<Integer> drafted = generate(model, temperature, seed, DecodingOptions.lookedUp());

        assertThat(drafted).as("seed %d", seed).isEqualTo(plain);
      }
    }
  }

  private static List<Integer> generate(
      Model model, double temperature, long seed, DecodingOptions options) {
    List<Integer> ids = new ArrayList<>();
    try (Session session = model.newSession()) {
      Sampler sampler = Sampler.seeded(temperature, 2, 1, seed);
      Decoder decoder = new Decoder(session, TOKENIZER, sampler, null, options);
      decoder.prefill(5, 120, (int) seed);
      for (int i = 0; i < 120; i++) {
        ids.add(decoder.next());
      }
    }
    return ids;
  }

  @Test
  void pausesLongerAndLongerWhereNothingIsRight() {
    Pace pace = new Pace(4, 16);
    int proposed = 0;
    for (int pass = 0; pass < 1000; pass++) {
      int tokens = pace.next();
      pace.note(tokens, 0);
      proposed += tokens;
    }

    assertThat(proposed).isLessThan(50);
    assertThat(pace.accepted()).isZero();
  }

  @Test
  void draftsGrowWhereAllIsRight() {
    Pace pace = new Pace(4, 16);
    for (int pass = 0; pass < 3; pass++) {
      pace.note(pace.next(), pace.next());
    }

    assertThat(pace.next()).isEqualTo(16);
    pace.note(16, 3);
    assertThat(pace.next()).isEqualTo(4);
  }

  private static Lookup lookup(int... ids) {
    Lookup lookup = new Lookup();
    lookup.start(ids);
    return lookup;
  }
}

package dev.zhixing.engine.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.RandomModel;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.grammar.Schema;
import dev.zhixing.engine.grammar.TestVocabulary;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BranchesTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.first(300);
  private static final int[] PROMPT = new SplittableRandom(4).ints(100, 0, 256).toArray();
  private static final Grammar LISTS =
      Grammar.compile(
          new Rule.Json(
              new Schema.Obj(
                  Schema.Property.required("room", Schema.Enum.of("kitchen", "bedroom", "hall")),
                  Schema.Property.required("level", new Schema.Int(1L, 500L)))),
          TOKENIZER);

  private Model model;

  @BeforeAll
  void load(@TempDir Path folder) {
    model = Model.load(RandomModel.small(folder), 2);
  }

  @AfterAll
  void unload() {
    model.close();
  }

  @Test
  void eachGetsTheTokensThatItGetsAlone() {
    int count = 5;
    try (Session session = model.newSession()) {
      float[] logits = session.append(PROMPT).clone();
      List<Branches.Branch> branches = new ArrayList<>();
      List<List<Integer>> found = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        branches.add(new Branches.Branch(Sampler.seeded(1.5, 0, 1, i), LISTS.start()));
        found.add(new ArrayList<>());
      }
      try (Branches several =
          new Branches(
              model.newBatch(), session, logits, TOKENIZER, branches, DecodingOptions.lookedUp())) {
        boolean more = true;
        while (more) {
          more = several.advance((branch, id) -> found.get(branch).add(id));
        }
        for (int i = 0; i < count; i++) {
          assertThat(several.session(i).computed()).as("no prompt token again").isLessThan(100);
        }
      }

      for (int i = 0; i < count; i++) {
        assertThat(found.get(i)).as("branch %d", i).isEqualTo(alone(i));
      }
      assertThat(session.computed()).isEqualTo(PROMPT.length);
      assertThat(model.pages().pages()).isEqualTo(2);
    }
    assertThat(model.pages().pages()).isZero();
  }

  @Test
  void sharePagesBeforeTheFork() {
    try (Session session = model.newSession()) {
      float[] logits = session.append(PROMPT).clone();
      Branches.Branch greedy = new Branches.Branch(Sampler.greedy(), null);

      try (Branches several =
          new Branches(
              model.newBatch(),
              session,
              logits,
              TOKENIZER,
              List.of(greedy, greedy, greedy),
              DecodingOptions.plain())) {
        several.advance((branch, id) -> {});

        assertThat(model.pages().pages()).as("one of its own each, for the rest").isEqualTo(2 + 3);
      }
    }
  }

  @Test
  void oneCanEndEarly() {
    try (Session session = model.newSession()) {
      float[] logits = session.append(PROMPT).clone();
      Branches.Branch greedy = new Branches.Branch(Sampler.greedy(), null);
      int[] heard = new int[2];

      try (Branches several =
          new Branches(
              model.newBatch(),
              session,
              logits,
              TOKENIZER,
              List.of(greedy, greedy),
              DecodingOptions.plain())) {
        several.advance((branch, id) -> heard[branch]++);
        several.end(0);
        several.advance((branch, id) -> heard[branch]++);
        several.advance((branch, id) -> heard[branch]++);
      }

      assertThat(heard).containsExactly(1, 3);
    }
  }

  private List<Integer> alone(int seed) {
    List<Integer> ids = new ArrayList<>();
    try (Session session = model.newSession()) {
      Sampler sampler = Sampler.seeded(1.5, 0, 1, seed);
      Decoder decoder =
          new Decoder(session, TOKENIZER, sampler, LISTS.start(), DecodingOptions.plain());
      decoder.prefill(PROMPT);
      for (int id = decoder.next(); id != Decoder.ENDED; id = decoder.next()) {
        ids.add(id);
      }
    }
    return ids;
  }
}

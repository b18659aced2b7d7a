package dev.zhixing.engine.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.RandomModel;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.GrammarState;
import dev.zhixing.engine.grammar.RandomSchema;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.grammar.Schema;
import dev.zhixing.engine.grammar.SchemaValidator;
import dev.zhixing.engine.grammar.TestVocabulary;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is within a grammar is complete at the limit of tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndingTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.first(300);
  private static final Schema NOTE =
      new Schema.Obj(
          Schema.Property.required("room", Schema.Enum.of("kitchenette", "den")),
          Schema.Property.required("note", new Schema.Str(2, 500)));

  private Model model;

  @BeforeAll
  void load(@TempDir Path folder) {
    model = Model.load(RandomModel.small(folder), 1);
  }

  @AfterAll
  void unload() {
    model.close();
  }

  private static Grammar json(Schema schema) {
    return Grammar.compile(new Rule.Json(schema), TOKENIZER);
  }

  private static int shortest(GrammarState state) {
    int[] ids = state.shortestEnd();
    return ids == null ? -1 : ids.length;
  }

  private List<Integer> generate(
      GrammarState grammar, long seed, int limit, DecodingOptions options) {
    try (Session session = model.newSession()) {
      Decoder decoder =
          new Decoder(session, TOKENIZER, Sampler.seeded(1, 0, 1, seed), grammar, options);
      decoder.endWithin(limit);
      decoder.prefill(3 + (int) (seed % 250));
      List<Integer> ids = new ArrayList<>();
      while (ids.size() < limit) {
        int id = decoder.next();
        if (id == Decoder.ENDED) {
          break;
        }
        ids.add(id);
      }
      return ids;
    }
  }

  private static byte[] text(List<Integer> ids) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ids.stream()
        .filter(id -> !TOKENIZER.isSpecial(id))
        .forEach(id -> text.writeBytes(TOKENIZER.bytes(id)));
    return text.toByteArray();
  }

  @Test
  void aThousandRandomDocumentsAreWholeAtAnyLimitThatLeavesRoomForOne() {
    RandomSchema schemas = new RandomSchema(11);
    int cut = 0;
    for (int i = 0; i < 1000; i++) {
      Schema schema = schemas.next(3);
      Grammar grammar = json(schema);
      int least = shortest(grammar.start());
      assertThat(least).as("%d: %s", i, schema).isPositive();
      int limit = least + i % 13;

      List<Integer> ids = generate(grammar.start(), i, limit, DecodingOptions.drafted(1));

      cut += ids.size() >= limit - 1 ? 1 : 0;
      assertThat(SchemaValidator.accepts(schema, text(ids)))
          .as("%d: %d: %s: %s", i, limit, schema, new String(text(ids), StandardCharsets.UTF_8))
          .isTrue();
    }
    assertThat(cut).isGreaterThan(300); // else this tested nothing
  }

  @Test
  void branchesAreWholeAtAnyLimitAndWriteWhatTheyWouldAlone() {
    RandomSchema schemas = new RandomSchema(12);
    int cut = 0;
    for (int i = 0; i < 250; i++) {
      Schema schema = schemas.next(3);
      Grammar grammar = json(schema);
      int limit = shortest(grammar.start()) + i % 13;

      List<List<Integer>> written = branches(grammar, i, limit, 3);

      for (int branch = 0; branch < 3; branch++) {
        List<Integer> ids = written.get(branch);
        cut += ids.size() >= limit - 1 ? 1 : 0;
        assertThat(SchemaValidator.accepts(schema, text(ids)))
            .as("%d: %d: %s: %s", i, limit, schema, new String(text(ids), StandardCharsets.UTF_8))
            .isTrue();
        long seed = i + 250L * branch;
        assertThat(ids).isEqualTo(generate(grammar.start(), seed, limit, DecodingOptions.plain(1)));
      }
    }
    assertThat(cut).isGreaterThan(200); // else this tested nothing
  }

  /** Branches of one token's text, with seeds 250 apart, which have the same token first. */
  private List<List<Integer>> branches(Grammar grammar, long seed, int limit, int count) {
    List<Branches.Branch> ways = new ArrayList<>();
    List<List<Integer>> written = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Sampler sampler = Sampler.seeded(1, 0, 1, seed + 250L * i);
      ways.add(new Branches.Branch(sampler, grammar.start(), null, limit));
      written.add(new ArrayList<>());
    }
    try (Session session = model.newSession()) {
      float[] logits = session.append(3 + (int) (seed % 250)).clone();
      try (Branches several =
          new Branches(
              model.newBatch(), session, logits, TOKENIZER, ways, DecodingOptions.drafted(1))) {
        boolean more = true;
        while (more) {
          more = several.advance((branch, id) -> take(several, written, branch, id, limit));
        }
      }
    }
    return written;
  }

  private static void take(
      Branches several, List<List<Integer>> written, int branch, int id, int limit) {
    written.get(branch).add(id);
    if (written.get(branch).size() == limit) {
      several.end(branch);
    }
  }

  @Test
  void draftsChangeNoTokenOfATextThatIsCutShort() {
    Grammar grammar = json(NOTE);
    int least = shortest(grammar.start());
    for (int i = 0; i < 40; i++) {
      assertThat(generate(grammar.start(), i, least + i, DecodingOptions.drafted(1)))
          .isEqualTo(generate(grammar.start(), i, least + i, DecodingOptions.plain(1)));
    }
  }

  @Test
  void leavesTheModelFreeUntilOnlyTheEndStillFits() {
    Grammar grammar = json(NOTE);
    List<Integer> free = generate(grammar.start(), 5, 200, DecodingOptions.plain(1));

    List<Integer> cut = generate(grammar.start(), 5, 60, DecodingOptions.plain(1));

    assertThat(cut.subList(0, 55)).isEqualTo(free.subList(0, 55));
    assertThat(SchemaValidator.accepts(NOTE, text(cut))).isTrue();
  }

  @Test
  void completesInTheShortestWay() {
    GrammarState start = json(NOTE).start();
    int[] ids = Objects.requireNonNull(start.shortestEnd());

    assertThat(TOKENIZER.decode(ids)).matches("\\{\"room\":\"den\",\"note\":\"[a-z0-9]{2}\"}");
    for (int id : ids) {
      assertThat(start.shortestEnd()).startsWith(id);
      assertThat(start.canEndWithin(shortest(start))).isTrue();
      assertThat(start.canEndWithin(shortest(start) - 1)).isFalse();
      start.accept(id);
    }
    assertThat(start.isComplete()).isTrue();
    assertThat(start.shortestEnd()).isEmpty();
  }

  @Test
  void breaksOffWhereNoDocumentFits() {
    Grammar grammar = json(NOTE);

    List<Integer> ids = generate(grammar.start(), 3, 5, DecodingOptions.plain(1));

    assertThat(grammar.start().canEndWithin(5)).isFalse();
    assertThat(ids).hasSize(5);
  }

  @Test
  void beginsNoCallThatCannotBeFinished() {
    Grammar call = json(NOTE);
    int least = shortest(call.start());
    int begun = 0;
    for (int limit = 1; limit < least + 30; limit++) {
      try (Session session = model.newSession()) {
        Decoder decoder =
            new Decoder(
                session,
                TOKENIZER,
                logits -> Float.isFinite(logits[TestVocabulary.CALL]) ? TestVocabulary.CALL : 20,
                null,
                DecodingOptions.plain(1));
        decoder.onToken(TestVocabulary.CALL, call::start);
        decoder.endWithin(limit);
        decoder.prefill(7);
        List<Integer> ids = new ArrayList<>();
        for (int id = decoder.next(); id != Decoder.ENDED && ids.size() < limit; ) {
          ids.add(id);
          id = ids.size() < limit ? decoder.next() : id;
        }

        boolean calls = ids.contains(TestVocabulary.CALL);
        begun += calls ? 1 : 0;
        assertThat(calls).isEqualTo(limit > least);
      }
    }
    assertThat(begun).isPositive();
  }

  @Test
  void endsAFreeTextRatherThanBeginWhatDoesNotFit() {
    Grammar grammar =
        Grammar.compile(
            new Rule.Sequence(
                new Rule.Text(0, 3),
                new Rule.Repeat(
                    new Rule.Sequence(new Rule.Token(TestVocabulary.CALL), new Rule.Json(NOTE)),
                    0,
                    1)),
            TOKENIZER);
    try (Session session = model.newSession()) {
      Decoder decoder =
          new Decoder(
              session,
              TOKENIZER,
              _ -> TestVocabulary.CALL,
              grammar.start(),
              DecodingOptions.plain(1));
      decoder.endWithin(6);
      decoder.prefill(7);

      assertThat(decoder.next()).isEqualTo(TestVocabulary.END);
      assertThat(decoder.next()).isEqualTo(Decoder.ENDED);
      assertThat(decoder.cutShort()).isTrue();
    }
  }
}

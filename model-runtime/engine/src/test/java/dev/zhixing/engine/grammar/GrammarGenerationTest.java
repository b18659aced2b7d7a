package dev.zhixing.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrammarGenerationTest {
  private static final int MOST_TOKENS = 4000;
  private static final Tokenizer TOKENIZER = TestVocabulary.tokenizer(200);

  /** Fills in logits for the next token. */
  private interface RandomModel {
    void logits(float[] logits);
  }

  @Test
  void documentsOfAUniformModelAreValid() {
    Random random = new Random(43);

    generate(500, 1, logits -> fill(logits, random::nextFloat));
  }

  @Test
  void documentsOfAnAdversarialModelAreValid() {
    Random random = new Random(47);
    float[] taste = new float[TOKENIZER.size()];
    fill(
        taste, () -> (float) random.nextGaussian() * 6); // prefers the same odd tokens all the time

    generate(
        500,
        2,
        logits -> {
          for (int id = 0; id < logits.length; id++) {
            logits[id] = taste[id] + (float) random.nextGaussian() * 3;
          }
        });
  }

  @Test
  void aMaskIsWhatEachTokenByItselfSays() {
    Random random = new Random(53);
    RandomSchema schemas = new RandomSchema(3);
    for (int round = 0; round < 60; round++) {
      Grammar grammar = Grammar.compile(new Rule.Json(schemas.next(3)), TOKENIZER);
      GrammarState state = grammar.start();
      for (int step = 0; step < 40 && !state.mustStop(); step++) {
        float[] logits = new float[TOKENIZER.size() + 70];

        state.mask(logits);

        int count = 0;
        int sole = -1;
        for (int id = 0; id < logits.length; id++) {
          boolean allowed = logits[id] == 0;
          assertThat(allowed).as("token %d", id).isEqualTo(state.allows(id));
          count += allowed ? 1 : 0;
          sole = allowed ? id : sole;
        }
        assertThat(count).isPositive();
        assertThat(state.soleToken()).isEqualTo(count == 1 && !state.isComplete() ? sole : -1);
        state.accept(pick(logits, random));
      }
    }
  }

  @Test
  void threadsThatShareAGrammarSeeTheSameMasks() {
    Schema schema = new RandomSchema(11).next(3);
    Grammar shared =
        Grammar.compile(
            new Rule.Json(new Schema.Arr(new Schema.AnyOf(List.of(schema, new Schema.Any(2))))),
            TOKENIZER);

    List<String> documents =
        IntStream.range(0, 64).parallel().mapToObj(i -> seeded(shared, i % 8)).toList();

    for (int i = 8; i < documents.size(); i++) {
      assertThat(documents.get(i)).isEqualTo(documents.get(i % 8));
    }
  }

  private static String seeded(Grammar grammar, int seed) {
    Random random = new Random(seed);
    byte[] document =
        document(grammar, logits -> fill(logits, () -> (float) random.nextGaussian()));
    return new String(document, StandardCharsets.UTF_8);
  }

  @Test
  void longLimitsAreExactToo() {
    Random random = new Random(59);
    Schema string = new Schema.Str(90, 100);
    Grammar grammar = Grammar.compile(new Rule.Json(string), TOKENIZER);
    for (int round = 0; round < 30; round++) {
      byte[] document =
          document(grammar, logits -> fill(logits, () -> (float) random.nextGaussian()));

      assertThat(SchemaValidator.accepts(string, document)).isTrue();
    }
  }

  @Test
  void forcedBytesLeadWherePlainMaskingLeads() {
    Random random = new Random(61);
    RandomSchema schemas = new RandomSchema(5);
    for (int round = 0; round < 200; round++) {
      GrammarState state = Grammar.compile(new Rule.Json(schemas.next(3)), TOKENIZER).start();
      for (int step = 0; step < 60 && !state.mustStop(); step++) {
        byte[] forced = state.forced();
        float[] logits = new float[TOKENIZER.size()];
        state.mask(logits);
        for (int id = 0; id < logits.length && forced.length > 0; id++) {
          assertThat(logits[id] == 0)
              .as("token %d", id)
              .isEqualTo(agrees(TOKENIZER.bytes(id), forced, state.copy(), id));
        }
        state.accept(pick(logits, random));
      }
    }
  }

  private static boolean agrees(byte[] token, byte[] forced, GrammarState state, int id) {
    for (int i = 0; i < Math.min(token.length, forced.length); i++) {
      if (token[i] != forced[i]) {
        return false;
      }
    }
    return token.length <= forced.length ? !TOKENIZER.isSpecial(id) : state.allows(id);
  }

  private static void generate(int documents, long seed, RandomModel model) {
    RandomSchema schemas = new RandomSchema(seed);
    for (int i = 0; i < documents; i++) {
      Schema schema = schemas.next(3);
      Grammar grammar = Grammar.compile(new Rule.Json(schema), TOKENIZER);

      byte[] document = document(grammar, model);

      assertThat(SchemaValidator.accepts(schema, document))
          .as("%d: %s: %s", i, schema, new String(document, StandardCharsets.UTF_8))
          .isTrue();
    }
  }

  /** Samples greedily from masked logits; the end is a token that is allowed when complete. */
  private static byte[] document(Grammar grammar, RandomModel model) {
    GrammarState state = grammar.start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    float[] logits = new float[TOKENIZER.size()];
    for (int step = 0; step < MOST_TOKENS; step++) {
      model.logits(logits);
      float end = logits[TestVocabulary.END];
      if (step > 150) {
        preferClosing(logits);
      }
      state.mask(logits);
      int best = best(logits);
      if (state.isComplete() && (state.mustStop() || step > 150 || end >= logits[best])) {
        return out.toByteArray();
      }
      state.accept(best);
      out.writeBytes(TOKENIZER.bytes(best));
    }
    throw new AssertionError("no end after " + MOST_TOKENS + " tokens: " + out);
  }

  private static void preferClosing(float[] logits) {
    logits[3 + '"'] += 400; // within a string the brackets are text
    logits[3 + '}'] += 200;
    logits[3 + ']'] += 200;
    logits[3 + ','] -= 200;
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int id = 1; id < logits.length; id++) {
      if (logits[id] > logits[best]) {
        best = id;
      }
    }
    return best;
  }

  private static int pick(float[] masked, Random random) {
    int id = random.nextInt(masked.length);
    while (masked[id] != 0) {
      id = (id + 1) % masked.length;
    }
    return id;
  }

  private interface FloatSupplier {
    float next();
  }

  private static void fill(float[] logits, FloatSupplier supplier) {
    for (int id = 0; id < logits.length; id++) {
      logits[id] = supplier.next();
    }
  }
}

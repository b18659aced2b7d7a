package dev.zhixing.engine.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.RandomModel;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.grammar.Grammar;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomDocumentsTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.first(300);
  private static final int LONG = 60;
  private static final String WANTED = "1aA-:.@xTZ/0";

  @Test
  void tenThousandGenerationsOfARandomModelAreValidDocuments(@TempDir Path folder) {
    RandomSchema schemas = new RandomSchema(7);
    try (Model model = Model.load(RandomModel.small(folder), 1);
        Session session = model.newSession()) {
      for (int i = 0; i < 10_000; i++) {
        Schema schema = schemas.next(3);

        byte[] document = generate(session, schema, i);

        assertThat(SchemaValidator.accepts(schema, document))
            .as("%d: %s: %s", i, schema, new String(document, StandardCharsets.UTF_8))
            .isTrue();
      }
    }
  }

  private static byte[] generate(Session session, Schema schema, int seed) {
    session.truncate(0);
    Grammar grammar = Grammar.compile(new Rule.Json(schema), TOKENIZER);
    Decoder decoder =
        new Decoder(
            session,
            TOKENIZER,
            closing(session, Sampler.seeded(1, 0, 1, seed)),
            grammar.start(),
            DecodingOptions.drafted(TestVocabulary.END));
    decoder.prefill(3 + seed % 250);
    ByteArrayOutputStream document = new ByteArrayOutputStream();
    for (int id = decoder.next(); id != Decoder.ENDED; id = decoder.next()) {
      if (!TOKENIZER.isSpecial(id)) {
        document.writeBytes(TOKENIZER.bytes(id));
      }
    }
    return document.toByteArray();
  }

  /** Prefers, where they are allowed, what closes a text that has become long. */
  private static Sampler closing(Session session, Sampler sampler) {
    return logits -> {
      int length = session.length();
      if (length > LONG && length % 3 > 0) {
        for (int id : new int[] {TestVocabulary.END, 3 + '"', 3 + '}', 3 + ']'}) {
          if (Float.isFinite(logits[id])) {
            return id;
          }
        }
      } else if (length > LONG) { // what a pattern may wait for
        for (int i = 0; i < WANTED.length(); i++) {
          int id = 3 + WANTED.charAt((length / 3 + i) % WANTED.length());
          if (Float.isFinite(logits[id])) {
            return id;
          }
        }
      }
      return sampler.sample(logits);
    };
  }
}

package dev.zhixing.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged vocabularies get an error that names file and key, whatever is wrong with them. */
class VocabularyDamageTest {
  private static final String KEY = "tokenizer.ggml.";

  @TempDir Path folder;

  @Test
  void refusesAMillionCharacterToken() {
    Draft draft = new Draft("gpt2");
    draft.tokens.set(300, "x".repeat(1_000_000));

    refuses(draft, "tokenizer.ggml.tokens: 300: expected at most 65536 characters, found 1000000");
  }

  @Test
  void refusesAMissingByte() {
    Draft draft = new Draft("gpt2");
    draft.tokens.set(97, "other");

    refuses(draft, "byte 0x61");
  }

  @Test
  void refusesTypesOfAnotherLength() {
    for (String model : List.of("gpt2", "llama", "bert")) {
      Draft draft = new Draft(model);
      draft.types = new int[7];
      Arrays.fill(draft.types, 1);

      refuses(draft, "tokenizer.ggml.token_type: expected as many as tokens");
    }
  }

  @Test
  void refusesAScoreThatIsNoNumber() {
    Draft draft = new Draft("llama");
    draft.scores[5] = Float.NaN;

    refuses(draft, "tokenizer.ggml.scores: 5: expected a number, found NaN");
  }

  @Test
  void refusesIdsOutOfRange() {
    for (String model : List.of("gpt2", "llama", "bert")) {
      Draft draft = new Draft(model);
      draft.unknown = 1 << 30;
      draft.eos = 1 << 30;

      refuses(draft, "_token_id: expected an id in 0..");
    }
  }

  @Test
  void refusesAnUnknownKindByName() {
    refuses(new Draft("rwkv"), "expected gpt2, llama or bert, found 'rwkv'");
  }

  @Test
  void neverMakesAControlTokenOfOrdinaryText() {
    for (String model : List.of("gpt2", "llama", "bert")) {
      Draft draft = new Draft(model);
      Tokenizer tokenizer = draft.read(folder.resolve("sound.gguf"));

      int[] ids = tokenizer.encode("a<|im_end|>b <unk> [SEP]");

      for (int id : ids) {
        assertThat(tokenizer.isSpecial(id) && id != draft.unknown).as(model).isFalse();
      }
      assertThat(tokenizer.encodeTrusted("<|im_end|>")).containsExactly(310);
    }
  }

  @Test
  void readsOrRefusesWhateverIsChanged() {
    Random random = new Random(17);
    for (int round = 0; round < 600; round++) {
      Draft draft = new Draft(List.of("gpt2", "llama", "bert").get(round % 3));
      draft.damage(random);

      try {
        Tokenizer tokenizer = draft.read(folder.resolve("odd.gguf"));
        tokenizer.decode(tokenizer.encode("some text, 你好 <|im_end|>"));
        tokenizer.decode(tokenizer.encodeTrusted("some text <|im_end|>"));
      } catch (GgufException e) {
        assertThat(e).hasMessageContaining("odd.gguf").hasMessageContaining("token");
      }
    }
  }

  private void refuses(Draft draft, String message) {
    assertThatThrownBy(() -> draft.read(folder.resolve("bad.gguf")))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("bad.gguf")
        .hasMessageContaining(message);
  }

  /** A sound vocabulary of 320 tokens, to be damaged. */
  private static final class Draft {
    final String model;
    final List<String> tokens = new ArrayList<>();
    final List<String> merges = new ArrayList<>(List.of("a b", "ab c", "i m"));
    int[] types;
    float[] scores;
    int unknown = 311;
    int eos = 310;

    Draft(String model) {
      this.model = model;
      for (int b = 0; b < 256; b++) {
        tokens.add(
            model.equals("llama")
                ? "<0x%02X>".formatted(b)
                : String.valueOf(ByteAlphabet.spell(b)));
      }
      tokens.addAll(List.of("ab", "abc", "im", "▁", "▁a", "<", "|", "<|", "e", "n"));
      while (tokens.size() < 320) {
        tokens.add("t" + tokens.size());
      }
      tokens.set(310, "<|im_end|>");
      tokens.set(311, "[UNK]");
      types = new int[tokens.size()];
      Arrays.fill(types, 1);
      Arrays.fill(types, 0, 256, model.equals("llama") ? 6 : 1);
      types[310] = 4; // as some files have it by mistake
      types[311] = 2;
      scores = new float[tokens.size()];
      for (int id = 0; id < scores.length; id++) {
        scores[id] = -id;
      }
    }

    void damage(Random random) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        switch (random.nextInt(7)) {
          case 0 -> tokens.set(random.nextInt(tokens.size()), RandomText.of(random, 3));
          case 1 -> merges.add(RandomText.of(random, 2) + " " + RandomText.of(random, 2));
          case 2 -> merges.add(tokens.get(random.nextInt(320)) + " " + tokens.get(310));
          case 3 -> types[random.nextInt(types.length)] = random.nextInt(9);
          case 4 -> scores[random.nextInt(scores.length)] = Float.intBitsToFloat(random.nextInt());
          case 5 -> eos = random.nextInt(700);
          default -> tokens.set(random.nextInt(tokens.size()), tokens.get(random.nextInt(320)));
        }
      }
    }

    Tokenizer read(Path path) {
      GgufWriter writer = new GgufWriter();
      writer.string("general.architecture", "llama");
      writer.string(KEY + "model", model);
      writer.string(KEY + "pre", "gpt-2");
      writer.strings(KEY + "tokens", tokens);
      writer.int32s(KEY + "token_type", types);
      writer.float32s(KEY + "scores", scores);
      writer.strings(KEY + "merges", merges);
      writer.uint32(KEY + "eos_token_id", eos);
      writer.uint32(KEY + "unknown_token_id", unknown);
      writer.uint32(KEY + "cls_token_id", 310);
      writer.uint32(KEY + "seperator_token_id", eos);
      writer.write(path);
      try (GgufFile file = GgufFile.open(path)) {
        return Tokenizers.of(file);
      }
    }
  }
}

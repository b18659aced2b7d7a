package dev.zhixing.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhixing.engine.gguf.GgufException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerJsonTest {
  private static final String LLAMA3 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r"
          + "\\n"
          + "\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r"
          + "\\n"
          + "]*|\\s*[\\r"
          + "\\n"
          + "]+|\\s+(?!\\S)|\\s+";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void readsByteLevelBpeWithItsPattern() throws IOException {
    write(byteLevel(LLAMA3));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"bos_token\":{\"content\":\"<s>\"},\"eos_token\":\"<e>\",\"add_bos_token\":true}");

    Tokenizer tokenizer = TokenizerJson.read(folder);

    assertThat(tokenizer.encode("ab <e><tool>")).containsExactly(256, 32, 60, 101, 62, 259);
    assertThat(tokenizer.encodeTrusted("ab<e>")).containsExactly(256, 258);
    assertThat(tokenizer.bos()).hasValue(257);
    assertThat(tokenizer.eos()).hasValue(258);
    assertThat(tokenizer.addBos()).isTrue();
    assertThat(tokenizer.addEos()).isFalse();
    assertThat(tokenizer.isSpecial(259)).isFalse();
  }

  @Test
  void readsSettingsWithANumberThatNoIntegerHolds() throws IOException {
    write(byteLevel(LLAMA3));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"model_max_length\":1000000000000000019884624838656,\"eos_token\":\"<e>\"}");

    assertThat(TokenizerJson.read(folder).eos()).hasValue(258);
  }

  @Test
  void composesCharactersWhereTheNormalizerSaysSo() throws IOException {
    Map<String, Object> json = new LinkedHashMap<>(byteLevel(LLAMA3));
    json.put("normalizer", Map.of("type", "NFC"));
    write(json);
    Tokenizer composing = TokenizerJson.read(folder);
    json.remove("normalizer");
    write(json);
    Tokenizer plain = TokenizerJson.read(folder);

    assertThat(composing.encode("<e>e\u0301")).isEqualTo(plain.encode("<e>\u00e9"));
    assertThat(composing.encodeTrusted("e\u0301<e>")).isEqualTo(plain.encodeTrusted("\u00e9<e>"));
    assertThat(plain.encode("e\u0301")).isNotEqualTo(plain.encode("\u00e9"));
  }

  @Test
  void refusesAnUnknownPatternByName() throws IOException {
    write(byteLevel("[a-q]+"));

    assertThatThrownBy(() -> TokenizerJson.read(folder))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("tokenizer.json")
        .hasMessageContaining("pre_tokenizer")
        .hasMessageContaining("[a-q]+");
  }

  @Test
  void readsSentencePieceThatWasExportedAsBpe() throws IOException {
    Map<String, Object> vocabulary = new LinkedHashMap<>();
    vocabulary.put("<unk>", 0);
    for (int b = 0; b < 256; b++) {
      vocabulary.put("<0x%02X>".formatted(b), 1 + b);
    }
    for (String piece : List.of("▁", "h", "i", "hi", "▁hi")) {
      vocabulary.put(piece, vocabulary.size());
    }
    write(
        Map.of(
            "normalizer", Map.of("type", "Prepend", "prepend", "▁"),
            "added_tokens", List.of(added(262, "</s>", true)),
            "model",
                Map.of(
                    "type",
                    "BPE",
                    "unk_token",
                    "<unk>",
                    "byte_fallback",
                    true,
                    "vocab",
                    vocabulary,
                    "merges",
                    List.of(List.of("h", "i"), List.of("▁", "hi")))));

    Tokenizer tokenizer = TokenizerJson.read(folder);

    assertThat(tokenizer.encode("hi hi")).containsExactly(261, 261);
    assertThat(tokenizer.encode("é")).containsExactly(257, 1 + 0xc3, 1 + 0xa9);
    assertThat(tokenizer.encodeTrusted("hi</s>hi")).containsExactly(261, 262, 261);
    assertThat(tokenizer.decode(tokenizer.encodeTrusted("hi</s>hi é"))).isEqualTo("hi</s>hi é");
  }

  @Test
  void readsWordPiece() throws IOException {
    write(wordPiece(true));

    Tokenizer lower = TokenizerJson.read(folder);
    write(wordPiece(false));
    Tokenizer cased = TokenizerJson.read(folder);

    assertThat(lower.encode("Wörlds!")).containsExactly(5, 6, 7);
    assertThat(cased.encode("World world")).containsExactly(1, 5);
    assertThat(lower.encode("[MASK]")).containsExactly(1, 1, 1);
    assertThat(lower.encodeTrusted("[MASK]")).containsExactly(4);
    assertThat(lower.decode(5, 6, 7, 5)).isEqualTo("worlds ! world");
  }

  @Test
  void saysWhereItsJsonEnds() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\":\n{\u0001");

    assertThatThrownBy(() -> TokenizerJson.read(folder))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("tokenizer.json: expected JSON, found ")
        .hasMessageContaining(" in line 2, column ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesBytesThatAreNoText() throws IOException {
    Files.write(folder.resolve("tokenizer.json"), new byte[] {0, 0, 0, '{', 'r', 'd', 'z', 'i'});

    assertThatThrownBy(() -> TokenizerJson.read(folder))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("tokenizer.json: expected JSON, found Invalid UTF-32 character");
  }

  @Test
  void refusesDeepNesting() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "{\"normalizer\":" + "[".repeat(400));

    assertThatThrownBy(() -> TokenizerJson.read(folder))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("tokenizer.json: expected members at most 32 deep, found more");
  }

  @Test
  void refusesMoreMergesThanAnyVocabularyHas() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\":{\"merges\":[" + "\"\",".repeat(1 << 21) + "\"\"]}}");

    assertThatThrownBy(() -> TokenizerJson.read(folder))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("model.merges: expected at most 2097152, found more");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> TokenizerJson.read(folder))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("tokenizer.json: expected a readable file, found ");
  }

  @Test
  void refusesSettingsThatAreEmpty() throws IOException {
    write(byteLevel(LLAMA3));
    Files.writeString(folder.resolve("tokenizer_config.json"), "");

    assertThatThrownBy(() -> TokenizerJson.read(folder))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("expected a value, found the end of the file");
  }

  @Test
  void refusesAnIdThatWouldTakeMoreMemoryThanTheFileHas() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\":{\"vocab\":{\"a\":4194303}}}");

    assertThatThrownBy(() -> TokenizerJson.read(folder))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("model.vocab: 'a': expected an id in 0..4099 in a file of this size");
  }

  @Test
  void refusesDamageWithAnErrorThatNamesTheFile() throws IOException {
    Random random = new Random(13);
    write(byteLevel(LLAMA3));
    byte[] whole = Files.readAllBytes(folder.resolve("tokenizer.json"));
    for (int round = 0; round < 1500; round++) {
      byte[] damaged = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      int size = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
      Files.write(folder.resolve("tokenizer.json"), Arrays.copyOf(damaged, size));

      try {
        assertThat(TokenizerJson.read(folder).size()).isPositive();
      } catch (GgufException e) {
        assertThat(e).hasMessageContaining("tokenizer.json: ");
      }
    }
  }

  private static Map<String, Object> byteLevel(String pattern) {
    Map<String, Object> vocabulary = new LinkedHashMap<>();
    for (int b = 0; b < 256; b++) {
      vocabulary.put(String.valueOf(ByteAlphabet.spell(b)), b);
    }
    vocabulary.put("ab", 256);
    Map<String, Object> split =
        Map.of(
            "type",
            "Split",
            "pattern",
            Map.of("Regex", pattern),
            "behavior",
            "Isolated",
            "invert",
            false);
    Map<String, Object> bytes =
        Map.of("type", "ByteLevel", "add_prefix_space", false, "use_regex", false);
    return Map.of(
        "pre_tokenizer", Map.of("type", "Sequence", "pretokenizers", List.of(split, bytes)),
        "added_tokens",
            List.of(added(257, "<s>", true), added(258, "<e>", true), added(259, "<tool>", false)),
        "model", Map.of("type", "BPE", "vocab", vocabulary, "merges", List.of("a b")));
  }

  private static Map<String, Object> wordPiece(boolean lowercase) {
    Map<String, Object> vocabulary = new LinkedHashMap<>();
    for (String token :
        List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "world", "##s", "!")) {
      vocabulary.put(token, vocabulary.size());
    }
    return Map.of(
        "normalizer", Map.of("type", "BertNormalizer", "lowercase", lowercase),
        "pre_tokenizer", Map.of("type", "BertPreTokenizer"),
        "added_tokens", List.of(added(2, "[CLS]", true)),
        "model", Map.of("type", "WordPiece", "unk_token", "[UNK]", "vocab", vocabulary));
  }

  private static Map<String, Object> added(int id, String content, boolean special) {
    return Map.of("id", id, "content", content, "special", special);
  }

  private void write(Map<String, Object> json) throws IOException {
    JSON.writeValue(folder.resolve("tokenizer.json").toFile(), json);
  }
}

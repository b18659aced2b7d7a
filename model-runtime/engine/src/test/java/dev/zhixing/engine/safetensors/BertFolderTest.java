package dev.zhixing.engine.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.encoder.Encoder;
import dev.zhixing.engine.encoder.RandomEncoder;
import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encoder in Hugging Face's layout gives what the same one gives as GGUF. */
class BertFolderTest {
  private static final String CONFIG =
      """
      {"model_type": "bert", "hidden_size": 42, "max_position_embeddings": 50,
       "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 75,
       "layer_norm_eps": 1e-5, "hidden_act": "gelu", "vocab_size": 37}
      """;
  private static final String TOKENIZER =
      """
      {"truncation": {"max_length": 20},
       "added_tokens": [{"id": 0, "content": "[PAD]"}, {"id": 1, "content": "[UNK]"}],
       "normalizer": {"type": "BertNormalizer", "strip_accents": null, "lowercase": false},
       "model": {"type": "WordPiece", "vocab": {"[UNK]": 1, "[PAD]": 0, "a": 2, "##b": 3}}}
      """;
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("token_embd_norm", "embeddings.LayerNorm"),
          Map.entry("token_embd", "embeddings.word_embeddings"),
          Map.entry("position_embd", "embeddings.position_embeddings"),
          Map.entry("token_types", "embeddings.token_type_embeddings"),
          Map.entry("mlm_dense", "cls.predictions.transform.dense"),
          Map.entry("mlm_norm", "cls.predictions.transform.LayerNorm"),
          Map.entry("mlm_output", "cls.predictions"),
          Map.entry("attn_q", "attention.self.query"),
          Map.entry("attn_k", "attention.self.key"),
          Map.entry("attn_v", "attention.self.value"),
          Map.entry("attn_output", "attention.output.dense"),
          Map.entry("attn_output_norm", "attention.output.LayerNorm"),
          Map.entry("ffn_up", "intermediate.dense"),
          Map.entry("ffn_down", "output.dense"),
          Map.entry("layer_output_norm", "output.LayerNorm"));

  @TempDir private Path folder;

  @Test
  void givesWhatTheGgufFileGives() throws IOException {
    Path gguf = RandomEncoder.write(folder, 2);
    write(gguf);
    Files.createDirectories(folder.resolve("1_Pooling"));
    Files.writeString(
        folder.resolve("1_Pooling/config.json"), "{\"pooling_mode_cls_token\": true}");
    List<int[]> sentences = List.of(new int[] {1, 2, 3}, new int[] {30, 4, 5, 6, 7});
    try (Encoder expected = Encoder.load(gguf);
        Encoder found = Encoder.load(folder)) {
      assertThat(found.config()).isEqualTo(expected.config());
      assertThat(found.embed(sentences)).isDeepEqualTo(expected.embed(sentences));
      assertThat(found.maskedLogits(sentences.get(0), 1))
          .isEqualTo(expected.maskedLogits(sentences.get(0), 1));
    }
  }

  @Test
  void readsTheVocabularyAndWhereToCut() throws IOException {
    write(RandomEncoder.write(folder, 1));
    Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
    try (SafetensorsModel model = SafetensorsModel.open(folder)) {
      var metadata = model.metadata();

      assertThat(metadata.strings("tokenizer.ggml.tokens"))
          .containsExactly("[PAD]", "[UNK]", "▁a", "b");
      assertThat(metadata.integers("tokenizer.ggml.token_type")).containsExactly(3, 3, 1, 1);
      assertThat(metadata.flag("tokenizer.ggml.normalizer.lowercase", true)).isFalse();
      assertThat(metadata.flag("tokenizer.ggml.normalizer.strip_accents", true)).isFalse();
      assertThat(metadata.integer("tokenizer.ggml.unknown_token_id")).isEqualTo(1);
      assertThat(metadata.integer(WordPieceJson.TRUNCATION)).isEqualTo(20);
    }
  }

  @Test
  void refusesOtherActivationsAndVocabularies() throws IOException {
    write(RandomEncoder.write(folder, 1));
    Files.writeString(folder.resolve("config.json"), CONFIG.replace("\"gelu\"", "\"gelu_new\""));
    assertThatThrownBy(() -> SafetensorsModel.open(folder))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("key 'hidden_act': expected gelu, found gelu_new");

    for (String wrong : List.of("\"##b\": 2", "\"##b\": -1", "\"##b\": 4", "\"##b\": \"x\"")) {
      byte[] json = TOKENIZER.replace("\"##b\": 3", wrong).getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> WordPieceJson.keys("t.json", json))
          .isInstanceOf(GgufException.class)
          .hasMessageContaining("t.json: token '");
    }
    byte[] other = TOKENIZER.replace("\"WordPiece\"", "\"BPE\"").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> WordPieceJson.keys("t.json", other))
        .isInstanceOf(GgufException.class)
        .hasMessage("t.json: expected a WordPiece vocabulary, found the type 'BPE' with 4 tokens");
  }

  private void write(Path gguf) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    try (GgufFile file = GgufFile.open(gguf)) {
      file.tensors()
          .forEach(
              (name, tensor) -> {
                int dot = name.lastIndexOf('.');
                String stem = name.substring(0, dot);
                String part = stem.substring(stem.lastIndexOf('.') + 1);
                String layer = stem.startsWith("blk.") ? "encoder.layer." + stem.charAt(4) : "";
                String prefix = stem.startsWith("mlm") ? "" : "bert.";
                String path = layer.isEmpty() ? "" : layer + ".";
                writer.add(prefix + path + NAMES.get(part) + name.substring(dot), tensor);
              });
    }
    writer.write(folder.resolve("model.safetensors"));
    Files.writeString(folder.resolve("config.json"), CONFIG);
  }
}

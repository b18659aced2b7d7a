package dev.zhixing.engine.safetensors;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Translates the configuration of a BERT encoder, and what the sentence-transformers library keeps
 * beside it: how sentences are pooled and where they are cut.
 */
final class BertConfig {
  private static final int MAX_TOKENIZER = 1 << 26;

  private BertConfig() {}

  /** Adds what {@code config.json} says. */
  static void read(HuggingFaceConfig config) {
    config.set("embedding_length", config.size("hidden_size"));
    config.set("context_length", config.size("max_position_embeddings"));
    config.set("block_count", config.size("num_hidden_layers"));
    config.set("feed_forward_length", config.size("intermediate_size"));
    config.set("attention.head_count", config.size("num_attention_heads"));
    config.set("attention.layer_norm_epsilon", (float) config.real("layer_norm_eps", 1e-12));
    config.set("attention.causal", false);
    config.put("tokenizer.ggml.token_type_count", config.size("type_vocab_size", 2));
    expect(config, "hidden_act", "gelu");
    expect(config, "position_embedding_type", "absolute");
    if (config.value("quantization_config") != null) {
      throw config.wrong("quantization_config", "weights as F32, F16 or BF16", "quantized ones");
    }
  }

  private static void expect(HuggingFaceConfig config, String key, String expected) {
    Object found = config.value(key);
    if (found != null && !found.equals(expected)) {
      throw config.wrong(key, expected, found.toString());
    }
  }

  /** Adds what other files of the folder say. */
  static void addFiles(Path folder, HuggingFaceConfig config) {
    Path pooling = folder.resolve("1_Pooling").resolve("config.json");
    if (Files.isRegularFile(pooling)) {
      Map<String, Object> modes = SafetensorsModel.json(pooling);
      boolean first = Boolean.TRUE.equals(modes.get("pooling_mode_cls_token"));
      if (!first && !Boolean.TRUE.equals(modes.get("pooling_mode_mean_tokens"))) {
        throw config.wrong(
            "1_Pooling", "pooling_mode_cls_token or pooling_mode_mean_tokens", modes.toString());
      }
      config.set("pooling_type", first ? 2 : 1);
    }
    Path tokenizer = folder.resolve("tokenizer.json");
    if (Files.isRegularFile(tokenizer)) {
      byte[] json = SafetensorsModel.bytes(tokenizer, MAX_TOKENIZER);
      WordPieceJson.keys(folder.getFileName() + "/tokenizer.json", json).forEach(config::put);
    }
    Path sentences = folder.resolve("sentence_bert_config.json");
    if (Files.isRegularFile(sentences)
        && SafetensorsModel.json(sentences).get("max_seq_length") instanceof Long most) {
      config.put(WordPieceJson.TRUNCATION, Math.clamp(most, 2, Integer.MAX_VALUE));
    }
  }
}

package dev.zhixing.engine.safetensors;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Translates a Hugging Face {@code config.json} into GGUF's keys. Where a key is missing, the
 * default is that of the family's configuration class there.
 */
final class HuggingFaceConfig {
  /** More than any model has; what is made of it is made before a tensor shows that it is true. */
  private static final int MAX_HEAD_SIZE = 1 << 12;

  /** Architectures by {@code model_type}. */
  private static final Map<String, String> ARCHITECTURES =
      Map.ofEntries(
          Map.entry("bert", "bert"),
          Map.entry("llama", "llama"),
          Map.entry("mistral", "llama"),
          Map.entry("mixtral", "llama"),
          Map.entry("qwen2", "qwen2"),
          Map.entry("qwen3", "qwen3"),
          Map.entry("qwen3_moe", "qwen3moe"),
          Map.entry("ernie4_5", "ernie4_5"),
          Map.entry("phi3", "phi3"),
          Map.entry("gemma2", "gemma2"),
          Map.entry("gemma3", "gemma3"),
          Map.entry("gemma3_text", "gemma3"),
          Map.entry("gpt2", "gpt2"));

  private final String file;
  private final Map<String, Object> config;
  private final String type;
  private final String architecture;
  private final Map<String, Object> keys = new LinkedHashMap<>();
  private final Map<String, float[]> ropeFactors = new LinkedHashMap<>();

  /**
   * @param file names the configuration in error texts
   * @param whole what the file holds
   */
  HuggingFaceConfig(String file, Map<String, Object> whole) {
    this.file = file;
    this.config = new LinkedHashMap<>(whole);
    if (whole.get("text_config") instanceof Map<?, ?> text) {
      text.forEach((key, value) -> config.put(key.toString(), Objects.requireNonNull(value)));
    }
    this.type = config.get("model_type") instanceof String text ? text : "none";
    @Nullable String known = ARCHITECTURES.get(type);
    if (known == null) {
      throw wrong(
          "model_type",
          "one of " + String.join(", ", ARCHITECTURES.keySet().stream().sorted().toList()),
          type);
    }
    this.architecture = known;
    put("general.architecture", architecture);
    if (isEncoder()) {
      BertConfig.read(this);
      return;
    }
    readSizes();
    readAttention();
    readExperts();
    new RopeConfig(this).read();
    refuseOthers();
  }

  GgufMetadata metadata() {
    return GgufMetadata.of(file, keys);
  }

  boolean isEncoder() {
    return architecture.equals("bert");
  }

  boolean isGemma() {
    return architecture.startsWith("gemma");
  }

  boolean isTransposed() {
    return architecture.equals("gpt2");
  }

  boolean isTied() {
    return flag("tie_word_embeddings", isGemma() || isTransposed() || type.equals("ernie4_5"));
  }

  /** Factors of the rotation by GGUF's tensor names. */
  Map<String, float[]> ropeFactors() {
    return ropeFactors;
  }

  /** Sets a GGUF key as it is. */
  void put(String key, Object value) {
    keys.put(key, value);
  }

  /** Sets a key of the architecture. */
  void set(String key, Object value) {
    keys.put(architecture + "." + key, value);
  }

  private void readSizes() {
    boolean old = isTransposed();
    int width = size(old ? "n_embd" : "hidden_size");
    set("embedding_length", width);
    set("context_length", size(old ? "n_positions" : "max_position_embeddings"));
    set("vocab_size", size("vocab_size", 1));
    set("block_count", size(old ? "n_layer" : "num_hidden_layers"));
    set("feed_forward_length", old ? size("n_inner", 4 * width) : size("intermediate_size"));
    if (old) {
      set("attention.layer_norm_epsilon", (float) real("layer_norm_epsilon", 1e-5));
    } else {
      set(
          "attention.layer_norm_rms_epsilon",
          (float)
              real("rms_norm_eps", type.equals("ernie4_5") || type.equals("phi3") ? 1e-5 : 1e-6));
    }
  }

  private void readAttention() {
    int heads = heads();
    set("attention.head_count", heads);
    set("attention.head_count_kv", size("num_key_value_heads", heads));
    int head = headSize();
    set("attention.key_length", head);
    set("attention.value_length", head);
    if (isGemma()) {
      set("attention.scale", (float) (1 / Math.sqrt(real("query_pre_attn_scalar", 256))));
      boolean second = architecture.equals("gemma2");
      set("attn_logit_softcapping", cap("attn_logit_softcapping", second ? 50 : 0));
      set("final_logit_softcapping", cap("final_logit_softcapping", second ? 30 : 0));
    }
    readWindow();
  }

  /** A key that is null is left out of the map; of gemma's released files none has such a null. */
  private float cap(String key, double fallback) {
    return (float) real(key, fallback);
  }

  int headSize() {
    int width = size(isTransposed() ? "n_embd" : "hidden_size");
    int heads = heads();
    int usual = isGemma() ? 256 : type.equals("qwen3") ? 128 : Math.max(1, width / heads);
    int size = size("head_dim", usual);
    if (size > MAX_HEAD_SIZE) {
      throw wrong("head_dim", "1 to " + MAX_HEAD_SIZE, Integer.toString(size));
    }
    return size;
  }

  private int heads() {
    String key = isTransposed() ? "n_head" : "num_attention_heads";
    int heads = size(key);
    if (heads == 0) {
      throw wrong(key, "1 or more", "0");
    }
    return heads;
  }

  private void readWindow() {
    if (type.startsWith("qwen")) {
      if (flag("use_sliding_window", false)) {
        throw wrong("use_sliding_window", "false", "true; it is not supported for this family");
      }
      return;
    }
    if (config.containsKey("sliding_window") || isGemma()) {
      set("attention.sliding_window", size("sliding_window", 4096));
    }
    if (isGemma() && config.get("layer_types") instanceof List<?> layers) {
      boolean[] sliding = new boolean[layers.size()];
      for (int i = 0; i < sliding.length; i++) {
        sliding[i] = layers.get(i).equals("sliding_attention");
      }
      set("attention.sliding_window_pattern", sliding);
    } else if (isGemma() && config.containsKey("sliding_window_pattern")) {
      set("attention.sliding_window_pattern", size("sliding_window_pattern"));
    }
  }

  private void readExperts() {
    if (type.equals("mixtral")) {
      set("expert_count", size("num_local_experts", 8));
      set("expert_used_count", size("num_experts_per_tok", 2));
    } else if (type.equals("qwen3_moe")) {
      set("expert_count", size("num_experts", 128));
      set("expert_used_count", size("num_experts_per_tok", 8));
      set("expert_feed_forward_length", size("moe_intermediate_size", 768));
      if (!flag("norm_topk_prob", false)) {
        throw wrong("norm_topk_prob", "true", "false");
      }
      if (size("decoder_sparse_step", 1) != 1
          || (config.get("mlp_only_layers") instanceof List<?> list && !list.isEmpty())) {
        throw wrong("mlp_only_layers", "experts in every layer", "layers without");
      }
    }
  }

  private void refuseOthers() {
    if (config.containsKey("quantization_config")) {
      throw wrong("quantization_config", "weights as F32, F16 or BF16", "quantized ones");
    }
    Object activation =
        config.getOrDefault(
            isTransposed() ? "activation_function" : isGemma() ? "hidden_activation" : "hidden_act",
            isTransposed() || isGemma() ? "gelu_pytorch_tanh" : "silu");
    List<String> known =
        isTransposed() || isGemma() ? List.of("gelu_pytorch_tanh", "gelu_new") : List.of("silu");
    if (!known.contains(activation.toString())) {
      throw wrong("hidden_act", String.join(" or ", known), activation.toString());
    }
  }

  @Nullable Object value(String key) {
    return config.get(key);
  }

  int size(String key) {
    if (!config.containsKey(key)) {
      throw wrong(key, "a number", "none");
    }
    return size(key, 0);
  }

  int size(String key, int fallback) {
    @Nullable Object value = config.get(key);
    if (value == null) {
      return fallback;
    }
    if (value instanceof Long number && number >= 0 && number <= 1 << 24) {
      return number.intValue();
    }
    throw wrong(key, "a number from 0 to 16777216", value.toString());
  }

  double real(String key, double fallback) {
    return number(key, config.get(key), fallback);
  }

  double number(String key, @Nullable Object value, double fallback) {
    if (value == null) {
      return fallback;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(key, "a number", value.toString());
  }

  private boolean flag(String key, boolean fallback) {
    return config.get(key) instanceof Boolean flag ? flag : fallback;
  }

  GgufException wrong(String key, String expected, String found) {
    return new GgufException(
        "%s: key '%s': expected %s, found %s".formatted(file, key, expected, found));
  }

  String type() {
    return type;
  }
}

package dev.zhixing.engine.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufMetadata;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceConfigTest {
  private static final String SIZES =
      "\"hidden_size\":4096,\"intermediate_size\":14336,\"max_position_embeddings\":131072,"
          + "\"num_attention_heads\":32,\"num_hidden_layers\":32,\"num_key_value_heads\":8,";

  @Test
  void translatesLlama31() {
    HuggingFaceConfig config =
        read(
            "\"model_type\":\"llama\",\"rope_theta\":500000.0,\"rms_norm_eps\":1e-05,"
                + "\"tie_word_embeddings\":false,\"rope_scaling\":{\"factor\":8.0,"
                + "\"low_freq_factor\":1.0,\"high_freq_factor\":4.0,\"rope_type\":\"llama3\","
                + "\"original_max_position_embeddings\":8192}");

    GgufMetadata keys = config.metadata();
    assertThat(keys.string("general.architecture")).isEqualTo("llama");
    assertThat(keys.integer("llama.attention.key_length")).isEqualTo(128);
    assertThat(keys.integer("llama.rope.dimension_count")).isEqualTo(128);
    assertThat(keys.real("llama.rope.freq_base")).isEqualTo(500_000);
    assertThat(keys.flag("llama.rope.halves", false)).isTrue();
    assertThat(config.isTied()).isFalse();
    float[] factors = Objects.requireNonNull(config.ropeFactors().get("rope_freqs.weight"));
    assertThat(factors).hasSize(64);
    // Pair 29 turns 8192 · 500000^(-58/128) / 2π = 3.41 times: 0.804 of it is kept.
    assertThat(factors[28]).isEqualTo(1);
    assertThat(factors[29]).isCloseTo(1.2074f, within(1e-3f));
    assertThat(factors[36]).isEqualTo(8);
  }

  @Test
  void translatesYarn() {
    GgufMetadata keys =
        read("\"model_type\":\"qwen2\",\"rope_scaling\":{\"factor\":4.0,\"type\":\"yarn\","
                + "\"original_max_position_embeddings\":32768}")
            .metadata();

    assertThat(keys.string("qwen2.rope.scaling.type")).isEqualTo("yarn");
    assertThat(keys.real("qwen2.rope.scaling.factor")).isEqualTo(4);
    assertThat(keys.real("qwen2.rope.scaling.attn_factor")).isEqualTo(1);
    assertThat(keys.integer("qwen2.rope.scaling.original_context_length")).isEqualTo(32768);
  }

  @Test
  void translatesTheTextPartOfGemma3() {
    GgufMetadata keys =
        read("\"model_type\":\"gemma3\",\"vision_config\":{},\"text_config\":{\"model_type\":"
                + "\"gemma3_text\",\"hidden_size\":2560,\"sliding_window\":1024,"
                + "\"layer_types\":[\"sliding_attention\",\"full_attention\"],"
                + "\"rope_scaling\":{\"factor\":8.0,\"rope_type\":\"linear\"}}")
            .metadata();

    assertThat(keys.integer("gemma3.embedding_length")).isEqualTo(2560);
    assertThat(keys.integer("gemma3.attention.sliding_window")).isEqualTo(1024);
    assertThat(keys.flags("gemma3.attention.sliding_window_pattern")).containsExactly(true, false);
    assertThat(keys.real("gemma3.rope.freq_base")).isEqualTo(1e6);
    assertThat(keys.real("gemma3.rope.freq_base_swa")).isEqualTo(1e4);
    assertThat(keys.real("gemma3.rope.scaling.factor")).isEqualTo(8);
    assertThat(keys.real("gemma3.attention.scale")).isEqualTo(1 / 16.0);
  }

  @Test
  void refusesQuantizedWeightsAndOtherActivations() {
    assertThatThrownBy(() -> read("\"model_type\":\"llama\",\"quantization_config\":{}"))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("key 'quantization_config': expected weights as F32, F16 or BF16");
    assertThatThrownBy(() -> read("\"model_type\":\"llama\",\"hidden_act\":\"relu\""))
        .hasMessageContaining("key 'hidden_act': expected silu, found relu");
    assertThatThrownBy(() -> read("\"model_type\":\"llama\",\"rope_scaling\":{\"type\":\"mrope\"}"))
        .hasMessageContaining("found mrope");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"num_attention_heads\": 0 | 'num_attention_heads': expected 1 or more, found 0",
        "\"head_dim\": 16777216 | 'head_dim': expected 1 to 4096, found 16777216",
        "\"partial_rotary_factor\": -1 | 'partial_rotary_factor': expected a number above 0 and",
        "\"partial_rotary_factor\": 1e30 | 'partial_rotary_factor': expected a number above 0 and",
      })
  void refusesSizesThatNoModelHas(String member, String message) {
    String json = "{\"model_type\":\"llama\"," + SIZES + "\"vocab_size\":9}";
    Map<String, Object> values = new LinkedHashMap<>();
    for (String each : new String[] {json, "{" + member + "}"}) {
      values.putAll(Json.object("config.json", each.getBytes(StandardCharsets.UTF_8)));
    }

    assertThatThrownBy(() -> new HuggingFaceConfig("config.json", values))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("config.json: key " + message);
  }

  @Test
  void translatesNamesOfTensors() {
    HuggingFaceNames names = new HuggingFaceNames(read("\"model_type\":\"mixtral\""));

    assertThat(names.of("model.embed_tokens.weight")).contains("token_embd.weight");
    assertThat(names.of("model.layers.3.self_attn.q_proj.bias")).contains("blk.3.attn_q.bias");
    assertThat(names.of("model.layers.3.block_sparse_moe.experts.7.w2.weight"))
        .contains("blk.3.ffn_down.7.weight");
    assertThat(names.of("model.layers.3.mlp.experts.gate_up_proj"))
        .contains("blk.3.ffn_gate_up_exps.weight");
    assertThat(names.of("model.layers.3.mlp.experts.down_proj"))
        .contains("blk.3.ffn_down_exps.weight");
    assertThat(names.of("model.layers.3.mlp.shared.weight")).contains("blk.3.mlp.shared.weight");
    assertThat(names.of("model.layers.0.self_attn.rotary_emb.inv_freq")).isEmpty();
    assertThat(names.of("vision_tower.encoder.layers.0.mlp.fc1.weight")).isEmpty();
  }

  private static HuggingFaceConfig read(String keys) {
    String json = "{" + SIZES + keys + "}";
    return new HuggingFaceConfig(
        "config.json", Json.object("config.json", json.getBytes(StandardCharsets.UTF_8)));
  }
}

package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.TensorType;
import java.util.List;
import java.util.SplittableRandom;

/** The smallest models of every family: one layer, all sizes as small as they may be. */
final class SoundModel {
  static final List<String> FAMILIES =
      List.of(
          "llama",
          "mixtral",
          "qwen2",
          "qwen3",
          "qwen3moe",
          "ernie4_5",
          "phi3",
          "gemma2",
          "gemma3",
          "gpt2",
          "bert");

  private static final int WIDTH = 8;
  private static final int HEAD = 4;
  private static final int KEYS = 4;
  private static final int INNER = 6;
  private static final int TOKENS = 5;
  private static final int CONTEXT = 7;
  private static final int EXPERTS = 2;
  private static final String BLOCK = "blk.0.";

  private final String family;
  private final String architecture;
  private final SplittableRandom random;
  private final GgufWriter writer = new GgufWriter();

  SoundModel(String family, SplittableRandom random) {
    this.family = family;
    this.architecture = family.equals("mixtral") ? "llama" : family;
    this.random = random;
  }

  GgufWriter gguf() {
    keys();
    tensor("token_embd.weight", TOKENS, WIDTH);
    if (is("gpt2", "bert")) {
      tensor("position_embd.weight", CONTEXT, WIDTH);
    }
    if (is("bert")) {
      tensor("token_types.weight", 2, WIDTH);
      norm("token_embd_norm");
    } else {
      norm("output_norm");
      norm(BLOCK + "attn_norm");
      norm(BLOCK + "ffn_norm");
    }
    attention();
    feedForward();
    return writer;
  }

  private boolean is(String... families) {
    return List.of(families).contains(family);
  }

  private void keys() {
    writer.string("general.architecture", architecture);
    key("context_length", CONTEXT);
    key("embedding_length", WIDTH);
    key("block_count", 1);
    key("feed_forward_length", INNER);
    key("attention.head_count", WIDTH / HEAD);
    if (is("gpt2", "bert")) {
      writer.float32(architecture + ".attention.layer_norm_epsilon", 1e-5f);
    } else {
      key("attention.head_count_kv", KEYS / HEAD);
      writer.float32(architecture + ".attention.layer_norm_rms_epsilon", 1e-5f);
      writer.float32(architecture + ".rope.freq_base", 10_000);
      key("attention.key_length", HEAD);
    }
    if (is("gemma2", "gemma3", "phi3")) {
      key("attention.sliding_window", 3);
    }
    if (is("mixtral", "qwen3moe")) {
      key("expert_count", EXPERTS);
      key("expert_used_count", 1);
      key("expert_feed_forward_length", INNER);
    }
  }

  private void key(String name, long value) {
    writer.uint32(architecture + "." + name, value);
  }

  private void attention() {
    int keys = is("gpt2", "bert") ? WIDTH : KEYS;
    if (is("gpt2", "phi3")) {
      matrix("attn_qkv", WIDTH + 2 * keys, WIDTH);
    } else {
      matrix("attn_q", WIDTH, WIDTH);
      matrix("attn_k", keys, WIDTH);
      matrix("attn_v", keys, WIDTH);
    }
    matrix("attn_output", WIDTH, WIDTH);
    if (is("qwen3", "qwen3moe", "gemma3")) {
      tensor(BLOCK + "attn_q_norm.weight", HEAD);
      tensor(BLOCK + "attn_k_norm.weight", HEAD);
    }
    if (is("gemma2", "gemma3")) {
      norm(BLOCK + "post_attention_norm");
      norm(BLOCK + "post_ffw_norm");
    }
    if (is("bert")) {
      norm(BLOCK + "attn_output_norm");
      norm(BLOCK + "layer_output_norm");
    }
  }

  private void feedForward() {
    if (is("mixtral", "qwen3moe")) {
      tensor(BLOCK + "ffn_gate_inp.weight", EXPERTS, WIDTH);
      tensor(BLOCK + "ffn_gate_exps.weight", EXPERTS, INNER, WIDTH);
      tensor(BLOCK + "ffn_up_exps.weight", EXPERTS, INNER, WIDTH);
      tensor(BLOCK + "ffn_down_exps.weight", EXPERTS, WIDTH, INNER);
      return;
    }
    if (!is("gpt2", "bert", "phi3")) {
      matrix("ffn_gate", INNER, WIDTH);
    }
    matrix("ffn_up", is("phi3") ? 2 * INNER : INNER, WIDTH);
    matrix("ffn_down", WIDTH, INNER);
  }

  private void matrix(String name, int rows, int columns) {
    tensor(BLOCK + name + ".weight", rows, columns);
    boolean three = name.equals("attn_q") || name.equals("attn_k") || name.equals("attn_v");
    if (is("gpt2", "bert") || (is("qwen2") && three)) {
      tensor(BLOCK + name + ".bias", rows);
    }
  }

  private void norm(String name) {
    tensor(name + ".weight", WIDTH);
    if (is("gpt2", "bert")) {
      tensor(name + ".bias", WIDTH);
    }
  }

  private void tensor(String name, long... shape) {
    int count = 1;
    for (long size : shape) {
      count *= (int) size;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    writer.tensor(name, TensorType.F32, values, shape);
  }
}

package dev.zhixing.engine.safetensors;

import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes a GGUF model in Hugging Face's layout: the way back of the translation under test. */
public final class HuggingFaceFolder {
  private static final Map<String, String> PARTS =
      Map.ofEntries(
          Map.entry("attn_norm", "input_layernorm"),
          Map.entry("attn_q", "self_attn.q_proj"),
          Map.entry("attn_k", "self_attn.k_proj"),
          Map.entry("attn_v", "self_attn.v_proj"),
          Map.entry("attn_output", "self_attn.o_proj"),
          Map.entry("attn_q_norm", "self_attn.q_norm"),
          Map.entry("attn_k_norm", "self_attn.k_norm"),
          Map.entry("ffn_gate", "mlp.gate_proj"),
          Map.entry("ffn_up", "mlp.up_proj"),
          Map.entry("ffn_down", "mlp.down_proj"));
  private static final Map<String, String> GPT2 =
      Map.ofEntries(
          Map.entry("attn_norm", "ln_1"),
          Map.entry("ffn_norm", "ln_2"),
          Map.entry("attn_qkv", "attn.c_attn"),
          Map.entry("attn_output", "attn.c_proj"),
          Map.entry("ffn_up", "mlp.c_fc"),
          Map.entry("ffn_down", "mlp.c_proj"));
  private static final Map<String, String> TOP =
      Map.of(
          "token_embd", "embed_tokens",
          "output_norm", "norm",
          "output", "lm_head");
  private static final Map<String, String> GPT2_TOP =
      Map.of(
          "token_embd", "wte",
          "position_embd", "wpe",
          "output_norm", "ln_f",
          "output", "lm_head");

  private final GgufFile file;
  private final String architecture;
  private final boolean mixtral;
  private final SafetensorsWriter[] writers;
  private final StringJoiner index = new StringJoiner(",", "{\"weight_map\":{", "}}");
  private int next;

  private HuggingFaceFolder(GgufFile file, int files) {
    this.file = file;
    this.architecture = file.metadata().string("general.architecture");
    this.mixtral = file.metadata().has("llama.expert_count");
    this.writers = new SafetensorsWriter[files];
    for (int i = 0; i < files; i++) {
      writers[i] = new SafetensorsWriter();
    }
  }

  /** Writes config.json and so many safetensors files, with an index if there are several. */
  public static void write(Path gguf, Path folder, int files) throws IOException {
    try (GgufFile file = GgufFile.open(gguf)) {
      HuggingFaceFolder writer = new HuggingFaceFolder(file, files);
      Files.writeString(folder.resolve("config.json"), writer.config());
      file.tensors().forEach(writer::add);
      for (int i = 0; i < files; i++) {
        String name = files == 1 ? "model.safetensors" : "model-%d.safetensors".formatted(i + 1);
        writer.writers[i].write(folder.resolve(name));
      }
      if (files > 1) {
        Files.writeString(folder.resolve("model.safetensors.index.json"), writer.index.toString());
      }
    }
  }

  private void add(String name, Tensor tensor) {
    if (name.equals("rope_freqs.weight")) {
      return; // in the configuration
    }
    int dot = name.lastIndexOf('.');
    String ending = name.substring(dot);
    if (!name.startsWith("blk.")) {
      String top = (gpt2() ? GPT2_TOP : TOP).get(name.substring(0, dot));
      put(
          (gpt2() || name.startsWith("output.") ? "" : "model.") + top + ending,
          norm(name, tensor));
      return;
    }
    String part = name.substring(name.indexOf('.', 4) + 1, dot);
    String layer = name.substring(4, name.indexOf('.', 4));
    if (gpt2()) {
      Tensor made = tensor.shape().size() == 2 ? transposed(tensor) : tensor;
      put("h." + layer + "." + GPT2.get(part) + ending, made);
    } else if (part.endsWith("_exps")) {
      experts("model.layers." + layer, part, tensor);
    } else {
      put("model.layers." + layer + "." + part(part) + ending, norm(name, permuted(part, tensor)));
    }
  }

  private String part(String part) {
    boolean gemma = architecture.startsWith("gemma");
    return switch (part) {
      case "ffn_norm" -> gemma ? "pre_feedforward_layernorm" : "post_attention_layernorm";
      case "post_attention_norm" -> "post_attention_layernorm";
      case "post_ffw_norm" -> "post_feedforward_layernorm";
      case "ffn_gate_inp" -> mixtral ? "block_sparse_moe.gate" : "mlp.gate";
      default -> Objects.requireNonNull(PARTS.get(part));
    };
  }

  private void experts(String layer, String part, Tensor all) {
    long rows = all.shape().get(1);
    long bytes = rows * all.rowBytes();
    for (int e = 0; e < all.shape().getFirst(); e++) {
      String matrix =
          switch (part) {
            case "ffn_gate_exps" -> mixtral ? "w1" : "gate_proj";
            case "ffn_up_exps" -> mixtral ? "w3" : "up_proj";
            default -> mixtral ? "w2" : "down_proj";
          };
      String block = mixtral ? "block_sparse_moe" : "mlp";
      put(
          "%s.%s.experts.%d.%s.weight".formatted(layer, block, e, matrix),
          new Tensor(
              "expert",
              all.type(),
              List.of(rows, all.shape().getLast()),
              all.data().asSlice(e * bytes, bytes)));
    }
  }

  private void put(String name, Tensor tensor) {
    int to = next++ % writers.length;
    index.add("\"%s\":\"model-%d.safetensors\"".formatted(name, to + 1));
    writers[to].add(name, tensor);
  }

  /** Gemma's norms are stored less 1. */
  private Tensor norm(String name, Tensor tensor) {
    if (!architecture.startsWith("gemma") || !name.endsWith("norm.weight")) {
      return tensor;
    }
    float[] values = tensor.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] -= 1;
    }
    MemorySegment data = MemorySegment.ofArray(new byte[4 * values.length]);
    MemorySegment.copy(values, 0, data, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, values.length);
    return new Tensor(name, tensor.type(), tensor.shape(), data);
  }

  /** Llama's GGUF has the rows of each head's halves interleaved; this takes it back. */
  private Tensor permuted(String part, Tensor tensor) {
    if (!architecture.equals("llama") || !(part.equals("attn_q") || part.equals("attn_k"))) {
      return tensor;
    }
    int heads = (int) file.metadata().integer("llama.attention.head_count");
    int head = (int) file.metadata().integer("llama.embedding_length") / heads;
    long bytes = tensor.rowBytes();
    MemorySegment data = MemorySegment.ofArray(new byte[(int) tensor.data().byteSize()]);
    for (int r = 0; r < tensor.rows(); r++) {
      int within = r % head;
      int from = r - within + (within % (head / 2)) * 2 + within / (head / 2);
      MemorySegment.copy(tensor.data(), from * bytes, data, r * bytes, bytes);
    }
    return new Tensor(tensor.name(), tensor.type(), tensor.shape(), data);
  }

  private static Tensor transposed(Tensor tensor) {
    int rows = tensor.rows();
    int columns = tensor.columns();
    int bytes = tensor.type().blockBytes();
    MemorySegment data = MemorySegment.ofArray(new byte[(int) tensor.data().byteSize()]);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        MemorySegment.copy(
            tensor.data(),
            (long) (r * columns + c) * bytes,
            data,
            (long) (c * rows + r) * bytes,
            bytes);
      }
    }
    return new Tensor("t", tensor.type(), List.of((long) columns, (long) rows), data);
  }

  private boolean gpt2() {
    return architecture.equals("gpt2");
  }

  private String config() {
    GgufMetadata m = file.metadata();
    String type =
        mixtral ? "mixtral" : architecture.equals("qwen3moe") ? "qwen3_moe" : architecture;
    StringJoiner json = new StringJoiner(",", "{", "}");
    json.add("\"model_type\":\"" + type + "\"");
    json.add("\"tie_word_embeddings\":" + file.find("output.weight").isEmpty());
    number(json, gpt2() ? "n_embd" : "hidden_size", m, "embedding_length");
    number(json, gpt2() ? "n_positions" : "max_position_embeddings", m, "context_length");
    number(json, gpt2() ? "n_layer" : "num_hidden_layers", m, "block_count");
    number(json, gpt2() ? "n_inner" : "intermediate_size", m, "feed_forward_length");
    number(json, gpt2() ? "n_head" : "num_attention_heads", m, "attention.head_count");
    number(json, "num_key_value_heads", m, "attention.head_count_kv");
    number(json, "vocab_size", m, "vocab_size");
    number(json, "head_dim", m, "attention.key_length");
    number(json, "rms_norm_eps", m, "attention.layer_norm_rms_epsilon");
    number(json, "layer_norm_epsilon", m, "attention.layer_norm_epsilon");
    number(json, "rope_theta", m, "rope.freq_base");
    number(json, "sliding_window", m, "attention.sliding_window");
    number(json, "query_pre_attn_scalar", m, "attention.key_length");
    number(json, mixtral ? "num_local_experts" : "num_experts", m, "expert_count");
    number(json, "num_experts_per_tok", m, "expert_used_count");
    number(json, "moe_intermediate_size", m, "expert_feed_forward_length");
    json.add("\"norm_topk_prob\":true");
    @Nullable Tensor factors = file.tensors().get("rope_freqs.weight");
    if (factors != null) {
      String list = Arrays.toString(factors.toFloats());
      json.add(
          "\"rope_scaling\":{\"rope_type\":\"longrope\",\"attention_factor\":1.0,"
              + "\"short_factor\":%s,\"long_factor\":%s}".formatted(list, list));
    }
    return json.toString();
  }

  private void number(StringJoiner json, String name, GgufMetadata metadata, String key) {
    String full = architecture + "." + key;
    if (metadata.has(full)) {
      json.add("\"%s\":%s".formatted(name, metadata.asMap().get(full)));
    }
  }
}

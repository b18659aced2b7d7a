package dev.zhixing.engine.safetensors;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates Hugging Face's names of tensors into GGUF's. */
final class HuggingFaceNames {
  private static final Map<String, String> TOP =
      Map.ofEntries(
          Map.entry("embed_tokens", "token_embd"),
          Map.entry("norm", "output_norm"),
          Map.entry("lm_head", "output"),
          Map.entry("wte", "token_embd"),
          Map.entry("wpe", "position_embd"),
          Map.entry("ln_f", "output_norm"));

  private static final Map<String, String> LAYER =
      Map.ofEntries(
          Map.entry("input_layernorm", "attn_norm"),
          Map.entry("post_attention_layernorm", "ffn_norm"),
          Map.entry("self_attn.q_proj", "attn_q"),
          Map.entry("self_attn.k_proj", "attn_k"),
          Map.entry("self_attn.v_proj", "attn_v"),
          Map.entry("self_attn.o_proj", "attn_output"),
          Map.entry("self_attn.qkv_proj", "attn_qkv"),
          Map.entry("self_attn.q_norm", "attn_q_norm"),
          Map.entry("self_attn.k_norm", "attn_k_norm"),
          Map.entry("mlp.gate_proj", "ffn_gate"),
          Map.entry("mlp.up_proj", "ffn_up"),
          Map.entry("mlp.gate_up_proj", "ffn_up"),
          Map.entry("mlp.down_proj", "ffn_down"),
          Map.entry("mlp.gate", "ffn_gate_inp"),
          Map.entry("block_sparse_moe.gate", "ffn_gate_inp"),
          Map.entry("ln_1", "attn_norm"),
          Map.entry("ln_2", "ffn_norm"),
          Map.entry("attn.c_attn", "attn_qkv"),
          Map.entry("attn.c_proj", "attn_output"),
          Map.entry("mlp.c_fc", "ffn_up"),
          Map.entry("mlp.c_proj", "ffn_down"));

  /** What gemma names otherwise: it has norms behind the blocks, too. */
  private static final Map<String, String> GEMMA =
      Map.of(
          "post_attention_layernorm", "post_attention_norm",
          "pre_feedforward_layernorm", "ffn_norm",
          "post_feedforward_layernorm", "post_ffw_norm");

  private static final Map<String, String> EXPERT =
      Map.of(
          "w1", "ffn_gate",
          "w2", "ffn_down",
          "w3", "ffn_up",
          "gate_proj", "ffn_gate",
          "down_proj", "ffn_down",
          "up_proj", "ffn_up");

  /** All experts in one tensor, as transformers 5 has them; these names have no ending. */
  private static final Map<String, String> JOINED =
      Map.of(
          "gate_up_proj", "ffn_gate_up_exps.weight",
          "down_proj", "ffn_down_exps.weight");

  private final boolean gemma;
  private final boolean tied;

  HuggingFaceNames(HuggingFaceConfig config) {
    gemma = config.isGemma();
    tied = config.isTied();
  }

  /** Returns GGUF's name, or nothing for a tensor that no text model needs. */
  Optional<String> of(String name) {
    String rest = name;
    for (String prefix : new String[] {"model.", "language_model.", "model.", "transformer."}) {
      rest = rest.startsWith(prefix) ? rest.substring(prefix.length()) : rest;
    }
    if (rest.startsWith("layers.")
        && rest.contains(".experts.")
        && JOINED.containsKey(last(rest))) {
      String layer = rest.substring("layers.".length());
      return Optional.of(
          "blk." + layer.substring(0, layer.indexOf('.')) + "." + JOINED.get(last(rest)));
    }
    int dot = rest.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String ending = rest.substring(dot);
    String stem = rest.substring(0, dot);
    if (!ending.equals(".weight") && !ending.equals(".bias")) {
      return Optional.empty(); // buffers such as rotary_emb.inv_freq and gpt2's mask
    }
    if ((stem.equals("lm_head") && tied) || stem.equals("attn")) {
      return Optional.empty();
    }
    @Nullable String top = TOP.get(stem);
    if (top != null) {
      return Optional.of(top + ending);
    }
    String layers = stem.startsWith("layers.") ? "layers." : "h.";
    return stem.startsWith(layers)
        ? layer(stem.substring(layers.length()), ending)
        : Optional.empty();
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private Optional<String> layer(String numbered, String ending) {
    int dot = numbered.indexOf('.');
    if (dot < 1) {
      return Optional.empty();
    }
    String block = "blk." + numbered.substring(0, dot) + ".";
    String part = numbered.substring(dot + 1);
    if (part.equals("attn") || part.endsWith("rotary_emb")) {
      return Optional.empty();
    }
    @Nullable String known = gemma ? GEMMA.getOrDefault(part, LAYER.get(part)) : LAYER.get(part);
    if (known != null) {
      return Optional.of(block + known + ending);
    }
    return Optional.of(block + expert(part) + ending);
  }

  /** An expert's matrix; or the name as it is, which no family knows and so refuses. */
  private static String expert(String part) {
    int at = part.indexOf(".experts.");
    int dot = part.lastIndexOf('.');
    if (at >= 0 && dot > at + 9) {
      @Nullable String known = EXPERT.get(part.substring(dot + 1));
      if (known != null) {
        return known + "." + part.substring(at + 9, dot);
      }
    }
    return part;
  }
}

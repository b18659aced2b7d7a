package dev.zhixing.engine.safetensors;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates Hugging Face's names of a BERT encoder's tensors into GGUF's. */
final class BertNames {
  private static final String LAYER = "encoder.layer.";

  private static final Map<String, String> TOP =
      Map.of(
          "embeddings.word_embeddings", "token_embd",
          "embeddings.position_embeddings", "position_embd",
          "embeddings.token_type_embeddings", "token_types",
          "embeddings.LayerNorm", "token_embd_norm",
          "cls.predictions.transform.dense", "mlm_dense",
          "cls.predictions.transform.LayerNorm", "mlm_norm",
          "cls.predictions", "mlm_output");

  private static final Map<String, String> PARTS =
      Map.of(
          "attention.self.query", "attn_q",
          "attention.self.key", "attn_k",
          "attention.self.value", "attn_v",
          "attention.output.dense", "attn_output",
          "attention.output.LayerNorm", "attn_output_norm",
          "intermediate.dense", "ffn_up",
          "output.dense", "ffn_down",
          "output.LayerNorm", "layer_output_norm");

  private BertNames() {}

  /** Returns GGUF's name, or nothing for a tensor that is not needed, such as the pooler's. */
  static Optional<String> of(String name) {
    String rest = name.startsWith("bert.") ? name.substring(5) : name;
    int dot = rest.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String stem = rest.substring(0, dot);
    String ending =
        switch (rest.substring(dot)) {
          case ".weight", ".gamma" -> ".weight"; // the oldest files name norms so
          case ".bias", ".beta" -> ".bias";
          default -> "";
        };
    @Nullable String known = TOP.get(stem);
    int number = rest.startsWith(LAYER) ? rest.indexOf('.', LAYER.length()) : -1;
    if (known == null && number > 0 && number < dot) {
      @Nullable String part = PARTS.get(rest.substring(number + 1, dot));
      known = part == null ? null : "blk." + rest.substring(LAYER.length(), number) + "." + part;
    }
    return known == null || ending.isEmpty() ? Optional.empty() : Optional.of(known + ending);
  }
}

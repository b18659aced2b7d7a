package dev.zhixing.engine.onnx;

import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the weights of a BERT model out of the ONNX file that PyTorch exported, and gives them the
 * names of a GGUF file. Matrices of multiplications are anonymous in such a file and lie as [in,
 * out]; the node that uses one says whose it is. Other tensors carry Hugging Face's names.
 */
public final class OnnxBert {
  private static final String LAYER = "encoder.layer.";

  /** Hugging Face's names and GGUF's, of a layer's matrices with their biases. */
  private static final List<Map.Entry<String, String>> MATRICES =
      List.of(
          Map.entry("attention.self.query", "attn_q"),
          Map.entry("attention.self.key", "attn_k"),
          Map.entry("attention.self.value", "attn_v"),
          Map.entry("attention.output.dense", "attn_output"),
          Map.entry("intermediate.dense", "ffn_up"),
          Map.entry("output.dense", "ffn_down"));

  private final OnnxFile file;
  private final GgufWriter to;
  private final Map<String, String> matrices = new HashMap<>(); // path of the module to initializer

  private OnnxBert(OnnxFile file, GgufWriter to) {
    this.file = file;
    this.to = to;
    for (OnnxNode node : file.nodes()) {
      if (node.operation().equals("MatMul")
          && node.inputs().size() == 2
          && file.tensors().containsKey(node.inputs().getLast())
          && node.name().endsWith("/MatMul")) {
        String path = node.name().substring(1, node.name().length() - "/MatMul".length());
        matrices.put(path.replace('/', '.'), node.inputs().getLast());
      }
    }
  }

  /**
   * Adds the architecture's keys and all tensors, as F32.
   *
   * @param heads attention heads, which the file says only between the lines
   * @param poolingType 1 for the mean of the tokens, 2 for the first token
   * @throws OnnxException if a tensor is missing or has another shape
   */
  public static void copy(OnnxFile file, int heads, int poolingType, GgufWriter to) {
    new OnnxBert(file, to).copy(heads, poolingType);
  }

  private void copy(int heads, int poolingType) {
    List<Long> tokens = matrix("embeddings.word_embeddings.weight").shape();
    long width = tokens.getLast();
    long context = matrix("embeddings.position_embeddings.weight").shape().getFirst();
    long types = matrix("embeddings.token_type_embeddings.weight").shape().getFirst();
    int layers = 0;
    while (matrices.containsKey(LAYER + layers + ".output.dense")) {
      layers++;
    }
    long inner = layers == 0 ? 1 : linear(LAYER + "0.intermediate.dense").shape().getLast();
    to.string("general.architecture", "bert")
        .uint32("bert.block_count", layers)
        .uint32("bert.context_length", context)
        .uint32("bert.embedding_length", width)
        .uint32("bert.feed_forward_length", inner)
        .uint32("bert.attention.head_count", heads)
        .float32("bert.attention.layer_norm_epsilon", 1e-12f)
        .flag("bert.attention.causal", false)
        .uint32("bert.pooling_type", poolingType)
        .uint32("tokenizer.ggml.token_type_count", types);
    table("embeddings.word_embeddings", "token_embd", tokens.getFirst(), width);
    table("embeddings.position_embeddings", "position_embd", context, width);
    table("embeddings.token_type_embeddings", "token_types", types, width);
    norm("embeddings.LayerNorm", "token_embd_norm", width);
    for (int i = 0; i < layers; i++) {
      layer(LAYER + i + ".", "blk." + i + ".", width, inner);
    }
  }

  private void layer(String from, String name, long width, long inner) {
    for (Map.Entry<String, String> entry : MATRICES) {
      long rows = entry.getValue().equals("ffn_up") ? inner : width;
      long columns = entry.getValue().equals("ffn_down") ? inner : width;
      String module = from + entry.getKey();
      OnnxTensor weight = linear(module);
      if (!weight.shape().equals(List.of(columns, rows))) {
        throw new OnnxException(
            "%s: %s: expected [%d, %d], found %s"
                .formatted(file.name(), module, columns, rows, weight.shape()));
      }
      String target = name + entry.getValue();
      to.tensor(target + ".weight", TensorType.F32, weight.transposed(), rows, columns);
      vector(module + ".bias", target + ".bias", rows);
    }
    norm(from + "attention.output.LayerNorm", name + "attn_output_norm", width);
    norm(from + "output.LayerNorm", name + "layer_output_norm", width);
  }

  private void table(String from, String name, long rows, long width) {
    float[] numbers = file.tensor(from + ".weight", rows, width).toFloats();
    to.tensor(name + ".weight", TensorType.F32, numbers, rows, width);
  }

  private void norm(String from, String name, long width) {
    vector(from + ".weight", name + ".weight", width);
    vector(from + ".bias", name + ".bias", width);
  }

  private void vector(String from, String name, long size) {
    to.tensor(name, TensorType.F32, file.tensor(from, size).toFloats(), size);
  }

  private OnnxTensor matrix(String name) {
    @Nullable OnnxTensor found = file.tensors().get(name);
    if (found == null || found.shape().size() != 2) {
      throw new OnnxException(
          "%s: %s: expected a single-precision matrix, found %s; is it a BERT model?"
              .formatted(file.name(), name, found == null ? "none" : found.shape()));
    }
    return found;
  }

  private OnnxTensor linear(String module) {
    @Nullable String initializer = matrices.get(module);
    if (initializer == null) {
      throw new OnnxException(
          "%s: %s: expected a node that multiplies with its weights, found none; is it a BERT model?"
              .formatted(file.name(), module));
    }
    return matrix(initializer);
  }
}

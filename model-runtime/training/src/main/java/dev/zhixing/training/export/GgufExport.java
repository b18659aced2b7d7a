package dev.zhixing.training.export;

import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.TensorType;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.training.layer.Layout;
import dev.zhixing.training.layer.ModelShape;
import dev.zhixing.training.layer.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes weights and vocabulary as a GGUF file of architecture {@code llama}. The head is tied: the
 * file has no {@code output.weight}. Norms are always F32.
 */
public final class GgufExport {
  private final GgufWriter writer = new GgufWriter();
  private final Weights weights;
  private final TensorType type;

  private GgufExport(Weights weights, TensorType type) {
    this.weights = weights;
    this.type = type;
  }

  /**
   * Writes the file whole or not at all.
   *
   * @param metadata further keys, e.g. {@code general.name}, with text values
   * @param type how matrices are stored
   * @throws IllegalArgumentException if vocabulary and weights differ in size
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(
      Path file,
      Weights weights,
      BytePairVocabulary vocabulary,
      Map<String, String> metadata,
      TensorType type) {
    int expected = weights.layout().shape().vocab();
    if (vocabulary.tokens().size() != expected) {
      throw new IllegalArgumentException(
          "%s: expected a vocabulary of %d tokens, as the weights have, found %d"
              .formatted(file, expected, vocabulary.tokens().size()));
    }
    GgufExport export = new GgufExport(weights, type);
    export.architecture();
    metadata.forEach(export.writer::string);
    vocabulary.writeTo(export.writer);
    export.tensors();
    export.writer.write(file);
  }

  private void architecture() {
    ModelShape shape = weights.layout().shape();
    writer
        .string("general.architecture", "llama")
        .uint32("llama.vocab_size", shape.vocab())
        .uint32("llama.context_length", shape.contextLength())
        .uint32("llama.embedding_length", shape.dim())
        .uint32("llama.block_count", shape.layers())
        .uint32("llama.feed_forward_length", shape.ffn())
        .uint32("llama.attention.head_count", shape.heads())
        .uint32("llama.attention.head_count_kv", shape.kvHeads())
        .uint32("llama.rope.dimension_count", shape.headWidth())
        .float32("llama.rope.freq_base", (float) shape.ropeTheta())
        .float32("llama.attention.layer_norm_rms_epsilon", ModelShape.EPSILON);
  }

  private void tensors() {
    Layout layout = weights.layout();
    ModelShape shape = layout.shape();
    int dim = shape.dim();
    matrix("token_embd.weight", layout.embedding(), shape.vocab(), dim);
    for (int l = 0; l < shape.layers(); l++) {
      String block = "blk." + l + ".";
      int qkv = layout.qkv(l);
      vector(block + "attn_norm.weight", layout.attentionNorm(l));
      matrix(block + "attn_q.weight", qkv, dim, dim);
      matrix(block + "attn_k.weight", qkv + dim * dim, shape.kvWidth(), dim);
      int values = qkv + (dim + shape.kvWidth()) * dim;
      matrix(block + "attn_v.weight", values, shape.kvWidth(), dim);
      matrix(block + "attn_output.weight", layout.attentionOutput(l), dim, dim);
      vector(block + "ffn_norm.weight", layout.ffnNorm(l));
      matrix(block + "ffn_gate.weight", layout.gateUp(l), shape.ffn(), dim);
      matrix(block + "ffn_up.weight", layout.gateUp(l) + shape.ffn() * dim, shape.ffn(), dim);
      matrix(block + "ffn_down.weight", layout.down(l), dim, shape.ffn());
    }
    vector("output_norm.weight", layout.finalNorm());
  }

  private void matrix(String name, int offset, int rows, int columns) {
    writer.tensor(name, type, values(offset, rows * columns), rows, columns);
  }

  private void vector(String name, int offset) {
    int dim = weights.layout().shape().dim();
    writer.tensor(name, TensorType.F32, values(offset, dim), dim);
  }

  private float[] values(int offset, int count) {
    return Arrays.copyOfRange(weights.values(), offset, offset + count);
  }
}

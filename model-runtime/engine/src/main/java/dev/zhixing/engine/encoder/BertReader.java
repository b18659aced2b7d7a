package dev.zhixing.engine.encoder;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.kernel.DenseWeights;
import dev.zhixing.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of the architecture {@code bert}, with llama.cpp's names of keys and tensors. GGUF
 * has no names for the head of the masked-language model; here they are {@code mlm_dense}, {@code
 * mlm_norm} and {@code mlm_output.bias}.
 */
final class BertReader {
  static final String ARCHITECTURE = "bert";

  private static final int MAX_SIZE = 1 << 20;

  private final ModelFile file;

  BertReader(ModelFile file) {
    this.file = file;
    String architecture = file.metadata().string("general.architecture");
    if (!architecture.equals(ARCHITECTURE)) {
      throw new GgufException(
          "%s: key 'general.architecture': expected 'bert', found '%s'; is it an encoder?"
              .formatted(file.name(), architecture));
    }
  }

  EncoderConfig config() {
    int width = size("bert.embedding_length");
    int heads = size("bert.attention.head_count");
    if (width % heads != 0) {
      throw new GgufException(
          "%s: key 'bert.attention.head_count': expected a divisor of the width %d, found %d"
              .formatted(file.name(), width, heads));
    }
    @Nullable Tensor tokens = file.tensors().get("token_embd.weight");
    int vocabulary = tokens == null ? 0 : tokens.rows();
    return new EncoderConfig(
        vocabulary,
        width,
        size("bert.block_count"),
        heads,
        size("bert.feed_forward_length"),
        size("bert.context_length"),
        epsilon(),
        pooling());
  }

  private int size(String key) {
    long size = file.metadata().integer(key);
    if (size < 1 || size > MAX_SIZE) {
      throw new GgufException(
          "%s: key '%s': expected 1 to %d, found %d".formatted(file.name(), key, MAX_SIZE, size));
    }
    return (int) size;
  }

  private float epsilon() {
    String key = "bert.attention.layer_norm_epsilon";
    double epsilon = file.metadata().findReal(key).orElse(1e-12);
    if (!(epsilon >= 0 && epsilon < 1)) {
      throw new GgufException(
          "%s: key '%s': expected 0 to 1, found %s".formatted(file.name(), key, epsilon));
    }
    return (float) epsilon;
  }

  /** The numbers are llama.cpp's; a file that does not say is taken for a sentence encoder. */
  private Pooling pooling() {
    GgufMetadata metadata = file.metadata();
    long type = metadata.findInteger("bert.pooling_type").orElse(1);
    if (type < 0 || type > 2) {
      throw new GgufException(
          "%s: key 'bert.pooling_type': expected 0 (none), 1 (mean) or 2 (first token), found %d;"
                  .formatted(file.name(), type)
              + " a model that ranks pairs is not supported");
    }
    return type == 2 ? Pooling.CLS : Pooling.MEAN;
  }

  EncoderWeights weights(EncoderConfig config) {
    int width = config.width();
    List<EncoderWeights.Layer> layers = new ArrayList<>();
    Tensor tokens = file.tensor("token_embd.weight", config.vocabulary(), width);
    Tensor positions = file.tensor("position_embd.weight", config.contextLength(), width);
    for (int i = 0; i < config.layers(); i++) {
      layers.add(layer("blk." + i + ".", config));
    }
    return new EncoderWeights(
        tokens, positions, types(width), norm("token_embd_norm", config), layers, head(config));
  }

  private @Nullable Tensor types(int width) {
    @Nullable Tensor types = file.tensors().get("token_types.weight");
    return types == null
        ? null
        : file.tensor("token_types.weight", types.shape().getFirst(), width);
  }

  private EncoderWeights.Layer layer(String prefix, EncoderConfig config) {
    int width = config.width();
    int inner = config.feedForwardWidth();
    return new EncoderWeights.Layer(
        queryKeyValue(prefix, width),
        dense(prefix + "attn_output", width, width),
        norm(prefix + "attn_output_norm", config),
        dense(prefix + "ffn_up", inner, width),
        dense(prefix + "ffn_down", width, inner),
        norm(prefix + "layer_output_norm", config));
  }

  private DenseWeights queryKeyValue(String prefix, int width) {
    if (file.find(prefix + "attn_qkv.weight").isPresent()) {
      return dense(prefix + "attn_qkv", 3L * width, width);
    }
    List<String> names = List.of(prefix + "attn_q", prefix + "attn_k", prefix + "attn_v");
    List<Tensor> weights = new ArrayList<>();
    List<@Nullable Tensor> biases = new ArrayList<>();
    for (String name : names) {
      weights.add(file.tensor(name + ".weight", width, width));
      biases.add(bias(name, width));
    }
    return DenseWeights.of(weights, biases);
  }

  private DenseWeights dense(String name, long rows, long columns) {
    return DenseWeights.of(file.tensor(name + ".weight", rows, columns), bias(name, rows));
  }

  private @Nullable Tensor bias(String name, long rows) {
    boolean there = file.find(name + ".bias").isPresent();
    return there ? file.tensor(name + ".bias", rows) : null;
  }

  private LayerNorm norm(String name, EncoderConfig config) {
    return new LayerNorm(
        file.tensor(name + ".weight", config.width()),
        file.tensor(name + ".bias", config.width()),
        config.epsilon());
  }

  private EncoderWeights.@Nullable MaskedHead head(EncoderConfig config) {
    if (file.find("mlm_dense.weight").isEmpty()) {
      return null;
    }
    return new EncoderWeights.MaskedHead(
        dense("mlm_dense", config.width(), config.width()),
        norm("mlm_norm", config),
        bias("mlm_output", config.vocabulary()));
  }
}

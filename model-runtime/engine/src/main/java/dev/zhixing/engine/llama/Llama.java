package dev.zhixing.engine.llama;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.kernel.Team;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.transformer.ModelConfig;
import dev.zhixing.engine.transformer.Norm;
import dev.zhixing.engine.transformer.Rope;
import dev.zhixing.engine.transformer.Transformer;
import dev.zhixing.engine.transformer.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The llama family: RMS norm before each block, rotary positions in interleaved pairs (with the
 * optional factors of {@code rope_freqs.weight}), grouped-query attention, SwiGLU, and a head that
 * may be tied to the embedding. No biases.
 */
public final class Llama {
  /** The family's value of {@code general.architecture}. */
  public static final String ARCHITECTURE = "llama";

  private final ModelFile file;
  private final GgufMetadata metadata;
  private final ModelConfig config;

  private Llama(ModelFile file) {
    this.file = file;
    this.metadata = file.metadata();
    this.config = readConfig();
  }

  /**
   * Reads a model of the family from a file.
   *
   * @throws GgufException if a key or tensor is missing or does not fit
   */
  public static Transformer read(ModelFile file, Kernels kernels, Team team) {
    Llama llama = new Llama(file);
    return new Transformer(llama.config, llama.weights(), llama.rope(), kernels, team);
  }

  private ModelConfig readConfig() {
    int width = size("embedding_length");
    int heads = size("attention.head_count");
    int keyValueHeads = size("attention.head_count_kv", heads);
    if (heads % keyValueHeads != 0) {
      throw wrong("attention.head_count_kv", "a divisor of " + heads, keyValueHeads);
    }
    int headSize = size("attention.key_length", width / heads);
    int valueSize = size("attention.value_length", headSize);
    if (valueSize != headSize) {
      throw wrong("attention.value_length", "the key length " + headSize, valueSize);
    }
    int ropeSize = size("rope.dimension_count", headSize);
    if (ropeSize > headSize || ropeSize % 2 != 0) {
      throw wrong("rope.dimension_count", "an even number up to " + headSize, ropeSize);
    }
    Optional<Tensor> embedding = file.find("token_embd.weight");
    return new ModelConfig(
        ARCHITECTURE,
        size("context_length"),
        width,
        size("block_count"),
        heads,
        keyValueHeads,
        headSize,
        size("feed_forward_length"),
        embedding.isPresent() ? embedding.get().rows() : size("vocab_size", 1),
        (float) metadata.real(key("attention.layer_norm_rms_epsilon")),
        (float) metadata.findReal(key("rope.freq_base")).orElse(10_000),
        ropeSize);
  }

  private Weights weights() {
    long width = config.width();
    long vocabulary = config.vocabularySize();
    Tensor embedding = file.tensor("token_embd.weight", vocabulary, width);
    Tensor output =
        file.find("output.weight").isPresent()
            ? file.tensor("output.weight", vocabulary, width)
            : embedding;
    List<Weights.Layer> layers = new ArrayList<>(config.layers());
    for (int i = 0; i < config.layers(); i++) {
      layers.add(layer(i));
    }
    return new Weights(embedding, layers, norm("output_norm.weight"), output);
  }

  /** Names are joined by concat, which costs no start-up time as + does. */
  private Weights.Layer layer(int index) {
    String block = "blk.".concat(Integer.toString(index)).concat(".");
    long width = config.width();
    long query = config.queryWidth();
    long keyValue = config.keyValueWidth();
    long inner = config.feedForwardWidth();
    return new Weights.Layer(
        norm(block.concat("attn_norm.weight")),
        file.tensor(block.concat("attn_q.weight"), query, width),
        file.tensor(block.concat("attn_k.weight"), keyValue, width),
        file.tensor(block.concat("attn_v.weight"), keyValue, width),
        file.tensor(block.concat("attn_output.weight"), width, query),
        norm(block.concat("ffn_norm.weight")),
        file.tensor(block.concat("ffn_gate.weight"), inner, width),
        file.tensor(block.concat("ffn_up.weight"), inner, width),
        file.tensor(block.concat("ffn_down.weight"), width, inner));
  }

  private Norm norm(String tensor) {
    return new Norm(file.tensor(tensor, config.width()), config.normEpsilon());
  }

  private Rope rope() {
    float[] factors =
        file.find("rope_freqs.weight").isPresent()
            ? file.tensor("rope_freqs.weight", config.ropeSize() / 2).toFloats()
            : new float[0];
    return new Rope(config.ropeSize(), config.ropeBase(), factors);
  }

  private int size(String name) {
    return checked(name, metadata.integer(key(name)));
  }

  private int size(String name, int fallback) {
    return checked(name, metadata.findInteger(key(name)).orElse(fallback));
  }

  private int checked(String name, long value) {
    if (value < 1 || value > 1 << 24) {
      throw wrong(name, "1 to 16777216", value);
    }
    return (int) value;
  }

  private GgufException wrong(String name, String expected, long found) {
    return new GgufException(
        "%s: key '%s': expected %s, found %d".formatted(file.name(), key(name), expected, found));
  }

  private static String key(String name) {
    return (ARCHITECTURE + ".").concat(name);
  }
}

package dev.zhixing.engine.family;

import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.kernel.Team;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.transformer.ModelConfig;
import dev.zhixing.engine.transformer.Projection;
import dev.zhixing.engine.transformer.Rope;
import dev.zhixing.engine.transformer.Scales;
import dev.zhixing.engine.transformer.Transformer;
import dev.zhixing.engine.transformer.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Composes a decoder from a file as its family's description says. */
final class FamilyReader {
  private static final int MAX_HEAD_SIZE = 1 << 12;
  private static final int MAX_HEADS = 1 << 12;

  private final Family family;
  private final ModelFile file;
  private final MetadataSizes sizes;
  private final ModelConfig config;

  FamilyReader(Family family, ModelFile file) {
    this.family = family;
    this.file = file;
    this.sizes = new MetadataSizes(file, family.architecture());
    this.config = readConfig();
  }

  Transformer read(Kernels kernels, Team team) {
    return new Transformer(config, weights(), scales(), kernels, team);
  }

  private ModelConfig readConfig() {
    int width = sizes.size("embedding_length");
    int heads = sizes.size("attention.head_count");
    if (heads <= MAX_HEADS && width % heads != 0 && !sizes.has("attention.key_length")) {
      throw sizes.wrong("attention.head_count", "a divisor of " + width, Integer.toString(heads));
    }
    int keyValueHeads = sizes.size("attention.head_count_kv", heads);
    if (heads % keyValueHeads != 0) {
      throw sizes.wrong(
          "attention.head_count_kv", "a divisor of " + heads, Integer.toString(keyValueHeads));
    }
    int headSize = sizes.size("attention.key_length", Math.max(1, width / heads));
    int valueSize = sizes.size("attention.value_length", headSize);
    if (valueSize != headSize) {
      throw sizes.wrong(
          "attention.value_length", "the key length " + headSize, Integer.toString(valueSize));
    }
    checkHeads(heads, headSize);
    int ropeSize = sizes.size("rope.dimension_count", headSize);
    if (ropeSize > headSize || ropeSize % 2 != 0) {
      throw sizes.wrong(
          "rope.dimension_count", "an even number up to " + headSize, Integer.toString(ropeSize));
    }
    Optional<Tensor> embedding = file.find("token_embd.weight");
    String epsilon =
        family.has(Trait.LAYER_NORMS)
            ? "attention.layer_norm_epsilon"
            : "attention.layer_norm_rms_epsilon";
    return new ModelConfig(
        family.architecture(),
        sizes.size("context_length"),
        width,
        sizes.size("block_count"),
        heads,
        keyValueHeads,
        headSize,
        feedForwardWidth(),
        embedding.isPresent() ? embedding.get().rows() : sizes.size("vocab_size", 1),
        notNegative(epsilon, sizes.real(epsilon)),
        ropeBase(),
        ropeSize);
  }

  /** More than any model has; what is behind this counts in ints and makes tables of this size. */
  private void checkHeads(int heads, int headSize) {
    if (headSize > MAX_HEAD_SIZE) {
      throw sizes.wrong(
          "attention.key_length", "1 to " + MAX_HEAD_SIZE, Integer.toString(headSize));
    }
    if (heads > MAX_HEADS) {
      throw sizes.wrong("attention.head_count", "1 to " + MAX_HEADS, Integer.toString(heads));
    }
  }

  private int feedForwardWidth() {
    if (!family.has(Trait.EXPERTS)) {
      return sizes.size("feed_forward_length");
    }
    return sizes.has("expert_feed_forward_length")
        ? sizes.size("expert_feed_forward_length")
        : Math.max(1, sizes.size("feed_forward_length") / sizes.size("expert_used_count"));
  }

  private Scales scales() {
    int perHead =
        config.layers() == family.wideHeadLayers()
            ? config.width() / config.heads()
            : config.headSize();
    float attention = notNegative("attention.scale", sizes.real("attention.scale", 0));
    return new Scales(
        family.has(Trait.SCALED_EMBEDDING) ? (float) Math.sqrt(config.width()) : 1,
        attention > 0 ? attention : Scales.of(perHead).attention(),
        cap("attn_logit_softcapping", 50),
        cap("final_logit_softcapping", 30));
  }

  /** A bound that the family has, or a file that names it. */
  private float cap(String name, float fallback) {
    return notNegative(name, sizes.real(name, family.has(Trait.SOFT_CAPS) ? fallback : 0));
  }

  private float notNegative(String name, float value) {
    if (value < 0) {
      throw sizes.wrong(name, "0 or more", Float.toString(value));
    }
    return value;
  }

  private float ropeBase() {
    float base = sizes.real("rope.freq_base", 10_000);
    if (base <= 0) {
      throw sizes.wrong("rope.freq_base", "a number above 0", Float.toString(base));
    }
    return base;
  }

  private Weights weights() {
    long width = config.width();
    long vocabulary = config.vocabularySize();
    Tensor embedding = file.tensor("token_embd.weight", vocabulary, width);
    LayerReader reader = new LayerReader(family, file, sizes, config);
    @Nullable Tensor positions =
        family.has(Trait.LEARNED_POSITIONS)
            ? file.tensor("position_embd.weight", config.contextLength(), width)
            : null;
    Tensor output =
        file.find("output.weight").isPresent()
            ? file.tensor("output.weight", vocabulary, width)
            : embedding;
    float[] bias =
        file.find("output.bias").isPresent()
            ? file.tensor("output.bias", vocabulary).toFloats()
            : new float[0];
    List<Weights.Layer> layers = layers(reader);
    reader.checkAllUsed();
    return new Weights(
        embedding, positions, layers, reader.norm("output_norm"), new Projection(output, bias));
  }

  private List<Weights.Layer> layers(LayerReader reader) {
    WindowReader windows = new WindowReader(family, sizes, file.metadata(), config.layers());
    @Nullable Rope rope = null;
    @Nullable Rope local = null;
    if (!family.has(Trait.LEARNED_POSITIONS)) {
      RopeReader ropes =
          new RopeReader(file, sizes, style(), config.ropeSize(), config.contextLength());
      rope = ropes.scaled(config.ropeBase());
      String key = "rope.freq_base_swa";
      float base = notNegative(key, sizes.real(key, family.window().ropeBase()));
      local = base > 0 ? ropes.plain(base) : rope;
    }
    List<Weights.Layer> layers = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      int window = windows.of(i);
      layers.add(reader.read(i, window > 0 ? local : rope, window));
    }
    return layers;
  }

  /** A file whose weights are not permuted, as Hugging Face's are not, rotates halves. */
  private Rope.Style style() {
    return file.metadata().flag(sizes.key("rope.halves"), false)
        ? Rope.Style.HALVES
        : family.rope();
  }
}

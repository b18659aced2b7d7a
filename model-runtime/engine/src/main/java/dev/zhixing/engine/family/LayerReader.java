package dev.zhixing.engine.family;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.transformer.FeedForward;
import dev.zhixing.engine.transformer.LayerNorm;
import dev.zhixing.engine.transformer.ModelConfig;
import dev.zhixing.engine.transformer.Norm;
import dev.zhixing.engine.transformer.Projection;
import dev.zhixing.engine.transformer.RmsNorm;
import dev.zhixing.engine.transformer.Rope;
import dev.zhixing.engine.transformer.Weights;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a layer's tensors. Names are joined by concat, which costs no start-up time as + does.
 *
 * <p>A bias is read where the file has one, and must be there where the family says so.
 */
final class LayerReader {
  private final Family family;
  private final ModelFile file;
  private final ModelConfig config;
  private final ExpertReader experts;
  private final Set<String> used = new HashSet<>();

  LayerReader(Family family, ModelFile file, MetadataSizes sizes, ModelConfig config) {
    this.family = family;
    this.file = file;
    this.config = config;
    this.experts = new ExpertReader(family, sizes, config, this);
  }

  Weights.Layer read(int index, @Nullable Rope rope, int window) {
    String block = "blk.".concat(Integer.toString(index)).concat(".");
    boolean post = family.has(Trait.POST_NORMS);
    return new Weights.Layer(
        norm(block.concat("attn_norm")),
        heads(block, rope, window),
        post ? norm(block.concat("post_attention_norm")) : null,
        norm(block.concat("ffn_norm")),
        experts.count() > 0 ? experts.read(block) : feedForward(block),
        post ? norm(block.concat("post_ffw_norm")) : null);
  }

  private Weights.Heads heads(String block, @Nullable Rope rope, int window) {
    int width = config.width();
    int query = config.queryWidth();
    int keyValue = config.keyValueWidth();
    boolean biased = family.has(Trait.BIASES);
    boolean threeBiased = biased || family.has(Trait.QUERY_KEY_VALUE_BIASES);
    boolean normed = family.has(Trait.HEAD_NORMS);
    Slices three;
    if (file.find(block.concat("attn_qkv.weight")).isPresent()) {
      three = fused(block.concat("attn_qkv"), query + 2 * keyValue, threeBiased);
    } else {
      three =
          new Slices(
              matrix(block.concat("attn_q"), query, width, threeBiased),
              matrix(block.concat("attn_k"), keyValue, width, threeBiased),
              matrix(block.concat("attn_v"), keyValue, width, threeBiased));
    }
    return new Weights.Heads(
        three.query,
        three.key,
        three.value,
        matrix(block.concat("attn_output"), width, query, biased),
        normed ? headNorm(block.concat("attn_q_norm.weight")) : null,
        normed ? headNorm(block.concat("attn_k_norm.weight")) : null,
        rope,
        window);
  }

  private record Slices(Projection query, Projection key, Projection value) {}

  private Slices fused(String name, int rows, boolean biased) {
    Tensor weight = tensor(name.concat(".weight"), rows, config.width());
    float[] bias = bias(name, rows, biased);
    int query = config.queryWidth();
    int keyValue = config.keyValueWidth();
    return new Slices(
        Views.rows(weight, bias, 0, query),
        Views.rows(weight, bias, query, keyValue),
        Views.rows(weight, bias, query + keyValue, keyValue));
  }

  private FeedForward feedForward(String block) {
    int width = config.width();
    int inner = config.feedForwardWidth();
    boolean biased = family.has(Trait.BIASES);
    String up = block.concat("ffn_up");
    Projection down = matrix(block.concat("ffn_down"), width, inner, biased);
    if (family.has(Trait.PLAIN_FEED_FORWARD)) {
      return new FeedForward.Plain(matrix(up, inner, width, biased), down, family.activation());
    }
    if (family.has(Trait.FUSED_GATE)) {
      Tensor both = tensor(up.concat(".weight"), 2L * inner, width);
      float[] bias = bias(up, 2L * inner, biased);
      return new FeedForward.Gated(
          Views.rows(both, bias, 0, inner),
          Views.rows(both, bias, inner, inner),
          down,
          family.activation());
    }
    return new FeedForward.Gated(
        matrix(block.concat("ffn_gate"), inner, width, biased),
        matrix(up, inner, width, biased),
        down,
        family.activation());
  }

  /** Reads the norm of this name, without the ending. */
  Norm norm(String name) {
    Tensor weight = tensor(name.concat(".weight"), config.width());
    return family.has(Trait.LAYER_NORMS)
        ? new LayerNorm(weight, tensor(name.concat(".bias"), config.width()), config.normEpsilon())
        : new RmsNorm(weight, config.normEpsilon());
  }

  private Norm headNorm(String name) {
    return new RmsNorm(tensor(name, config.headSize()), config.normEpsilon());
  }

  /** Reads a matrix by its name without the ending, with its bias if there is one. */
  private Projection matrix(String name, long rows, long columns, boolean biased) {
    return new Projection(tensor(name.concat(".weight"), rows, columns), bias(name, rows, biased));
  }

  private float[] bias(String name, long rows, boolean required) {
    String bias = name.concat(".bias");
    return required || file.find(bias).isPresent() ? tensor(bias, rows).toFloats() : new float[0];
  }

  Tensor tensor(String name, long... shape) {
    used.add(name);
    return file.tensor(name, shape);
  }

  boolean has(String name) {
    return file.find(name).isPresent();
  }

  /** Refuses a file with tensors in its layers that would be ignored. */
  void checkAllUsed() {
    for (String name : file.tensors().keySet()) {
      if (name.startsWith("blk.") && !used.contains(name) && !name.endsWith("rot_embd.weight")) {
        throw new GgufException(
            "%s: %s: expected only tensors that the architecture '%s' uses, found this one; is it"
                    .formatted(file.name(), name, family.architecture())
                + " the right architecture?");
      }
    }
  }
}

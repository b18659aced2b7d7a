package dev.zhixing.engine.safetensors;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates how positions are rotated: the base, and {@code rope_scaling} of every kind. */
final class RopeConfig {
  private final HuggingFaceConfig config;
  private final Map<?, ?> scaling;
  private final double base;
  private final int size;

  RopeConfig(HuggingFaceConfig config) {
    this.config = config;
    // Since transformers 5, rope_parameters holds the base, too, per kind of layer for gemma3.
    Map<?, ?> parameters = map(config.value("rope_parameters"));
    Map<?, ?> full = map(parameters.get("full_attention"));
    Map<?, ?> both = full.isEmpty() ? parameters : full;
    scaling = both.isEmpty() ? map(config.value("rope_scaling")) : both;
    base = real("rope_theta", config.real("rope_theta", defaultBase()));
    double part = real("partial_rotary_factor", config.real("partial_rotary_factor", 1));
    if (!(part > 0 && part <= 1)) {
      throw config.wrong(
          "partial_rotary_factor", "a number above 0 and up to 1", Double.toString(part));
    }
    size = (int) (config.headSize() * part);
    Map<?, ?> sliding = map(parameters.get("sliding_attention"));
    if (config.isGemma() && !config.type().equals("gemma2")) {
      double local =
          config.number(
              "rope_theta", sliding.get("rope_theta"), config.real("rope_local_base_freq", 10_000));
      config.set("rope.freq_base_swa", (float) local);
    }
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private double defaultBase() {
    return switch (config.type()) {
      case "mixtral", "gemma3", "gemma3_text" -> 1e6;
      case "ernie4_5" -> 5e5;
      default -> 1e4;
    };
  }

  void read() {
    config.set("rope.freq_base", (float) base);
    config.set("rope.dimension_count", size);
    boolean permutedInGguf = List.of("llama", "mistral", "mixtral").contains(config.type());
    if (permutedInGguf) {
      config.set("rope.halves", true);
    }
    Object kind = scaling.containsKey("rope_type") ? scaling.get("rope_type") : scaling.get("type");
    switch (kind == null ? "default" : kind.toString()) {
      case "default", "dynamic" -> {} // dynamic: the same within the context
      case "linear" -> scale("linear");
      case "yarn" -> yarn();
      case "llama3" -> config.ropeFactors().put("rope_freqs.weight", llamaFactors());
      case "longrope", "su" -> longFactors();
      default ->
          throw config.wrong(
              "rope_scaling",
              "default, linear, dynamic, yarn, llama3 or longrope",
              String.valueOf(kind));
    }
  }

  private void scale(String kind) {
    config.set("rope.scaling.type", kind);
    config.set("rope.scaling.factor", (float) real("factor", 1));
  }

  private void yarn() {
    scale("yarn");
    config.set("rope.scaling.original_context_length", original());
    config.set("rope.scaling.yarn_beta_fast", (float) real("beta_fast", 32));
    config.set("rope.scaling.yarn_beta_slow", (float) real("beta_slow", 1));
    double usual = 0.1 * Math.log(real("factor", 1)) + 1;
    config.set("rope.scaling.attn_factor", (float) (real("attention_factor", usual) / usual));
  }

  /** What the frequencies of Llama 3 are divided by: nothing for short waves, all for long ones. */
  private float[] llamaFactors() {
    double factor = real("factor", 8);
    double low = real("low_freq_factor", 1);
    double high = real("high_freq_factor", 4);
    double context = real("original_max_position_embeddings", 8192);
    float[] factors = new float[size / 2];
    for (int i = 0; i < factors.length; i++) {
      double turns = context * Math.pow(base, -2.0 * i / size) / (2 * Math.PI);
      double kept = Math.clamp((turns - low) / (high - low), 0, 1);
      factors[i] = (float) (1 / ((1 - kept) / factor + kept));
    }
    return factors;
  }

  private void longFactors() {
    int original = original();
    config.set("rope.scaling.type", "longrope");
    config.set("rope.scaling.original_context_length", original);
    double longer = (double) config.size("max_position_embeddings") / original;
    double usual = longer <= 1 ? 1 : Math.sqrt(1 + Math.log(longer) / Math.log(original));
    config.set("rope.scaling.attn_factor", (float) real("attention_factor", usual));
    config.ropeFactors().put("rope_factors_long.weight", floats("long_factor"));
    config.ropeFactors().put("rope_factors_short.weight", floats("short_factor"));
  }

  private int original() {
    int whole = config.size("max_position_embeddings");
    int outer = config.size("original_max_position_embeddings", whole);
    double original = real("original_max_position_embeddings", outer);
    if (!(original >= 1 && original <= 1 << 24)) {
      throw config.wrong(
          "original_max_position_embeddings", "1 to 16777216", Double.toString(original));
    }
    return (int) original;
  }

  private float[] floats(String key) {
    if (!(scaling.get(key) instanceof List<?> list) || list.size() != size / 2) {
      throw config.wrong(key, size / 2 + " numbers", String.valueOf(scaling.get(key)));
    }
    float[] floats = new float[list.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) config.number(key, list.get(i), 1);
    }
    return floats;
  }

  private double real(String key, double fallback) {
    return config.number(key, scaling.get(key), fallback);
  }
}

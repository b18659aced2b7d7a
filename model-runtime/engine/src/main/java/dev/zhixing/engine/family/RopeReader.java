package dev.zhixing.engine.family;

import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.transformer.Rope;

/**
 * Reads how positions are rotated: the base, the factors that Llama 3 and Phi 3 divide frequencies
 * by, and the scaling, linear or YaRN.
 *
 * @see <a href="https://arxiv.org/abs/2309.00071">Peng and others 2023, on YaRN</a>
 */
final class RopeReader {
  private final ModelFile file;
  private final MetadataSizes sizes;
  private final Rope.Style style;
  private final int size;
  private final int context;

  /**
   * @param size numbers of a head that are rotated
   * @param context the model's context length
   */
  RopeReader(ModelFile file, MetadataSizes sizes, Rope.Style style, int size, int context) {
    this.file = file;
    this.sizes = sizes;
    this.style = style;
    this.size = size;
    this.context = context;
  }

  /** The rotation as the file describes it. */
  Rope scaled(float base) {
    int original = sizes.size("rope.scaling.original_context_length", context);
    float[] factors = factors("rope_freqs.weight");
    float[] shorter = factors.length > 0 ? factors : factors("rope_factors_short.weight");
    if (factors.length > 0 || context <= original) {
      return scaled(base, shorter, shorter, 0);
    }
    return scaled(base, factors("rope_factors_long.weight"), shorter, original);
  }

  private Rope scaled(float base, float[] factors, float[] shorter, int shortContext) {
    String type = sizes.text("rope.scaling.type", "linear");
    double factor = sizes.real("rope.scaling.factor", sizes.real("rope.scale_linear", 1));
    if (factor < 0) {
      throw sizes.wrong("rope.scaling.factor", "0 or more", Double.toString(factor));
    }
    double scale = factor == 0 ? 1 : 1 / factor;
    float magnitude = sizes.real("rope.scaling.attn_factor", 1);
    double[] longOnes = frequencies(base, factors);
    double[] shortOnes = frequencies(base, shorter);
    switch (type) {
      case "none" -> {}
      case "linear", "longrope" -> {
        times(longOnes, scale);
        times(shortOnes, scale);
      }
      case "yarn" -> {
        yarn(base, longOnes, scale);
        yarn(base, shortOnes, scale);
        magnitude *= yarnMagnitude(scale);
      }
      default -> throw sizes.wrong("rope.scaling.type", "none, linear, yarn or longrope", type);
    }
    return new Rope(style, longOnes, shortOnes, shortContext, magnitude);
  }

  /** The rotation of this base and nothing else. */
  Rope plain(float base) {
    return new Rope(style, frequencies(base), 1);
  }

  private void yarn(float base, double[] frequencies, double scale) {
    int original = sizes.size("rope.scaling.original_context_length", context);
    double fast = sizes.real("rope.scaling.yarn_beta_fast", 32);
    double slow = sizes.real("rope.scaling.yarn_beta_slow", 1);
    double extrapolated = extrapolated();
    double low = Math.max(0, Math.floor(pair(original, fast, base)));
    double high = Math.min(size - 1, Math.ceil(pair(original, slow, base)));
    for (int i = 0; i < frequencies.length; i++) {
      double ramp = Math.clamp((i - low) / Math.max(0.001, high - low), 0, 1);
      double mix = (1 - ramp) * extrapolated;
      frequencies[i] *= scale * (1 - mix) + mix;
    }
  }

  private double extrapolated() {
    return sizes.real("rope.scaling.yarn_ext_factor", 1);
  }

  /** A context that is not stretched needs no sharper attention. */
  private float yarnMagnitude(double scale) {
    return extrapolated() == 0 || scale >= 1 ? 1 : (float) (1 + 0.1 * Math.log(1 / scale));
  }

  /** The pair that turns so many times within the original context. */
  private double pair(int original, double turns, float base) {
    return size * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(base));
  }

  private double[] frequencies(float base, float... factors) {
    double[] frequencies = new double[size / 2];
    for (int i = 0; i < frequencies.length; i++) {
      double factor = factors.length == 0 ? 1 : factors[i];
      frequencies[i] = Math.pow(base, -2.0 * i / size) / factor;
    }
    return frequencies;
  }

  private static void times(double[] frequencies, double scale) {
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] *= scale;
    }
  }

  /** The numbers of a tensor; none if the file has no such tensor. */
  private float[] factors(String tensor) {
    return file.find(tensor).isPresent() ? file.tensor(tensor, size / 2).toFloats() : new float[0];
  }
}

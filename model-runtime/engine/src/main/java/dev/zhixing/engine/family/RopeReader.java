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
    String type = sizes.text("rope.scaling.type", "linear");
    double factor = sizes.real("rope.scaling.factor", sizes.real("rope.scale_linear", 1));
    if (factor < 0) {
      throw sizes.wrong("rope.scaling.factor", "0 or more", Double.toString(factor));
    }
    double scale = factor == 0 ? 1 : 1 / factor;
    float magnitude = sizes.real("rope.scaling.attn_factor", 1);
    double[] frequencies = frequencies(base, factors());
    return switch (type) {
      case "none" -> new Rope(style, frequencies, magnitude);
      case "linear", "longrope" -> new Rope(style, times(frequencies, scale), magnitude);
      case "yarn" -> yarn(base, frequencies, scale, magnitude);
      default -> throw sizes.wrong("rope.scaling.type", "none, linear, yarn or longrope", type);
    };
  }

  /** The rotation of this base and nothing else. */
  Rope plain(float base) {
    return new Rope(style, frequencies(base), 1);
  }

  private Rope yarn(float base, double[] frequencies, double scale, float magnitude) {
    int original = sizes.size("rope.scaling.original_context_length", context);
    double fast = sizes.real("rope.scaling.yarn_beta_fast", 32);
    double slow = sizes.real("rope.scaling.yarn_beta_slow", 1);
    double extrapolated = sizes.real("rope.scaling.yarn_ext_factor", 1);
    double low = Math.max(0, Math.floor(pair(original, fast, base)));
    double high = Math.min(size - 1, Math.ceil(pair(original, slow, base)));
    double[] mixed = new double[frequencies.length];
    for (int i = 0; i < mixed.length; i++) {
      double ramp = Math.clamp((i - low) / Math.max(0.001, high - low), 0, 1);
      double mix = (1 - ramp) * extrapolated;
      mixed[i] = frequencies[i] * (scale * (1 - mix) + mix);
    }
    float more = extrapolated == 0 ? 1 : (float) (1 + 0.1 * Math.log(1 / scale));
    return new Rope(style, mixed, magnitude * more);
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

  private static double[] times(double[] frequencies, double scale) {
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] *= scale;
    }
    return frequencies;
  }

  /** Long factors serve a context that is longer than the original one. */
  private float[] factors() {
    int original = sizes.size("rope.scaling.original_context_length", context);
    String longOrShort =
        context > original ? "rope_factors_long.weight" : "rope_factors_short.weight";
    for (String name : new String[] {"rope_freqs.weight", longOrShort}) {
      if (file.find(name).isPresent()) {
        return file.tensor(name, size / 2).toFloats();
      }
    }
    return new float[0];
  }
}

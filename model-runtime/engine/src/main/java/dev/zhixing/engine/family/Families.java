package dev.zhixing.engine.family;

import static dev.zhixing.engine.family.Trait.BIASES;
import static dev.zhixing.engine.family.Trait.EXPERTS;
import static dev.zhixing.engine.family.Trait.FUSED_GATE;
import static dev.zhixing.engine.family.Trait.HEAD_NORMS;
import static dev.zhixing.engine.family.Trait.LAYER_NORMS;
import static dev.zhixing.engine.family.Trait.LEARNED_POSITIONS;
import static dev.zhixing.engine.family.Trait.PLAIN_FEED_FORWARD;
import static dev.zhixing.engine.family.Trait.POST_NORMS;
import static dev.zhixing.engine.family.Trait.QUERY_KEY_VALUE_BIASES;
import static dev.zhixing.engine.family.Trait.SCALED_EMBEDDING;
import static dev.zhixing.engine.family.Trait.SOFT_CAPS;
import static dev.zhixing.engine.transformer.Activation.GELU;
import static dev.zhixing.engine.transformer.Rope.Style.HALVES;
import static dev.zhixing.engine.transformer.Rope.Style.INTERLEAVED;

import dev.zhixing.engine.family.Family.Window;
import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.kernel.Team;
import dev.zhixing.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder families that the engine runs, one description each. Llama stands for Mistral and
 * Mixtral, too: a file of any family whose keys name experts has mixtures of them.
 */
public final class Families {
  private static final List<Family> ALL =
      List.of(
          Family.of("llama", INTERLEAVED).window(Window.IF_TOLD),
          Family.of("qwen2", HALVES, QUERY_KEY_VALUE_BIASES),
          Family.of("qwen3", HALVES, HEAD_NORMS),
          Family.of("qwen3moe", HALVES, HEAD_NORMS, EXPERTS),
          Family.of("ernie4_5", INTERLEAVED),
          Family.of("phi3", HALVES, FUSED_GATE).window(Window.IF_TOLD),
          Family.of("gemma2", HALVES, POST_NORMS, SCALED_EMBEDDING, SOFT_CAPS)
              .activation(GELU)
              .window(new Window(2, 4096, 0))
              .wideHeads(46),
          Family.of("gemma3", HALVES, HEAD_NORMS, POST_NORMS, SCALED_EMBEDDING)
              .activation(GELU)
              .window(new Window(6, 0, 10_000))
              .wideHeads(62),
          Family.of("gpt2", HALVES, LAYER_NORMS, BIASES, PLAIN_FEED_FORWARD, LEARNED_POSITIONS)
              .activation(GELU));

  private Families() {}

  /** Returns the values of {@code general.architecture} that are supported. */
  public static List<String> architectures() {
    List<String> names = new ArrayList<>();
    for (Family family : ALL) {
      names.add(family.architecture());
    }
    return names;
  }

  /**
   * Reads a decoder from a file.
   *
   * @throws GgufException if the architecture is not supported, or a key or tensor is missing or
   *     does not fit
   */
  public static Transformer read(ModelFile file, Kernels kernels, Team team) {
    String architecture = file.metadata().string("general.architecture");
    for (Family family : ALL) {
      if (family.architecture().equals(architecture)) {
        return new FamilyReader(family, file).read(kernels, team);
      }
    }
    throw new GgufException(
        "%s: key 'general.architecture': expected one of %s, found '%s'; it is not supported"
            .formatted(file.name(), String.join(", ", architectures()), architecture));
  }
}

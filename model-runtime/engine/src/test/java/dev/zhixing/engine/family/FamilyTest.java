package dev.zhixing.engine.family;

import static dev.zhixing.engine.family.NaiveDecoder.HEAD;
import static dev.zhixing.engine.family.NaiveDecoder.INNER;
import static dev.zhixing.engine.family.NaiveDecoder.LAYERS;
import static dev.zhixing.engine.family.NaiveDecoder.VOCABULARY;
import static dev.zhixing.engine.family.NaiveDecoder.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.SessionOptions;
import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.TensorType;
import dev.zhixing.engine.transformer.CacheType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no reference file covers, against a naive computation. */
class FamilyTest {
  private static final int LENGTH = 80; // two pages of the cache

  @TempDir private Path folder;
  private final RandomFamily family = new RandomFamily();
  private final Map<String, float[]> weights = family.weights();
  private SessionOptions options = SessionOptions.standard();

  @Test
  void scalesPositionsLinearly() {
    GgufWriter file = RandomFamily.keys("llama").string("llama.rope.scaling.type", "linear");
    file.float32("llama.rope.scaling.factor", 4);

    check(file, plain(HEAD, pair -> 0.25), false, 1, LENGTH);
  }

  @Test
  void takesTheOldKeyOfLinearScaling() {
    GgufWriter file = RandomFamily.keys("llama").float32("llama.rope.scale_linear", 2);

    check(file, plain(HEAD, pair -> 0.5), false, 1, LENGTH);
  }

  @Test
  void scalesPositionsAsYarn() {
    GgufWriter file = RandomFamily.keys("llama").string("llama.rope.scaling.type", "yarn");
    file.float32("llama.rope.scaling.factor", 4)
        .float32("llama.rope.scaling.yarn_beta_fast", 8)
        .uint32("llama.rope.scaling.original_context_length", 500);
    // Pair 0.997 turns 8 times and pair 1.90 once in 500 positions, so pairs 0 to 2 are mixed.
    double[] kept = {1, 0.5, 0, 0};

    check(
        file,
        plain(HEAD, pair -> kept[pair] + (1 - kept[pair]) / 4),
        false,
        1 + 0.1 * Math.log(4),
        LENGTH);
  }

  @Test
  void seesOnlyTheWindow() {
    GgufWriter file = RandomFamily.keys("llama").uint32("llama.attention.sliding_window", 9);

    check(file, plain(HEAD, pair -> 1), false, 1, 9);
  }

  @Test
  void readsFusedTensorsPartialRotationAndShortFactors() {
    GgufWriter file = RandomFamily.keys("phi3").uint32("phi3.rope.dimension_count", 6);
    file.uint32("phi3.attention.sliding_window", 70)
        .uint32("phi3.rope.scaling.original_context_length", 200)
        .float32("phi3.rope.scaling.attn_factor", 1.2f)
        .tensor("rope_factors_short.weight", TensorType.F32, new float[] {1, 2, 4}, 3)
        .tensor("rope_factors_long.weight", TensorType.F32, new float[] {9, 9, 9}, 3);
    family.fuse();

    check(file, plain(6, pair -> 1.0 / (1 << pair)), true, 1.2f, 70);
  }

  @Test
  void takesLongFactorsForAContextLongerThanTheOriginal() {
    GgufWriter file =
        RandomFamily.keys("phi3").uint32("phi3.rope.scaling.original_context_length", 100);
    file.tensor("rope_factors_short.weight", TensorType.F32, new float[] {9, 9, 9, 9}, 4)
        .tensor("rope_factors_long.weight", TensorType.F32, new float[] {1, 2, 4, 8}, 4);
    family.fuse();

    check(file, plain(HEAD, pair -> 1.0 / (1 << pair)), true, 1, LENGTH);
  }

  @Test
  void takesShortFactorsForASessionThatStaysWithinTheOriginalContext() {
    GgufWriter file =
        RandomFamily.keys("phi3").uint32("phi3.rope.scaling.original_context_length", 100);
    file.tensor("rope_factors_short.weight", TensorType.F32, new float[] {1, 2, 4, 8}, 4)
        .tensor("rope_factors_long.weight", TensorType.F32, new float[] {9, 9, 9, 9}, 4);
    family.fuse();
    options = new SessionOptions(CacheType.F16, 100);

    check(file, plain(HEAD, pair -> 1.0 / (1 << pair)), true, 1, LENGTH);
  }

  @Test
  void savesTokensOfShortAndLongContextsApart() {
    GgufWriter file =
        RandomFamily.keys("phi3").uint32("phi3.rope.scaling.original_context_length", 100);
    file.tensor("rope_factors_short.weight", TensorType.F32, new float[] {1, 2, 4, 8}, 4)
        .tensor("rope_factors_long.weight", TensorType.F32, new float[] {9, 9, 9, 9}, 4);
    family.fuse();
    Path saved = folder.resolve("saved");
    try (Model model = Model.load(family.write(folder, file), 1);
        Session brief = model.newSession(new SessionOptions(CacheType.F16, 100));
        Session same = model.newSession(new SessionOptions(CacheType.F16, 90));
        Session extensive = model.newSession()) {
      brief.append(1, 2, 3);
      brief.save(3, saved);

      assertThat(same.restore(saved, 1, 2, 3)).isTrue();
      assertThat(extensive.restore(saved, 1, 2, 3)).isFalse();
    }
  }

  @Test
  void yarnThatDoesNotStretchTurnsWithoutMagnitude() {
    GgufWriter file = RandomFamily.keys("llama").string("llama.rope.scaling.type", "yarn");
    file.float32("llama.rope.scaling.factor", 0.5f)
        .uint32("llama.rope.scaling.original_context_length", 1);

    check(file, plain(HEAD, pair -> pair == 0 ? 1 : 2), false, 1, LENGTH);
  }

  @Test
  void partsTheFeedForwardWidthAmongTheExpertsThatAreUsed() {
    for (int i = 0; i < LAYERS; i++) {
      for (String name : new String[] {"ffn_gate", "ffn_up", "ffn_down"}) {
        weights.put(
            "blk." + i + "." + name + "_exps.weight", family.numbers(3 * INNER * WIDTH, 0.3));
        weights.remove("blk." + i + "." + name + ".weight");
      }
      weights.put("blk." + i + ".ffn_gate_inp.weight", family.numbers(3 * WIDTH, 0.3));
      weights.put("blk." + i + ".attn_q_norm.weight", family.numbers(HEAD, 1));
      weights.put("blk." + i + ".attn_k_norm.weight", family.numbers(HEAD, 1));
    }
    GgufWriter file =
        RandomFamily.keys("qwen3moe").uint32("qwen3moe.feed_forward_length", 2 * INNER);
    file.uint32("qwen3moe.expert_count", 3).uint32("qwen3moe.expert_used_count", 2);

    try (Model model = Model.load(family.write(folder, file), 1)) {
      assertThat(model.config().feedForwardWidth()).isEqualTo(INNER);
    }
  }

  @Test
  void readsExpertsOneByOneAsAllTogether() {
    for (int i = 0; i < LAYERS; i++) {
      for (String name : new String[] {"ffn_gate", "ffn_up", "ffn_down"}) {
        weights.put(
            "blk." + i + "." + name + "_exps.weight", family.numbers(3 * INNER * WIDTH, 0.3));
        weights.remove("blk." + i + "." + name + ".weight");
      }
      weights.put("blk." + i + ".ffn_gate_inp.weight", family.numbers(3 * WIDTH, 0.3));
    }
    float[][] together =
        logits(family.write(folder, RandomFamily.experts(RandomFamily.keys("llama"))), LENGTH);
    family.joinExperts();
    float[][] joined =
        logits(family.write(folder, RandomFamily.experts(RandomFamily.keys("llama"))), LENGTH);
    assertThat(joined).isDeepEqualTo(together);
    family.partExperts();

    for (int i = 0; i < LAYERS; i++) {
      for (String name : new String[] {"ffn_gate", "ffn_up", "ffn_down"}) {
        float[] all = family.take("blk." + i + "." + name + "_exps.weight");
        for (int e = 0; e < 3; e++) {
          weights.put(
              "blk." + i + "." + name + "." + e + ".weight",
              Arrays.copyOfRange(all, e * INNER * WIDTH, (e + 1) * INNER * WIDTH));
        }
      }
    }
    float[][] oneByOne =
        logits(family.write(folder, RandomFamily.experts(RandomFamily.keys("llama"))), LENGTH);

    assertThat(oneByOne).isDeepEqualTo(together);
    assertThat(logits(family.write(folder, RandomFamily.experts(RandomFamily.keys("llama"))), 1))
        .isDeepEqualTo(together);
  }

  @Test
  void chunksDoNotMatterToAWindow() {
    GgufWriter file = RandomFamily.keys("llama").uint32("llama.attention.sliding_window", 20);
    Path path = family.write(folder, file);

    assertThat(logits(path, 7)).isDeepEqualTo(logits(path, LENGTH));
  }

  @Test
  void refusesTensorsThatTheArchitectureDoesNotUse() {
    weights.put("blk.0.attn_q_norm.weight", family.numbers(HEAD, 1));
    Path path = family.write(folder, RandomFamily.keys("llama"));

    assertThatThrownBy(() -> Model.load(path, 1).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("blk.0.attn_q_norm.weight: expected only tensors that");
  }

  @Test
  void refusesAScalingThatItDoesNotKnow() {
    Path path =
        family.write(
            folder, RandomFamily.keys("llama").string("llama.rope.scaling.type", "dynamic"));

    assertThatThrownBy(() -> Model.load(path, 1).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("expected none, linear, yarn or longrope, found dynamic");
  }

  @Test
  void refusesHeadCountsThatDifferAmongLayers() {
    Path path =
        family.write(
            folder, RandomFamily.keys("llama").int32s("llama.attention.head_count_kv", 2, 4));

    assertThatThrownBy(() -> Model.load(path, 1).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("expected the same number for every layer, found 2 and 4");
  }

  @Test
  void refusesHeadsWhoseNumbersNoIntCounts() {
    Path many =
        family.write(
            folder, RandomFamily.keys("llama").uint32("llama.attention.head_count", 1 << 16));
    assertThatThrownBy(() -> Model.load(many, 1).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("'llama.attention.head_count': expected 1 to 4096, found 65536");

    Path great =
        family.write(
            folder, RandomFamily.keys("llama").uint32("llama.attention.key_length", 1 << 24));
    assertThatThrownBy(() -> Model.load(great, 1).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("'llama.attention.key_length': expected 1 to 4096, found 16777216");
  }

  private interface Factor {
    double of(int pair);
  }

  private static double[] plain(int size, Factor factor) {
    double[] frequencies = new double[size / 2];
    Arrays.setAll(frequencies, i -> Math.pow(10_000, -2.0 * i / size) * factor.of(i));
    return frequencies;
  }

  private void check(
      GgufWriter file, double[] frequencies, boolean halves, double magnitude, int window) {
    Map<String, float[]> separate = new LinkedHashMap<>(weights);
    RandomFamily.split(separate);
    double[][] expected =
        new NaiveDecoder(separate, frequencies, halves, magnitude, window).logits(ids());

    float[][] found = logits(family.write(folder, file), LENGTH);

    double errors = 0;
    double squares = 0;
    for (int p = 0; p < LENGTH; p++) {
      for (int i = 0; i < VOCABULARY; i++) {
        errors += Math.pow(found[p][i] - expected[p][i], 2);
        squares += Math.pow(expected[p][i], 2);
      }
    }
    assertThat(Math.sqrt(errors / squares)).isLessThan(0.003); // keys and values are rounded
  }

  private float[][] logits(Path path, int chunk) {
    try (Model model = Model.load(path, 2);
        Session session = model.newSession(options)) {
      float[][] all = new float[LENGTH][];
      for (int from = 0; from < LENGTH; from += chunk) {
        session.append(
            Arrays.copyOfRange(ids(), from, Math.min(LENGTH, from + chunk)),
            (position, logits) -> all[position] = logits.clone());
      }
      return all;
    }
  }

  private static int[] ids() {
    return new SplittableRandom(4).ints(LENGTH, 0, VOCABULARY).toArray();
  }
}

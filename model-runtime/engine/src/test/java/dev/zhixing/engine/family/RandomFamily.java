package dev.zhixing.engine.family;

import static dev.zhixing.engine.family.NaiveDecoder.HEAD;
import static dev.zhixing.engine.family.NaiveDecoder.HEADS;
import static dev.zhixing.engine.family.NaiveDecoder.INNER;
import static dev.zhixing.engine.family.NaiveDecoder.KEY_VALUE_HEADS;
import static dev.zhixing.engine.family.NaiveDecoder.LAYERS;
import static dev.zhixing.engine.family.NaiveDecoder.VOCABULARY;
import static dev.zhixing.engine.family.NaiveDecoder.WIDTH;

import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.TensorType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** A small decoder's random weights, to be changed and written. */
final class RandomFamily {
  private final Map<String, float[]> weights = new LinkedHashMap<>();
  private final SplittableRandom random = new SplittableRandom(8);

  RandomFamily() {
    weights.put("token_embd.weight", numbers(VOCABULARY * WIDTH, 1));
    weights.put("output_norm.weight", numbers(WIDTH, 1));
    for (int i = 0; i < LAYERS; i++) {
      String block = "blk." + i + ".";
      weights.put(block + "attn_norm.weight", numbers(WIDTH, 1));
      weights.put(block + "attn_q.weight", numbers(HEADS * HEAD * WIDTH, 0.3));
      weights.put(block + "attn_k.weight", numbers(KEY_VALUE_HEADS * HEAD * WIDTH, 0.3));
      weights.put(block + "attn_v.weight", numbers(KEY_VALUE_HEADS * HEAD * WIDTH, 0.3));
      weights.put(block + "attn_output.weight", numbers(WIDTH * HEADS * HEAD, 0.2));
      weights.put(block + "ffn_norm.weight", numbers(WIDTH, 1));
      weights.put(block + "ffn_gate.weight", numbers(INNER * WIDTH, 0.2));
      weights.put(block + "ffn_up.weight", numbers(INNER * WIDTH, 0.2));
      weights.put(block + "ffn_down.weight", numbers(WIDTH * INNER, 0.2));
    }
  }

  static GgufWriter keys(String architecture) {
    String prefix = architecture + ".";
    return new GgufWriter()
        .string("general.architecture", architecture)
        .uint32(prefix + "context_length", 128)
        .uint32(prefix + "embedding_length", WIDTH)
        .uint32(prefix + "block_count", LAYERS)
        .uint32(prefix + "feed_forward_length", INNER)
        .uint32(prefix + "attention.head_count", HEADS)
        .uint32(prefix + "attention.head_count_kv", KEY_VALUE_HEADS)
        .float32(prefix + "attention.layer_norm_rms_epsilon", (float) NaiveDecoder.EPSILON);
  }

  static GgufWriter experts(GgufWriter file) {
    return file.uint32("llama.expert_count", 3).uint32("llama.expert_used_count", 2);
  }

  /** Joins each expert's gate and up. */
  void joinExperts() {
    for (int i = 0; i < LAYERS; i++) {
      float[] gate = take("blk." + i + ".ffn_gate_exps.weight");
      float[] up = take("blk." + i + ".ffn_up_exps.weight");
      float[] joined = new float[2 * gate.length];
      int size = INNER * WIDTH;
      for (int e = 0; e < 3; e++) {
        System.arraycopy(gate, e * size, joined, 2 * e * size, size);
        System.arraycopy(up, e * size, joined, (2 * e + 1) * size, size);
      }
      weights.put("blk." + i + ".ffn_gate_up_exps.weight", joined);
    }
  }

  void partExperts() {
    for (int i = 0; i < LAYERS; i++) {
      float[] joined = take("blk." + i + ".ffn_gate_up_exps.weight");
      float[] gate = new float[joined.length / 2];
      float[] up = new float[joined.length / 2];
      int size = INNER * WIDTH;
      for (int e = 0; e < 3; e++) {
        System.arraycopy(joined, 2 * e * size, gate, e * size, size);
        System.arraycopy(joined, (2 * e + 1) * size, up, e * size, size);
      }
      weights.put("blk." + i + ".ffn_gate_exps.weight", gate);
      weights.put("blk." + i + ".ffn_up_exps.weight", up);
    }
  }

  /** Joins query, key and value, and gate and up. */
  void fuse() {
    for (int i = 0; i < LAYERS; i++) {
      String block = "blk." + i + ".";
      weights.put(
          block + "attn_qkv.weight",
          join(
              take(block + "attn_q.weight"),
              take(block + "attn_k.weight"),
              take(block + "attn_v.weight")));
      weights.put(
          block + "ffn_up.weight",
          join(take(block + "ffn_gate.weight"), take(block + "ffn_up.weight")));
    }
  }

  float[] take(String name) {
    return Objects.requireNonNull(weights.remove(name));
  }

  static void split(Map<String, float[]> weights) {
    for (int i = 0; i < LAYERS; i++) {
      String block = "blk." + i + ".";
      float[] three = weights.get(block + "attn_qkv.weight");
      if (three != null) {
        int query = HEADS * HEAD * WIDTH;
        int key = KEY_VALUE_HEADS * HEAD * WIDTH;
        weights.put(block + "attn_q.weight", Arrays.copyOfRange(three, 0, query));
        weights.put(block + "attn_k.weight", Arrays.copyOfRange(three, query, query + key));
        weights.put(
            block + "attn_v.weight", Arrays.copyOfRange(three, query + key, query + 2 * key));
        float[] both = Objects.requireNonNull(weights.get(block + "ffn_up.weight"));
        weights.put(block + "ffn_gate.weight", Arrays.copyOfRange(both, 0, INNER * WIDTH));
        weights.put(
            block + "ffn_up.weight", Arrays.copyOfRange(both, INNER * WIDTH, 2 * INNER * WIDTH));
      }
    }
  }

  static float[] join(float[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    float[] all = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  Path write(Path folder, GgufWriter file) {
    weights.forEach(
        (name, values) -> file.tensor(name, TensorType.F32, values, shape(name, values)));
    Path path = folder.resolve("family.gguf");
    file.write(path);
    return path;
  }

  private static long[] shape(String name, float[] values) {
    if (name.endsWith("norm.weight")) {
      return new long[] {values.length};
    }
    boolean down = name.contains("ffn_down");
    int columns = down ? INNER : WIDTH;
    return name.contains("_exps")
        ? new long[] {3, values.length / 3 / columns, columns}
        : new long[] {values.length / columns, columns};
  }

  float[] numbers(int count, double deviation) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * deviation);
    }
    return numbers;
  }

  /** The weights by name, to be changed. */
  Map<String, float[]> weights() {
    return weights;
  }
}

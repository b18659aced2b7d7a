package dev.zhixing.engine;

import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.kernel.RandomBlocks;
import dev.zhixing.engine.tensor.TensorType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Writes llama models with random weights, always the same ones for the same sizes. */
public final class RandomModel {
  private final int width;
  private final int layers;
  private final int heads;
  private final int keyValueHeads;
  private final int inner;
  private final int vocabulary;
  private final TensorType type;
  private final GgufWriter writer = new GgufWriter();
  private final SplittableRandom random = new SplittableRandom(20261124);

  private RandomModel(
      int width,
      int layers,
      int heads,
      int keyValueHeads,
      int inner,
      int vocabulary,
      TensorType type) {
    this.width = width;
    this.layers = layers;
    this.heads = heads;
    this.keyValueHeads = keyValueHeads;
    this.inner = inner;
    this.vocabulary = vocabulary;
    this.type = type;
  }

  /** A model of two layers in 8 bits whose sizes are whole blocks. */
  public static Path small(Path folder) {
    return new RandomModel(64, 2, 4, 2, 96, 300, TensorType.Q8_0).write(folder);
  }

  /** A model in single or half precision whose sizes are no multiples of any vector. */
  public static Path odd(Path folder, TensorType type) {
    return new RandomModel(60, 2, 5, 1, 71, 101, type).write(folder);
  }

  /** A model of two layers whose rows are whole blocks of any type. */
  public static Path blocks(Path folder, TensorType type) {
    return new RandomModel(256, 2, 4, 2, 512, 300, type).write(folder);
  }

  private Path write(Path folder) {
    writer
        .string("general.architecture", "llama")
        .uint32("llama.context_length", 400)
        .uint32("llama.embedding_length", width)
        .uint32("llama.block_count", layers)
        .uint32("llama.feed_forward_length", inner)
        .uint32("llama.attention.head_count", heads)
        .uint32("llama.attention.head_count_kv", keyValueHeads)
        .float32("llama.attention.layer_norm_rms_epsilon", 1e-5f);
    matrix("token_embd.weight", vocabulary, width);
    ones("output_norm.weight");
    int keyValues = width / heads * keyValueHeads;
    for (int i = 0; i < layers; i++) {
      String block = "blk." + i + ".";
      ones(block + "attn_norm.weight");
      matrix(block + "attn_q.weight", width, width);
      matrix(block + "attn_k.weight", keyValues, width);
      matrix(block + "attn_v.weight", keyValues, width);
      matrix(block + "attn_output.weight", width, width);
      ones(block + "ffn_norm.weight");
      matrix(block + "ffn_gate.weight", inner, width);
      matrix(block + "ffn_up.weight", inner, width);
      matrix(block + "ffn_down.weight", width, inner);
    }
    Path path = folder.resolve("random-%s.gguf".formatted(type));
    writer.write(path);
    return path;
  }

  private void matrix(String name, int rows, int columns) {
    if (!type.canEncode()) {
      byte[] blocks = RandomBlocks.of(type, rows * columns, random);
      writer.tensor(name, type, (from, n, to) -> copy(blocks, from, n, to), rows, columns);
      return;
    }
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(columns));
    }
    writer.tensor(name, type, values, rows, columns);
  }

  private void ones(String name) {
    float[] values = new float[width];
    Arrays.fill(values, 1);
    writer.tensor(name, TensorType.F32, values, width);
  }

  private void copy(byte[] blocks, long from, int count, ByteBuffer to) {
    to.put(blocks, (int) type.rowBytes(from), (int) type.rowBytes(count));
  }
}

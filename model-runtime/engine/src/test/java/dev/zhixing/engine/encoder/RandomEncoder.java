package dev.zhixing.engine.encoder;

import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.TensorType;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Writes an encoder with seeded random weights, of sizes that are no multiples of anything. */
public final class RandomEncoder {
  static final int VOCABULARY = 37;
  static final int WIDTH = 42;
  static final int HEADS = 3;
  static final int INNER = 75;
  static final int LAYERS = 2;
  static final int CONTEXT = 50;

  private final SplittableRandom random = new SplittableRandom(5);
  private final GgufWriter writer = new GgufWriter();

  private RandomEncoder() {}

  /** Returns a writer with everything, to which a test adds what it wants otherwise. */
  public static GgufWriter writer(int poolingType) {
    RandomEncoder encoder = new RandomEncoder();
    encoder.add(poolingType);
    return encoder.writer;
  }

  public static Path write(Path folder, int poolingType) {
    Path file = folder.resolve("encoder-" + poolingType + ".gguf");
    writer(poolingType).write(file);
    return file;
  }

  private void add(int poolingType) {
    writer
        .string("general.architecture", "bert")
        .uint32("bert.block_count", LAYERS)
        .uint32("bert.context_length", CONTEXT)
        .uint32("bert.embedding_length", WIDTH)
        .uint32("bert.feed_forward_length", INNER)
        .uint32("bert.attention.head_count", HEADS)
        .float32("bert.attention.layer_norm_epsilon", 1e-5f)
        .uint32("bert.pooling_type", poolingType);
    tensor("token_embd.weight", VOCABULARY, WIDTH);
    tensor("position_embd.weight", CONTEXT, WIDTH);
    tensor("token_types.weight", 2, WIDTH);
    pair("token_embd_norm", WIDTH);
    for (int i = 0; i < LAYERS; i++) {
      String block = "blk." + i + ".";
      for (String name : new String[] {"attn_q", "attn_k", "attn_v", "attn_output"}) {
        pair(block + name, WIDTH, WIDTH);
      }
      pair(block + "attn_output_norm", WIDTH);
      pair(block + "ffn_up", INNER, WIDTH);
      pair(block + "ffn_down", WIDTH, INNER);
      pair(block + "layer_output_norm", WIDTH);
    }
    pair("mlm_dense", WIDTH, WIDTH);
    pair("mlm_norm", WIDTH);
    tensor("mlm_output.bias", VOCABULARY);
  }

  private void pair(String name, long... shape) {
    tensor(name + ".weight", shape);
    tensor(name + ".bias", shape[0]);
  }

  private void tensor(String name, long... shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-0.5, 0.5);
    }
    writer.tensor(name, TensorType.F32, values, shape);
  }
}

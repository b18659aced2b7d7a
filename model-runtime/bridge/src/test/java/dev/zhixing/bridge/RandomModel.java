package dev.zhixing.bridge;

import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.TensorType;
import dev.zhixing.engine.tokenizer.ByteAlphabet;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.engine.tokenizer.TokenType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Writes a small llama with random weights that speaks ChatML over single bytes, or over some pairs
 * of them, too, which it writes as one token or as two.
 */
final class RandomModel {
  private static final int WIDTH = 64;
  private static final int LAYERS = 2;
  private static final int INNER = 96;

  private final GgufWriter writer = new GgufWriter();
  private final SplittableRandom random = new SplittableRandom(7);

  private RandomModel() {}

  static Path write(Path folder) {
    return new RandomModel().writeTo(folder.resolve("random.gguf"), List.of());
  }

  static Path inPairs(Path folder) {
    List<String> pairs = List.of("r e", "g r", "b l", "u e", "e d", "e n", "i g", "h t");
    return new RandomModel().writeTo(folder.resolve("pairs.gguf"), pairs);
  }

  private Path writeTo(Path path, List<String> pairs) {
    writer
        .string("general.name", "random")
        .string("general.architecture", "llama")
        .uint32("llama.context_length", 6000)
        .uint32("llama.embedding_length", WIDTH)
        .uint32("llama.block_count", LAYERS)
        .uint32("llama.feed_forward_length", INNER)
        .uint32("llama.attention.head_count", 4)
        .uint32("llama.attention.head_count_kv", 2)
        .float32("llama.attention.layer_norm_rms_epsilon", 1e-5f);
    BytePairVocabulary vocabulary = vocabulary(pairs);
    vocabulary.writeTo(writer);
    matrix("token_embd.weight", vocabulary.tokens().size(), WIDTH);
    ones("output_norm.weight");
    for (int i = 0; i < LAYERS; i++) {
      String block = "blk." + i + ".";
      ones(block + "attn_norm.weight");
      matrix(block + "attn_q.weight", WIDTH, WIDTH);
      matrix(block + "attn_k.weight", WIDTH / 2, WIDTH);
      matrix(block + "attn_v.weight", WIDTH / 2, WIDTH);
      matrix(block + "attn_output.weight", WIDTH, WIDTH);
      ones(block + "ffn_norm.weight");
      matrix(block + "ffn_gate.weight", INNER, WIDTH);
      matrix(block + "ffn_up.weight", INNER, WIDTH);
      matrix(block + "ffn_down.weight", WIDTH, INNER);
    }
    writer.write(path);
    return path;
  }

  private static BytePairVocabulary vocabulary(List<String> pairs) {
    List<String> tokens = new ArrayList<>(List.of("<|pad|>", "<s>", "<|im_end|>", "<|im_start|>"));
    List<TokenType> types = new ArrayList<>();
    tokens.forEach(token -> types.add(TokenType.CONTROL));
    for (int value = 0; value < 256; value++) {
      tokens.add(String.valueOf(ByteAlphabet.spell(value)));
      types.add(TokenType.NORMAL);
    }
    for (String pair : pairs) {
      tokens.add(pair.replace(" ", ""));
      types.add(TokenType.NORMAL);
    }
    return new BytePairVocabulary(
        tokens, types, pairs, "zhixing", OptionalInt.of(1), OptionalInt.of(2), true);
  }

  private void matrix(String name, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(columns));
    }
    writer.tensor(name, TensorType.F32, values, rows, columns);
  }

  private void ones(String name) {
    float[] values = new float[WIDTH];
    Arrays.fill(values, 1);
    writer.tensor(name, TensorType.F32, values, WIDTH);
  }
}

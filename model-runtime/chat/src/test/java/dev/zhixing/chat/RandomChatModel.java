package dev.zhixing.chat;

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
 * Writes a small llama with random weights that speaks our format: the special tokens and the 256
 * bytes.
 */
final class RandomChatModel {

  private static final int WIDTH = 64;
  private static final int LAYERS = 2;
  private static final int INNER = 96;
  private static final List<String> SPECIALS =
      List.of(
          "<|pad|>",
          "<|bos|>",
          "<|end|>",
          "<|system|>",
          "<|tools|>",
          "<|user|>",
          "<|assistant|>",
          "<|call|>",
          "<|result|>");

  private RandomChatModel() {}

  static Path write(Path folder, String format) {
    return write(
        folder,
        new GgufWriter().string(ConversationFormat.METADATA_KEY, format),
        vocabulary(SPECIALS, 2));
  }

  /**
   * A model with a chat template and these special tokens beside the pad and begin tokens, the
   * first of which ends a turn.
   *
   * @param template empty for none
   */
  static Path withTemplate(Path folder, String template, String... specials) {
    List<String> tokens = new ArrayList<>(List.of("<|pad|>", "<s>"));
    tokens.addAll(List.of(specials));
    GgufWriter writer = new GgufWriter().string("general.name", "random");
    if (!template.isEmpty()) {
      writer.string("tokenizer.chat_template", template);
    }
    return write(folder, writer, vocabulary(tokens, 2));
  }

  /** As {@link #write(Path, String)} in the own format, but for pairs of bytes that are tokens. */
  static Path inPairs(Path folder) {
    return write(
        folder,
        new GgufWriter().string(ConversationFormat.METADATA_KEY, ConversationFormat.NAME),
        inPairs(vocabulary()));
  }

  /** As {@link #withTemplate}, but for pairs of bytes that are tokens. */
  static Path inPairsWithTemplate(Path folder, String template, String... specials) {
    List<String> tokens = new ArrayList<>(List.of("<|pad|>", "<s>"));
    tokens.addAll(List.of(specials));
    GgufWriter writer =
        new GgufWriter()
            .string("general.name", "random")
            .string("tokenizer.chat_template", template);
    return write(folder, writer, inPairs(vocabulary(tokens, 2)));
  }

  /** The same with some pairs of letters, which a random model writes as one token or as two. */
  private static BytePairVocabulary inPairs(BytePairVocabulary bytes) {
    List<String> pairs = List.of("r e", "d \"", "g r", "b l", "u e", "k i", "t c", "s t", "u d");
    List<String> tokens = new ArrayList<>(bytes.tokens());
    List<TokenType> types = new ArrayList<>(bytes.types());
    for (String pair : pairs) {
      tokens.add(pair.replace(" ", ""));
      types.add(TokenType.NORMAL);
    }
    return new BytePairVocabulary(
        tokens, types, pairs, bytes.preTokenizer(), bytes.bos(), bytes.eos(), bytes.addBos());
  }

  private static Path write(Path folder, GgufWriter writer, BytePairVocabulary vocabulary) {
    writer
        .string("general.architecture", "llama")
        .uint32("llama.context_length", 6000)
        .uint32("llama.embedding_length", WIDTH)
        .uint32("llama.block_count", LAYERS)
        .uint32("llama.feed_forward_length", INNER)
        .uint32("llama.attention.head_count", 4)
        .uint32("llama.attention.head_count_kv", 2)
        .float32("llama.attention.layer_norm_rms_epsilon", 1e-5f);
    vocabulary.writeTo(writer);
    SplittableRandom random = new SplittableRandom(7);
    matrix(writer, random, "token_embd.weight", vocabulary.tokens().size(), WIDTH);
    ones(writer, "output_norm.weight");
    for (int i = 0; i < LAYERS; i++) {
      String block = "blk." + i + ".";
      ones(writer, block + "attn_norm.weight");
      matrix(writer, random, block + "attn_q.weight", WIDTH, WIDTH);
      matrix(writer, random, block + "attn_k.weight", WIDTH / 2, WIDTH);
      matrix(writer, random, block + "attn_v.weight", WIDTH / 2, WIDTH);
      matrix(writer, random, block + "attn_output.weight", WIDTH, WIDTH);
      ones(writer, block + "ffn_norm.weight");
      matrix(writer, random, block + "ffn_gate.weight", INNER, WIDTH);
      matrix(writer, random, block + "ffn_up.weight", INNER, WIDTH);
      matrix(writer, random, block + "ffn_down.weight", WIDTH, INNER);
    }
    Path path = folder.resolve("random.gguf");
    writer.write(path);
    return path;
  }

  static BytePairVocabulary vocabulary() {
    return vocabulary(SPECIALS, 2);
  }

  static BytePairVocabulary vocabulary(List<String> specials, int end) {
    List<String> tokens = new ArrayList<>(specials);
    List<TokenType> types = new ArrayList<>();
    specials.forEach(special -> types.add(TokenType.CONTROL));
    for (int value = 0; value < 256; value++) {
      tokens.add(String.valueOf(ByteAlphabet.spell(value)));
      types.add(TokenType.NORMAL);
    }
    return new BytePairVocabulary(
        tokens, types, List.of(), "zhixing", OptionalInt.of(1), OptionalInt.of(end), true);
  }

  private static void matrix(
      GgufWriter writer, SplittableRandom random, String name, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(columns));
    }
    writer.tensor(name, TensorType.F32, values, rows, columns);
  }

  private static void ones(GgufWriter writer, String name) {
    float[] values = new float[WIDTH];
    Arrays.fill(values, 1);
    writer.tensor(name, TensorType.F32, values, WIDTH);
  }
}

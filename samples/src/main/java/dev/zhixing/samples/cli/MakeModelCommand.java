package dev.zhixing.samples.cli;

import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.TensorType;
import dev.zhixing.engine.tokenizer.ByteAlphabet;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.engine.tokenizer.TokenType;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model of random weights. */
@Command(
    name = "make-model",
    description = {
      "Writes a model of random weights in the shapes of a known one, for benchmarks.",
      "Its vocabulary is the 256 bytes and a few joined ones, filled up with unused tokens. Other"
          + " engines that read GGUF load it, too."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitStatus.HELP_DONE, ExitStatus.HELP_FAILED, ExitStatus.HELP_USAGE},
    footerHeading = "%nExamples:%n",
    footer = "  zhixing make-model --like llama-1b --type Q8_0 llama-1b-q8.gguf")
final class MakeModelCommand implements Callable<Integer> {

  /** Numbers of a random row that all tensors are cut from, so that making them is quick. */
  private static final int POOL = 1 << 20;

  private final PrintStream out;

  @Option(
      names = "--like",
      required = true,
      paramLabel = "SHAPES",
      description = "Whose shapes: ${COMPLETION-CANDIDATES}.",
      completionCandidates = ModelShapes.Names.class)
  private String like = "";

  @Option(
      names = "--type",
      defaultValue = "Q8_0",
      paramLabel = "TYPE",
      description =
          "The matrices' type, one that can be written: F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0,"
              + " Q5_1, Q4_K, Q6_K (default: ${DEFAULT-VALUE}).")
  private TensorType type = TensorType.Q8_0;

  @Parameters(paramLabel = "OUT", description = "The file to write.")
  private Path target = Path.of("");

  MakeModelCommand(Surroundings surroundings) {
    out = surroundings.out();
  }

  @Override
  public Integer call() throws IOException {
    ModelShapes shapes = ModelShapes.named(like);
    if (!type.canEncode()) {
      throw new IllegalArgumentException(
          "--type: expected a type that can be written, such as Q8_0 or Q4_K, found " + type);
    }
    GgufWriter writer = new GgufWriter();
    describe(writer, shapes);
    vocabulary(shapes.vocabulary()).writeTo(writer);
    addTensors(writer, shapes);
    writer.write(target);
    out.printf("%s, %s: %,d bytes: %s%n", like, type, Files.size(target), target);
    return ExitStatus.ANSWERED;
  }

  private void describe(GgufWriter writer, ModelShapes shapes) {
    writer
        .string("general.architecture", "llama")
        .string("general.name", "random weights in the shapes of " + like)
        .uint32("llama.context_length", shapes.context())
        .uint32("llama.embedding_length", shapes.width())
        .uint32("llama.block_count", shapes.layers())
        .uint32("llama.feed_forward_length", shapes.inner())
        .uint32("llama.attention.head_count", shapes.heads())
        .uint32("llama.attention.head_count_kv", shapes.keyValueHeads())
        .uint32("llama.rope.dimension_count", shapes.width() / shapes.heads())
        .float32("llama.rope.freq_base", 500_000)
        .float32("llama.attention.layer_norm_rms_epsilon", 1e-5f)
        .uint32("llama.vocab_size", shapes.vocabulary());
  }

  private static BytePairVocabulary vocabulary(int size) {
    List<String> tokens = new ArrayList<>(size);
    List<TokenType> types = new ArrayList<>(size);
    for (int b = 0; b < 256; b++) {
      tokens.add(String.valueOf(ByteAlphabet.spell(b)));
    }
    List<String> merges = List.of("t h", "th e", "i n", "e r", "a n");
    merges.forEach(merge -> tokens.add(merge.replace(" ", "")));
    tokens.forEach(token -> types.add(TokenType.NORMAL));
    int bos = tokens.size();
    for (String special : List.of("<|begin|>", "<|end|>")) {
      tokens.add(special);
      types.add(TokenType.CONTROL);
    }
    while (tokens.size() < size) {
      tokens.add("<|unused_" + tokens.size() + "|>");
      types.add(TokenType.UNUSED);
    }
    return new BytePairVocabulary(
        tokens, types, merges, "gpt-2", OptionalInt.of(bos), OptionalInt.of(bos + 1), false);
  }

  private void addTensors(GgufWriter writer, ModelShapes shapes) {
    float[] pool = new float[POOL + (1 << 16)];
    SplittableRandom random = new SplittableRandom(20261125);
    for (int i = 0; i < pool.length; i++) {
      pool[i] = (float) random.nextGaussian();
    }
    int width = shapes.width();
    int keyValues = width / shapes.heads() * shapes.keyValueHeads();
    matrix(writer, pool, "token_embd.weight", shapes.vocabulary(), width);
    ones(writer, "output_norm.weight", width);
    for (int i = 0; i < shapes.layers(); i++) {
      String block = "blk." + i + ".";
      ones(writer, block + "attn_norm.weight", width);
      matrix(writer, pool, block + "attn_q.weight", width, width);
      matrix(writer, pool, block + "attn_k.weight", keyValues, width);
      matrix(writer, pool, block + "attn_v.weight", keyValues, width);
      matrix(writer, pool, block + "attn_output.weight", width, width);
      ones(writer, block + "ffn_norm.weight", width);
      matrix(writer, pool, block + "ffn_gate.weight", shapes.inner(), width);
      matrix(writer, pool, block + "ffn_up.weight", shapes.inner(), width);
      matrix(writer, pool, block + "ffn_down.weight", width, shapes.inner());
    }
  }

  private void matrix(GgufWriter writer, float[] pool, String name, int rows, int columns) {
    TensorType chosen = MatrixTypes.choose(name, columns, type, true);
    float scale = (float) (1 / Math.sqrt(columns));
    int seed = name.hashCode();
    writer.tensor(
        name,
        chosen,
        (from, count, to) -> fill(pool, seed, scale, chosen, from, count, to),
        rows,
        columns);
  }

  /** Cuts a piece out of the pool, from another place for each piece of each tensor. */
  private static void fill(
      float[] pool, int seed, float scale, TensorType type, long from, int count, ByteBuffer to) {
    int start = new SplittableRandom(seed + from).nextInt(POOL);
    float[] numbers = Arrays.copyOfRange(pool, start, start + count);
    for (int i = 0; i < count; i++) {
      numbers[i] *= scale;
    }
    type.encode(numbers, 0, count, to);
  }

  private static void ones(GgufWriter writer, String name, int width) {
    float[] values = new float[width];
    Arrays.fill(values, 1);
    writer.tensor(name, TensorType.F32, values, width);
  }
}

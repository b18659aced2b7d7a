package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.TensorType;
import dev.zhixing.engine.tokenizer.ByteAlphabet;
import dev.zhixing.engine.tokenizer.TokenType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look into a model file, on a small reference model. */
class ModelCommandsTest {

  @TempDir Path folder;
  private Path model = Path.of("");

  @BeforeEach
  void findModel() {
    Optional<Path> found = reference("llama-f32.gguf");
    assumeTrue(found.isPresent(), "needs shared/reference/gguf/llama-f32.gguf above this folder");
    model = found.orElseThrow();
  }

  @Test
  void inspectsMetadataTensorsTypesAndKernels() throws IOException {
    CommandLineRun text = new CommandLineRun(folder);
    CommandLineRun json = new CommandLineRun(folder);

    assertThat(text.run("inspect", "-m", model.toString())).isZero();
    assertThat(text.out()).contains("general.architecture", "token_embd.weight", "F32", "kernels");
    assertThat(text.out()).contains("loads as llama", "tokenizer:", "keys and values", "all fits");
    assertThat(json.run("inspect", "-m", model.toString(), "--json")).isZero();
    JsonNode report = new JsonMapper().readTree(json.out());
    assertThat(report.at("/metadata/general.architecture").asText()).isEqualTo("llama");
    assertThat(report.at("/metadata/tokenizer.ggml.tokens/length").asInt()).isPositive();
    assertThat(report.at("/tensors").size()).isPositive();
    assertThat(report.at("/kernels").asText()).isNotEmpty();
    assertThat(report.at("/loads").asBoolean()).isTrue();
    assertThat(report.at("/typeBytes/F32").asLong()).isPositive();
    assertThat(report.at("/cacheBytesPerToken").asLong()).isPositive();
    assertThat(report.at("/fits").asBoolean()).isTrue();
  }

  @Test
  void saysWhyAModelDoesNotLoad() {
    Path empty = folder.resolve("empty.gguf");
    new GgufWriter().string("general.architecture", "nonesuch").write(empty);
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("inspect", "-m", empty.toString())).isZero();
    assertThat(run.out()).contains("does not load: empty.gguf: ", "nonesuch");
  }

  @Test
  void tokenizesStandardInputToOneLine() {
    CommandLineRun run = new CommandLineRun(folder).typing("hello 世界\n");

    assertThat(run.run("tokenize", "-m", model.toString())).isZero();
    assertThat(run.out()).matches("\\d+( \\d+)+\\R");
  }

  @Test
  void tokenizesWithTheTokenizerOfAFolder() throws IOException {
    Path json = folder.resolve("tokenizer.json");
    Files.writeString(
        json,
        """
        {"normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"},
         "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
          "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "hello": 3, "world": 4, "##s": 5}}}
        """);
    CommandLineRun ofFolder = new CommandLineRun(folder).typing("Hello worlds");
    CommandLineRun ofFile = new CommandLineRun(folder).typing("Hello worlds");

    assertThat(ofFolder.run("tokenize", "-m", folder.toString())).isZero();
    assertThat(ofFolder.out()).isEqualTo("3 4 5\n");
    assertThat(ofFile.run("tokenize", "-m", json.toString())).isZero();
    assertThat(ofFile.out()).isEqualTo("3 4 5\n");
  }

  @Test
  void tokenizesSpecialTokensOnlyWhereAsked() {
    String special = "<|endoftext|>";
    CommandLineRun asText = new CommandLineRun(folder).typing(special);
    CommandLineRun asToken = new CommandLineRun(folder).typing(special);

    assertThat(asText.run("tokenize", "-m", model.toString())).isZero();
    assertThat(asToken.run("tokenize", "-m", model.toString(), "--special")).isZero();
    assertThat(asText.out().split(" ").length).isGreaterThan(asToken.out().split(" ").length - 1);
  }

  @Test
  void writesLogitsRowByRow() throws IOException {
    Path both = folder.resolve("both");
    Path first = folder.resolve("first");

    assertThat(logits("1,2", both)).isZero();
    assertThat(logits("1", first)).isZero();

    float[] twoRows = floats(both);
    float[] oneRow = floats(first);
    assertThat(twoRows).hasSize(2 * oneRow.length);
    for (int i = 0; i < oneRow.length; i++) {
      assertThat(twoRows[i]).isCloseTo(oneRow[i], within(0f));
    }
  }

  @Test
  void continuesTheSameTextWithTheSameSeed() {
    String[] command = {
      "run", "-m", model.toString(), "-p", "hello", "-n", "12", "--temp", "1", "--seed", "5"
    };
    CommandLineRun once = new CommandLineRun(folder);
    CommandLineRun again = new CommandLineRun(folder);

    assertThat(once.run(command)).isZero();
    assertThat(again.run(command)).isZero();
    assertThat(once.out()).startsWith("hello").isEqualTo(again.out());
  }

  @Test
  void endsATextAtTheEndOfATurn() {
    Path path = folder.resolve("turn.gguf");
    alwaysSaying("<|eot_id|>", 257).write(path);
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("run", "-m", path.toString(), "-p", "hello", "-n", "5")).isZero();
    assertThat(run.out()).isEqualTo("hello\n");
  }

  /** A model whose likeliest token is always this one, and whose file calls another its end. */
  private static GgufWriter alwaysSaying(String token, int id) {
    List<String> tokens = new ArrayList<>();
    int[] types = new int[258];
    for (int b = 0; b < 256; b++) {
      tokens.add(String.valueOf(ByteAlphabet.spell(b)));
      types[b] = TokenType.NORMAL.code();
    }
    tokens.add("<|end_of_text|>");
    tokens.add(token);
    Arrays.fill(types, 256, 258, TokenType.CONTROL.code());
    int width = 8;
    float[] same = new float[258 * width];
    Arrays.fill(same, 1);
    float[] head = new float[258 * width];
    Arrays.fill(head, id * width, (id + 1) * width, 1);
    GgufWriter writer =
        new GgufWriter()
            .string("general.architecture", "llama")
            .uint32("llama.context_length", 64)
            .uint32("llama.embedding_length", width)
            .uint32("llama.block_count", 1)
            .uint32("llama.feed_forward_length", width)
            .uint32("llama.attention.head_count", 1)
            .float32("llama.attention.layer_norm_rms_epsilon", 1e-5f)
            .string("tokenizer.ggml.model", "gpt2")
            .strings("tokenizer.ggml.tokens", tokens)
            .int32s("tokenizer.ggml.token_type", types)
            .strings("tokenizer.ggml.merges", List.of())
            .uint32("tokenizer.ggml.eos_token_id", 256)
            .tensor("token_embd.weight", TensorType.F32, same, 258, width)
            .tensor("output.weight", TensorType.F32, head, 258, width);
    for (String norm : List.of("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm")) {
      writer.tensor(norm + ".weight", TensorType.F32, Arrays.copyOf(same, width), width);
    }
    for (String matrix :
        List.of("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")) {
      float[] zeros = new float[width * width];
      writer.tensor("blk.0." + matrix + ".weight", TensorType.F32, zeros, width, width);
    }
    return writer;
  }

  @Test
  void endsATextBeforeAStopString() {
    CommandLineRun whole = new CommandLineRun(folder).typing("hello");
    CommandLineRun cut = new CommandLineRun(folder).typing("hello");
    String[] command = {"run", "-m", model.toString(), "-n", "12"};

    assertThat(whole.run(command)).isZero();
    String text = whole.out().strip();
    String stop = text.substring(text.length() - 1);
    String[] stopping = {"run", "-m", model.toString(), "-n", "12", "--stop", stop};
    assertThat(cut.run(stopping)).isZero();

    assertThat(text).startsWith("hello");
    assertThat(cut.out().strip()).isEqualTo("hello" + before(text.substring(5), stop));
    assertThat(cut.err()).contains("prefill", "decode", "tok/s");
  }

  @Test
  void penaltiesAndBansChangeTheText() {
    CommandLineRun plain = new CommandLineRun(folder);
    CommandLineRun penalized = new CommandLineRun(folder);
    String[] base = {"run", "-m", model.toString(), "-p", "a a a a a a", "-n", "24"};
    String[] more = Arrays.copyOf(base, base.length + 6);
    more[base.length] = "--repeat-penalty";
    more[base.length + 1] = "5";
    more[base.length + 2] = "--dry-multiplier";
    more[base.length + 3] = "3";
    more[base.length + 4] = "--logit-bias";
    more[base.length + 5] = "300=-Infinity";

    assertThat(plain.run(base)).isZero();
    assertThat(penalized.run(more)).isZero();

    assertThat(penalized.out()).isNotEqualTo(plain.out());
  }

  @Test
  void refusesOptionsOutOfRangeInOneLine() {
    CommandLineRun run = new CommandLineRun(folder);

    int status = run.run("run", "-m", model.toString(), "-p", "x", "--min-p", "2");

    assertThat(status).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err().lines()).containsExactly("zhixing: minP: expected 0 to 1, found 2.0");
  }

  @Test
  void scoresATextFile() throws IOException {
    Path text =
        Files.writeString(folder.resolve("x.txt"), "a few words, again and again; ".repeat(9));
    CommandLineRun run = new CommandLineRun(folder);
    String[] command = {"perplexity", "-m", model.toString(), "-f", text.toString(), "-c", "32"};

    assertThat(run.run(command)).isZero();
    assertThat(run.out()).startsWith("[1/").containsPattern("perplexity \\d+\\.\\d{4} ± ");

    Files.write(text, new byte[] {'a', (byte) 0xe4, 'b'});
    assertThat(run.run(command)).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("x.txt: expected text in UTF-8");
  }

  @Test
  void saysWhatIsWrongWithAFileThatIsNoModel() throws IOException {
    Path text = Files.writeString(folder.resolve("x.gguf"), "hello, this is no model");
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("inspect", "-m", text.toString())).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("x.gguf", "expected").doesNotContain("\tat ");
  }

  private int logits(String tokens, Path out) {
    return new CommandLineRun(folder)
        .run("logits", "-m", model.toString(), "--tokens", tokens, "--out", out.toString());
  }

  private static float[] floats(Path file) throws IOException {
    var buffer =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static String before(String text, String stop) {
    return text.substring(0, text.indexOf(stop)).stripTrailing();
  }

  private static Optional<Path> reference(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/reference/gguf").resolve(name);
      if (Files.exists(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}

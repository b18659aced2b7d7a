package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of all families whose keys have the right types and absurd values. */
class AbsurdModelTest {
  private static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String TYPES = "tokenizer.ggml.token_type";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-F16",
        "llama-Q4_K_M",
        "mixtral-F16",
        "qwen2-F16",
        "qwen3-F16",
        "qwen3moe-F16",
        "gemma2-F16",
        "gemma3-F16",
        "gpt2-F16",
        "ernie4_5-F16",
        "llama_tied_ropefreqs-F16"
      })
  void refusesAbsurdValuesByKeyExpectedAndFound(String name) {
    try (GgufFile file = GgufFile.open(ReferenceFolder.gguf(name + ".gguf"))) {
      absurdities(file)
          .forEach((key, change) -> assertThat(refusal(file, change)).containsPattern(key));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-F16", "qwen3moe-F16", "gemma3-F16", "gpt2-F16"})
  void readsWhatIsOddButClear(String name) {
    try (GgufFile file = GgufFile.open(ReferenceFolder.gguf(name + ".gguf"))) {
      String prefix = file.metadata().string("general.architecture") + ".";
      List<Consumer<GgufWriter>> changes =
          List.of(
              writer -> writer.uint32(prefix + "attention.sliding_window", 0),
              writer -> writer.uint32(prefix + "attention.sliding_window", 1),
              writer -> writer.uint32(prefix + "attention.sliding_window_pattern", 0),
              writer -> writer.uint32(prefix + "vocab_size", 7),
              writer -> writer.float32(prefix + "rope.scaling.factor", 0),
              writer -> writer.int64("tokenizer.ggml.eot_token_id", 1L << 40),
              writer -> writer.uint32("split.count", 1));
      for (Consumer<GgufWriter> change : changes) {
        assertThat(logits(write(file, change))).hasSize(512);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-F16", "gemma3-F16"})
  void readsTokensThatAreNoUtf8(String name) throws IOException {
    Path path;
    try (GgufFile file = GgufFile.open(ReferenceFolder.gguf(name + ".gguf"))) {
      List<String> tokens = new ArrayList<>(file.metadata().strings(TOKENS));
      int[] types = file.metadata().integers(TYPES);
      types[509] = 1;
      tokens.set(509, "xyzzy");
      path =
          write(
              file,
              writer ->
                  writer
                      .strings(TOKENS, tokens)
                      .int32s(TYPES, types)
                      .strings("tokenizer.ggml.merges", List.of()));
    }
    byte[] bytes = Files.readAllBytes(path);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("xyzzy");
    bytes[at + 1] = (byte) 0xff;
    bytes[at + 4] = (byte) 0xe2;
    Files.write(path, bytes);

    try (Model model = Model.load(path, 1)) {
      assertThat(model.tokenizer().decode(509)).isEqualTo("x\ufffdzz\ufffd");
      assertThat(model.tokenizer().encode("xyzzy")).isNotEmpty();
    }
  }

  /** The pattern of each changed file's error, and the change. */
  private static Map<String, Consumer<GgufWriter>> absurdities(GgufFile file) {
    GgufMetadata keys = file.metadata();
    String prefix = keys.string("general.architecture") + ".";
    boolean layerNorms = keys.has(prefix + "attention.layer_norm_epsilon");
    String epsilon = prefix + "attention.layer_norm_" + (layerNorms ? "epsilon" : "rms_epsilon");
    Map<String, Consumer<GgufWriter>> all = new LinkedHashMap<>();
    for (String size :
        List.of(
            "attention.head_count",
            "attention.head_count_kv",
            "rope.dimension_count",
            "context_length",
            "block_count",
            "embedding_length",
            "feed_forward_length")) {
      if (!size.startsWith("feed") || !keys.has(prefix + "expert_feed_forward_length")) {
        refuses(all, prefix + size, "1 to 16777216", 0);
        refuses(all, prefix + size, "1 to 16777216", 1L << 40);
        refuses(all, prefix + size, "1 to 16777216", -1);
      }
    }
    if (!keys.has(prefix + "attention.key_length")) {
      refuses(all, prefix + "attention.head_count", "a divisor of 256", 3);
    }
    refuses(all, prefix + "attention.head_count_kv", "a divisor of ", 3);
    refuses(all, prefix + "rope.dimension_count", "an even number up to ", 4096);
    refuses(all, prefix + "rope.dimension_count", "an even number up to ", 5);
    refuses(all, epsilon, "0 or more", -1e-5f);
    refuses(all, epsilon, "a finite number", Float.NaN);
    refuses(all, prefix + "rope.freq_base", "a number above 0", 0f);
    refuses(all, prefix + "rope.freq_base", "a number above 0", -10_000f);
    refuses(all, prefix + "attn_logit_softcapping", "0 or more", -1f);
    refuses(all, prefix + "attention.scale", "0 or more", -1f);
    if (!prefix.equals("gpt2.")) {
      refuses(all, prefix + "rope.freq_base_swa", "0 or more", -1f);
    }
    if (keys.has(prefix + "expert_count")) {
      refuses(all, prefix + "expert_used_count", "1 to 4", 5);
      refuses(all, prefix + "expert_used_count", "1 to 16777216", 0);
    }
    int[] types = keys.integers(TYPES);
    Arrays.fill(types, 99);
    all.put(
        "x.gguf: tokenizer.ggml.token_type: 0: token type: expected 1\\.\\.6, found 99",
        writer -> writer.int32s(TYPES, types));
    return all;
  }

  private static void refuses(
      Map<String, Consumer<GgufWriter>> all, String key, String expected, long found) {
    all.put(text(key, expected, found), writer -> writer.int64(key, found));
  }

  private static void refuses(
      Map<String, Consumer<GgufWriter>> all, String key, String expected, float found) {
    all.put(text(key, expected, found), writer -> writer.float32(key, found));
  }

  private static String text(String key, String expected, Object found) {
    return "x.gguf: key '%s': expected %s.*, found %s".formatted(key, expected, found);
  }

  private String refusal(GgufFile file, Consumer<GgufWriter> change) {
    Path path = write(file, change);
    try {
      logits(path);
    } catch (GgufException e) {
      return String.valueOf(e.getMessage());
    }
    return "no refusal";
  }

  private static float[] logits(Path path) {
    try (Model model = Model.load(path, 1);
        Session session = model.newSession()) {
      Tokenizer tokenizer = model.tokenizer();
      return session.append(tokenizer.encode("hello world"));
    }
  }

  private Path write(GgufFile file, Consumer<GgufWriter> change) {
    GgufWriter writer = new GgufWriter().metadataOf(file, Set.of());
    for (Tensor tensor : file.tensors().values()) {
      ByteBuffer blocks = tensor.data().asByteBuffer();
      long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      writer.tensor(
          tensor.name(),
          tensor.type(),
          (from, count, to) ->
              to.put(
                  blocks.slice(
                      (int) tensor.type().rowBytes(from), (int) tensor.type().rowBytes(count))),
          shape);
    }
    change.accept(writer);
    Path path = folder.resolve("x.gguf");
    writer.write(path);
    return path;
  }
}

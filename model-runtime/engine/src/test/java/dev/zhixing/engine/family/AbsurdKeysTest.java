package dev.zhixing.engine.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tokenizer.ByteAlphabet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of the right types whose values no model has. */
class AbsurdKeysTest {
  private static final int ROWS = 300;

  @TempDir private Path folder;

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("llama.attention.head_count", 0, "expected 1 to 16777216, found 0"),
        refused("llama.attention.head_count", 5, "expected a divisor of 32, found 5"),
        refused("llama.attention.head_count", 1 << 20, "expected 1 to 4096, found 1048576"),
        refused("llama.attention.head_count_kv", 0, "expected 1 to 16777216, found 0"),
        refused("llama.attention.head_count_kv", 3, "expected a divisor of 4, found 3"),
        refused("llama.attention.head_count_kv", 8, "expected a divisor of 4, found 8"),
        refused("llama.rope.dimension_count", 10, "expected an even number up to 8, found 10"),
        refused("llama.rope.dimension_count", 7, "expected an even number up to 8, found 7"),
        refused("llama.attention.layer_norm_rms_epsilon", -1e-5f, "expected 0 or more, found -1.0"),
        refused("llama.attention.layer_norm_rms_epsilon", Float.NaN, "a finite number, found NaN"),
        refused("llama.rope.freq_base", 0f, "expected a number above 0, found 0.0"),
        refused("llama.rope.freq_base", -10_000f, "expected a number above 0, found -10000.0"),
        refused("llama.rope.freq_base", Float.NaN, "expected a finite number, found NaN"),
        refused("llama.rope.freq_base", Float.POSITIVE_INFINITY, "a finite number, found Infinity"),
        refused("llama.context_length", 0, "expected 1 to 16777216, found 0"),
        refused("llama.context_length", 1L << 40, "expected 1 to 16777216, found 1099511627776"),
        refused("llama.attention.sliding_window", -1, "expected 1 to 16777216, found -1"),
        refused("llama.expert_count", 1L << 40, "expected 1 to 16777216, found 1099511627776"),
        refused("split.count", 1001, "expected 0 to 1000, found 1001"),
        refused("general.alignment", 3, "expected a power of two from 1 to 1048576, found 3"),
        refused("general.alignment", 1L << 31, "from 1 to 1048576, found 2147483648"),
        refused("tokenizer.ggml.bos_token_id", ROWS, "expected an id in 0..299, found 300"),
        refused("tokenizer.ggml.eos_token_id", -1, "expected an id in 0..299, found -1"),
        refused(
            "tokenizer.ggml.token_type",
            file -> file.int32s("tokenizer.ggml.token_type", 1, 1),
            "expected as many as tokens, 300, found 2"),
        refused(
            "tokenizer.ggml.tokens",
            file -> file.strings("tokenizer.ggml.tokens", List.of()),
            "found none"),
        refused(
            "tokenizer.ggml.tokens",
            file -> file.strings("tokenizer.ggml.tokens", tokens(ROWS + 1)),
            "expected at most the 300 rows of token_embd.weight, found 301"),
        refused(
            "llama.expert_used_count",
            file -> file.uint32("llama.expert_count", 2).uint32("llama.expert_used_count", 3),
            "expected 1 to 2, found 3"),
        refused(
            "split.no",
            file -> file.uint32("split.count", 2).uint32("split.no", 7),
            "expected 0 to 1, found 7"),
        refused(
            "absurd.gguf",
            file -> file.uint32("split.count", 2).uint32("split.no", 0),
            "expected a name that ends in '-00001-of-00002.gguf'"));
  }

  static Stream<Arguments> taken() {
    return Stream.of(
        taken("no window", file -> file.uint32("llama.attention.sliding_window", 0)),
        taken("a window of one", file -> file.uint32("llama.attention.sliding_window", 1)),
        taken("epsilon 0", file -> file.float32("llama.attention.layer_norm_rms_epsilon", 0)),
        taken("no parts", file -> file.uint32("split.count", 0)),
        taken("another vocab_size", file -> file.uint32("llama.vocab_size", 7)),
        taken("fewer tokens", file -> file.strings("tokenizer.ggml.tokens", tokens(ROWS - 9))),
        taken(
            "a token twice",
            file -> {
              List<String> tokens = tokens(ROWS);
              tokens.set(299, tokens.get(298));
              file.strings("tokenizer.ggml.tokens", tokens);
            }));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesByKeyExpectedAndFound(String key, Consumer<GgufWriter> change, String message) {
    Path path = write(change);

    assertThatThrownBy(() -> use(path))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("absurd.gguf")
        .hasMessageContaining(key)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @MethodSource("taken")
  void runsWithWhatMakesSense(String what, Consumer<GgufWriter> change) {
    float[] logits = use(write(change));

    assertThat(logits).as(what).hasSize(ROWS);
    for (float logit : logits) {
      assertThat(logit).as(what).isFinite();
    }
  }

  @Test
  void refusesTwoTensorsOfOneName() throws IOException {
    Path path = write(file -> {});
    String bytes = Files.readString(path, StandardCharsets.ISO_8859_1);
    String twice = bytes.replace("blk.0.attn_k.weight", "blk.0.attn_q.weight");
    Files.writeString(path, twice, StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> use(path))
        .isInstanceOf(GgufException.class)
        .hasMessage("absurd.gguf: blk.0.attn_q.weight: expected one tensor, found two");
  }

  private static float[] use(Path path) {
    try (Model model = Model.load(path, 1);
        Session session = model.newSession()) {
      int[] ids = model.tokenizer().encode("ab c");
      assertThat(model.tokenizer().decode(ids)).isEqualTo("ab c");
      return session.append(ids);
    }
  }

  private Path write(Consumer<GgufWriter> change) {
    RandomFamily family = new RandomFamily();
    family.weights().put("token_embd.weight", family.numbers(ROWS * NaiveDecoder.WIDTH, 1));
    GgufWriter file =
        RandomFamily.keys("llama")
            .string("tokenizer.ggml.model", "gpt2")
            .string("tokenizer.ggml.pre", "gpt-2")
            .strings("tokenizer.ggml.tokens", tokens(ROWS))
            .strings("tokenizer.ggml.merges", List.of("a b"));
    change.accept(file);
    Path path = folder.resolve("absurd.gguf");
    return moved(family.write(folder, file), path);
  }

  private static Path moved(Path from, Path to) {
    try {
      return Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> tokens(int count) {
    List<String> tokens = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      tokens.add(String.valueOf(ByteAlphabet.spell(b)));
    }
    tokens.add("ab");
    while (tokens.size() < count) {
      tokens.add("token" + tokens.size());
    }
    return tokens;
  }

  private static Arguments refused(String key, long value, String message) {
    return refused(key, file -> file.int64(key, value), message);
  }

  private static Arguments refused(String key, float value, String message) {
    return refused(key, file -> file.float32(key, value), message);
  }

  private static Arguments refused(String key, Consumer<GgufWriter> change, String message) {
    return arguments(key, change, message);
  }

  private static Arguments taken(String what, Consumer<GgufWriter> change) {
    return arguments(what, change);
  }
}

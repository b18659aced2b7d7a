package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.transformer.CacheType;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every family against logits that other engines computed. */
class ReferenceLogitsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-f32",
        "llama-F16",
        "llama-BF16",
        "llama_tied_ropefreqs-F16",
        "ernie4_5-F16",
        "gemma2-F16",
        "gemma3-F16",
        "gpt2-F16",
        "qwen2-F16",
        "qwen3-F16"
      })
  void agreesWithinTwoHundredths(String name) {
    Comparison found = compare(name);

    assertThat(found.greatestError / Math.max(1, found.spread)).isLessThan(0.02);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixtral-F16", "qwen3moe-F16"})
  void mixturesAgreeWhereNoTwoExpertsTie(String name) {
    assertThat(compare(name).closeRows).isGreaterThanOrEqualTo(22);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-Q8_0",
        "llama-Q4_0",
        "llama-Q4_1",
        "llama-Q5_0",
        "llama-Q5_1",
        "llama-Q2_K",
        "llama-Q3_K_M",
        "llama-Q4_K_M",
        "llama-Q5_K_M",
        "llama-Q6_K",
        "llama-IQ4_NL",
        "llama-IQ4_XS"
      })
  void agreesInFewBitsAtTheTop(String name) {
    Comparison found = compare(name);

    assertThat(found.relativeError).isLessThan(name.equals("llama-IQ4_XS") ? 0.2 : 0.06);
    assertThat(found.sameArgmax).isGreaterThanOrEqualTo(23);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemma2-F16",
        "gemma3-F16",
        "gpt2-F16",
        "mixtral-F16",
        "qwen2-F16",
        "qwen3moe-F16"
      })
  void chunksDoNotMatterToAnyFamily(String name) {
    int[] ids = ReferenceFolder.prompt();
    try (Model model = Model.load(ReferenceFolder.gguf(name + ".gguf"));
        Session whole = model.newSession();
        Session chunked = model.newSession()) {
      float[][] expected = new float[ids.length][];
      whole.append(ids, (position, logits) -> expected[position] = logits.clone());

      for (int chunk : new int[] {1, 5, 17}) {
        chunked.truncate(0);
        for (int from = 0; from < ids.length; from += chunk) {
          int to = Math.min(ids.length, from + chunk);
          float[] last = chunked.append(Arrays.copyOfRange(ids, from, to));
          assertThat(last).as("up to " + to).containsExactly(expected[to - 1]);
        }
      }
    }
  }

  private record Comparison(
      double greatestError, double relativeError, double spread, int sameArgmax, int closeRows) {}

  private static Comparison compare(String name) {
    try (Model model = Model.load(ReferenceFolder.gguf(name + ".gguf"));
        Session session = model.newSession(SessionOptions.of(CacheType.F32))) {
      float[][] expected =
          ReferenceFolder.logits(name + ".logits", model.config().vocabularySize());
      float[][] found = new float[expected.length][];

      session.append(
          ReferenceFolder.prompt(), (position, logits) -> found[position] = logits.clone());

      return compare(expected, found);
    }
  }

  private static Comparison compare(float[][] expected, float[][] found) {
    double greatest = 0;
    double errors = 0;
    double squares = 0;
    int count = 0;
    int same = 0;
    int close = 0;
    for (int row = 0; row < expected.length; row++) {
      double rowError = 0;
      for (int i = 0; i < expected[row].length; i++) {
        double error = Math.abs((double) found[row][i] - expected[row][i]);
        rowError = Math.max(rowError, error);
        errors += error * error;
        squares += (double) expected[row][i] * expected[row][i];
        count++;
      }
      greatest = Math.max(greatest, rowError);
      close += rowError < 0.02 ? 1 : 0;
      same += argmax(expected[row]) == argmax(found[row]) ? 1 : 0;
    }
    return new Comparison(
        greatest, Math.sqrt(errors / squares), Math.sqrt(squares / count), same, close);
  }

  private static int argmax(float[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }
}

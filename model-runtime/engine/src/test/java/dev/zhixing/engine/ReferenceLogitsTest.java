package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The llama family against logits that other engines computed. */
class ReferenceLogitsTest {
  @Test
  void agreesInSinglePrecision() {
    assertThat(compare("llama-f32").greatestError).isLessThan(0.02);
  }

  @Test
  void agreesInHalfPrecision() {
    assertThat(compare("llama-F16").greatestError).isLessThan(0.02);
  }

  @Test
  void agreesWithTiedHeadAndRopeFactorsRelativeToTheSpread() {
    Comparison found = compare("llama_tied_ropefreqs-F16");

    assertThat(found.greatestError / found.spread).isLessThan(0.02);
    assertThat(found.sameArgmax).isEqualTo(24);
  }

  @Test
  void agreesInEightBitsAtTheTop() {
    Comparison found = compare("llama-Q8_0");

    assertThat(found.relativeError).isLessThan(0.06);
    assertThat(found.sameArgmax).isGreaterThanOrEqualTo(23);
  }

  private record Comparison(
      double greatestError, double relativeError, double spread, int sameArgmax) {}

  private static Comparison compare(String name) {
    try (Model model = Model.load(ReferenceFolder.gguf(name + ".gguf"));
        Session session = model.newSession()) {
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
    for (int row = 0; row < expected.length; row++) {
      for (int i = 0; i < expected[row].length; i++) {
        double error = Math.abs((double) found[row][i] - expected[row][i]);
        greatest = Math.max(greatest, error);
        errors += error * error;
        squares += (double) expected[row][i] * expected[row][i];
        count++;
      }
      same += argmax(expected[row]) == argmax(found[row]) ? 1 : 0;
    }
    return new Comparison(greatest, Math.sqrt(errors / squares), Math.sqrt(squares / count), same);
  }

  private static int argmax(float[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }
}

package dev.zhixing.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenseTest {
  private final SplittableRandom random = new SplittableRandom(7);

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "31, 5, 6", "33, 192, 7", "64, 193, 1", "70, 400, 13"})
  void givesTheBitsOfTheScalarKernels(int rows, int columns, int count) {
    DenseWeights w = DenseWeights.of(tensor(rows, columns), tensor(rows));
    float[] x = numbers(Dense.room(count) * columns);
    float[] expected = new float[Dense.room(count) * w.stride()];
    float[] found = new float[expected.length];
    try (Team team = new Team(2)) {
      for (Dense.Activation activation : Dense.Activation.values()) {
        new Dense(new ScalarDense(), team)
            .apply(w, x, columns, count, expected, activation, new Scratch());
        new Dense(new VectorDense(), team)
            .apply(w, x, columns, count, found, activation, new Scratch());

        assertThat(found).isEqualTo(expected);
      }
    }
  }

  @Test
  void multipliesAndAddsTheBias() {
    Tensor matrix = tensor(40, 300);
    Tensor bias = tensor(40);
    float[] x = numbers(Dense.room(1) * 300);
    float[] y = new float[Dense.room(1) * 64];
    try (Team team = new Team(1)) {
      new Dense(new VectorDense(), team)
          .apply(DenseWeights.of(matrix, bias), x, 300, 1, y, Dense.Activation.NONE, new Scratch());
    }

    float[] weights = matrix.toFloats();
    for (int r = 0; r < 40; r++) {
      double sum = bias.toFloats()[r];
      for (int i = 0; i < 300; i++) {
        sum += (double) weights[r * 300 + i] * x[i];
      }
      assertThat((double) y[r]).isCloseTo(sum, within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 8, 15, 16, 17, 33})
  void geluHasTheBitsOfTheScalarKernels(int count) {
    float[] expected = numbers(count + 2);
    if (count > 3) {
      expected[1] = Float.POSITIVE_INFINITY;
      expected[2] = Float.NaN;
      expected[3] = -1e30f;
      expected[4] = -0f;
    }
    float[] found = expected.clone();

    new ScalarDense().gelu(expected, 1, count);
    new VectorDense().gelu(found, 1, count);

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void geluIsExactToSinglePrecision() {
    for (double x = -12; x <= 12; x += 0.001) {
      float input = (float) x;
      double exact = input / 2 * (1 + erf(input / Math.sqrt(2)));
      assertThat((double) Gelu.of(input)).isCloseTo(exact, within(2e-6 * Math.max(1, input)));
    }
    assertThat(Gelu.of(0)).isZero();
    assertThat(Gelu.of(1000)).isEqualTo(1000f);
    assertThat(Gelu.of(-1000)).isCloseTo(0f, within(2e-4f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 31, 32})
  void softmaxHasTheBitsOfTheScalarKernelsAndClearsTheRest(int count) {
    float[] expected = numbers(40);
    float[] found = expected.clone();

    float expectedSum = new ScalarDense().expAndSum(expected, 4, count, 32, 0.3f);
    float foundSum = new VectorDense().expAndSum(found, 4, count, 32, 0.3f);

    assertThat(foundSum).isEqualTo(expectedSum);
    assertThat(found).isEqualTo(expected);
    for (int i = 4 + count; i < 36; i++) {
      assertThat(found[i]).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 31, 32, 42, 384})
  void normalisesWithTheBitsOfTheScalarKernels(int count) {
    float[] weight = numbers(count);
    float[] bias = numbers(count);
    float[] expected = numbers(count + 3);
    float[] found = expected.clone();
    double mean = IntStream.range(0, count).mapToDouble(i -> found[2 + i]).average().orElseThrow();
    double variance =
        IntStream.range(0, count)
            .mapToDouble(i -> (found[2 + i] - mean) * (found[2 + i] - mean))
            .average()
            .orElseThrow();
    double last =
        (found[1 + count] - mean) / Math.sqrt(variance + 0.5) * weight[count - 1] + bias[count - 1];

    new ScalarDense().normalise(expected, 2, weight, bias, 0.5f);
    new VectorDense().normalise(found, 2, weight, bias, 0.5f);

    assertThat(found).isEqualTo(expected);
    assertThat((double) found[1 + count]).isCloseTo(last, within(1e-5));
  }

  /** Taylor series where it converges well, else a continued fraction of the complement. */
  private static double erf(double x) {
    double a = Math.abs(x);
    if (a < 3) {
      double term = a;
      double sum = a;
      for (int n = 1; n < 200; n++) {
        term *= -a * a / n;
        sum += term / (2 * n + 1);
      }
      return Math.signum(x) * sum * 2 / Math.sqrt(Math.PI);
    }
    double fraction = 0;
    for (int n = 60; n >= 1; n--) {
      fraction = n / 2.0 / (a + fraction);
    }
    return Math.signum(x) * (1 - Math.exp(-a * a) / ((a + fraction) * Math.sqrt(Math.PI)));
  }

  private Tensor tensor(long... shape) {
    int count = (int) (shape.length == 1 ? shape[0] : shape[0] * shape[1]);
    List<Long> sizes = shape.length == 1 ? List.of(shape[0]) : List.of(shape[0], shape[1]);
    return new Tensor("t", TensorType.F32, sizes, MemorySegment.ofArray(numbers(count)));
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-2, 2);
    }
    return numbers;
  }
}

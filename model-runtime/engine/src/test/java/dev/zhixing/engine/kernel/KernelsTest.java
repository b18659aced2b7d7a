package dev.zhixing.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The vector kernels against the scalar ones, bit for bit, and both against plain sums. */
class KernelsTest {
  private static final int[] SIZES = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 101
  };

  private final Kernels scalar = new ScalarKernels();
  private final Kernels vector = new VectorKernels();
  private final MappedTensors tensors = new MappedTensors();
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void panelProductsAreTheScalarBits() {
    for (int width : SIZES) {
      for (int count : new int[] {0, 1, 4, 5, 6, 7, 11, 13}) {
        for (int terms : new int[] {0, 1, 2, 17}) {
          Panel at = new Panel(width, 3, terms, 1, count, 2, 3 * terms + 1, terms, 1, 3, width + 2);
          float[] w = numbers(1 + 3 * terms * width);
          float[] x = numbers(2 + count * (3 * terms + 1));
          float[] expected = numbers(3 + count * (width + 2));
          float[] found = expected.clone();

          scalar.addProducts(w, at, x, expected);
          vector.addProducts(w, at, x, found);

          assertThat(found).as(at.toString()).containsExactly(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TensorType.class)
  void rowProductsAreTheScalarBitsAndNearTheTrueSum(TensorType type) {
    for (int size : SIZES) {
      int columns = size * type.blockSize();
      for (int rows : new int[] {1, 3, 4, 5, 9, 16}) {
        Tensor w = tensors.matrix(type, rows, columns);
        float[] x = numbers(3 * columns);
        float[] expected = new float[3 * rows];
        float[] found = new float[3 * rows];

        scalar.multiplyRows(
            w, new Bands(0, 1, 1, rows), inputs(type, x, 3, columns), expected, new Scratch());
        vector.multiplyRows(
            w, new Bands(0, 1, 1, rows), inputs(type, x, 3, columns), found, new Scratch());

        assertThat(found).as("%d x %d", rows, columns).containsExactly(expected);
        Inputs third = inputs(type, Arrays.copyOfRange(x, 2 * columns, 3 * columns), 1, columns);
        for (int r = 0; r < rows; r++) {
          float[] row = new float[columns];
          w.copyRow(r, row, 0);
          double sum = 0;
          double magnitude = 1;
          for (int i = 0; i < columns; i++) {
            sum += (double) row[i] * input(type, third, i);
            magnitude += Math.abs((double) row[i] * input(type, third, i));
          }
          assertThat((double) found[2 * rows + r])
              .isCloseTo(sum, within((type.isQuantized() ? 1e-3 : 1e-6) * magnitude));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TensorType.class)
  void longRowsInSeveralBandsAreTheScalarBits(TensorType type) {
    int columns = 9 * 256;
    Tensor w = tensors.matrix(type, 52, columns);
    Bands bands = new Bands(1, 4, 3, 16);
    float[] x = numbers(3 * columns);
    float[] expected = new float[3 * 52];
    float[] found = new float[3 * 52];

    scalar.multiplyRows(w, bands, inputs(type, x, 3, columns), expected, new Scratch());
    vector.multiplyRows(w, bands, inputs(type, x, 3, columns), found, usedScratch());

    assertThat(found).containsExactly(expected);
    assertThat(found[0]).isZero(); // in no band
    assertThat(found[48]).isNotZero();
  }

  private static Scratch usedScratch() {
    Scratch scratch = new Scratch();
    Arrays.fill(scratch.floats(1 << 16), 7);
    Arrays.fill(scratch.panel(1 << 16), 7);
    Arrays.fill(scratch.shorts(1 << 16), (short) 7);
    Arrays.fill(scratch.codes(1 << 16), (byte) 7);
    Arrays.fill(scratch.sums(1 << 16), 7);
    return scratch;
  }

  /** An input's number as the weights' type sees it. */
  private static double input(TensorType type, Inputs x, int i) {
    return type.isQuantized()
        ? (double) x.codes()[i] * x.scales()[i / type.blockSize()]
        : x.floats()[i];
  }

  @Test
  void inputsOfBrainFloatsAreRoundedToBrainFloats() {
    float above = Math.nextUp(0x1.01p0f); // which lies between two of them
    float[] x = {0x1.01p0f, above, 0x1.03p0f, -0x1.01p0f, 3e38f, 0, Float.MIN_VALUE};

    float[] rounded = inputs(TensorType.BF16, x, 1, x.length).floats();

    assertThat(Arrays.copyOf(rounded, x.length))
        .containsExactly(1, 1.0078125f, 1.015625f, -1, 0x1.c4p127f, 0, 0);
    assertThat(x[1]).isEqualTo(above);
  }

  @ParameterizedTest
  @EnumSource(TensorType.class)
  void manyInputsGiveTheBitsOfEachAlone(TensorType type) {
    int columns = type.blockSize() == 1 ? 71 : 3 * type.blockSize();
    Tensor w = tensors.matrix(type, 77, columns);
    for (Kernels kernels : List.of(scalar, vector)) {
      try (Team team = new Team(2)) {
        float[] x = numbers(20 * columns);
        float[] expected = new float[20 * 77];
        for (int c = 0; c < 20; c++) {
          float[] alone = Arrays.copyOfRange(x, c * columns, (c + 1) * columns);
          float[] one = new float[77];
          for (int r = 0; r < 77; r += Kernels.ROWS) {
            int rows = Math.min(Kernels.ROWS, 77 - r);
            kernels.multiplyRows(
                w,
                new Bands(r, r + 1, 1, rows),
                inputs(type, alone, 1, columns),
                one,
                new Scratch());
          }
          System.arraycopy(one, 0, expected, c * 77, 77);
        }
        for (int count : new int[] {1, 5, 6, 7, 12, 20}) {
          for (int panelInputs : new int[] {1, 100}) {
            float[] found = numbers(count * 77);

            new Linear(kernels, panelInputs).apply(w, x, count, found, team, new Scratch());

            assertThat(found).containsExactly(Arrays.copyOf(expected, count * 77));
          }
        }
      }
    }
  }

  @Test
  void exponentialsAreTheScalarBitsAndAccurate() {
    for (int size : SIZES) {
      if (size > 0) {
        float[] expected = numbers(size + 1);
        expected[size] = Float.MAX_VALUE;
        float[] found = expected.clone();

        float expectedSum = scalar.expAndSum(expected, 0, size, 5);
        float foundSum = vector.expAndSum(found, 0, size, 5);

        assertThat(found).containsExactly(expected);
        assertThat(foundSum).isEqualTo(expectedSum);
      }
    }
    for (double x = -86; x < 88; x += 0.37) {
      double e = Math.exp((float) x);
      assertThat((double) Exp.of((float) x)).isCloseTo(e, within(3e-7 * e));
    }
  }

  @Test
  void gatesAreTheScalarBitsAndAccurate() {
    for (int size : SIZES) {
      float[] expected = numbers(size + 3);
      if (size > 2) {
        expected[3] = -300;
        expected[4] = 300;
      }
      float[] found = expected.clone();
      float[] gate = expected.clone();
      float[] up = numbers(size + 3);

      scalar.gate(expected, up.clone(), 3, size);
      vector.gate(found, up.clone(), 3, size);

      assertThat(found).containsExactly(expected);
      for (int i = 3; i < size + 3; i++) {
        double g = gate[i];
        double y = g / (1 + Math.exp(-g)) * up[i];
        assertThat((double) found[i]).isCloseTo(y, within(1e-6 * Math.abs(y) + 1e-30));
      }
    }
  }

  @Test
  void exponentialsWithAFactorAreTheScalarBitsAndAccurate() {
    for (int size : SIZES) {
      float[] x = numbers(size + 3);
      float[] expected = x.clone();
      float[] found = x.clone();

      scalar.exp(expected, 3, size, -2);
      vector.exp(found, 3, size, -2);

      assertThat(found).containsExactly(expected);
      for (int i = 3; i < size + 3; i++) {
        double y = Math.exp(Math.clamp(-2.0 * x[i], -87, 88));
        assertThat((double) found[i]).isCloseTo(y, within(2e-6 * y));
      }
    }
  }

  @Test
  void notANumberStaysSo() {
    float[] gate = {1, Float.NaN, 2};

    vector.gate(gate, new float[] {1, 1, 1}, 0, 3);

    assertThat(gate[1]).isNaN();
    assertThat(gate[2]).isNotNaN();
  }

  @Test
  void theChoiceIsCheckedAgainstTheScalarKernels() {
    assertThat(KernelCheck.difference(vector, tensors.ofEachType())).isEmpty();
    assertThat(KernelChoice.best().name()).startsWith("Vector API");
  }

  private Inputs inputs(TensorType type, float[] x, int count, int columns) {
    Inputs inputs = new Inputs();
    inputs.start(type, x, count, columns, vector.codeOrder(type));
    for (int c = 0; Inputs.needPreparing(type) && c < count; c++) {
      inputs.prepare(c, type);
    }
    return inputs;
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-6, 3)));
    }
    return numbers;
  }
}

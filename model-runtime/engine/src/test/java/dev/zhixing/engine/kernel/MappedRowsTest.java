package dev.zhixing.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedRowsTest {
  private static final int ROWS = 16;
  private static final int COLUMNS = 2304; // more than one piece of blocks

  private final MappedTensors tensors = new MappedTensors();

  /** Where sums of 16 bits would overflow if they could. */
  @ParameterizedTest
  @CsvSource({"Q8_0, 0", "Q4_0, 0", "Q6_K, 208"})
  void theGreatestCodesAreTheScalarBits(TensorType type, int scaleAt) {
    for (int code : new int[] {0x80, 0xff, 0x00, 0x7f, 0xf0, 0x0f}) {
      Tensor w = filled(type, code, scaleAt);
      for (float sign : new float[] {1, -1}) {
        float[] x = new float[COLUMNS];
        Arrays.fill(x, sign);
        float[] expected = new float[ROWS];
        float[] found = new float[ROWS];

        new Linear(new ScalarKernels()).apply(w, x, 1, expected, new Team(1), new Scratch());
        new Linear(new VectorKernels()).apply(w, x, 1, found, new Team(1), new Scratch());

        assertThat(found).as("%x, %s", code, sign).containsExactly(expected);
        assertThat(found[0]).isNotNaN();
      }
    }
  }

  /** Vectors are wider than some blocks. */
  @ParameterizedTest
  @CsvSource({"Q8_0, 32", "Q4_0, 32", "Q6_K, 256"})
  void rowsOfOneBlockAreReadWithinTheirMemory(TensorType type, int columns) {
    Tensor w = tensors.matrix(type, ROWS, columns);
    float[] x = new float[columns];
    for (int i = 0; i < columns; i++) {
      x[i] = i % 2 == 0 ? 1 : -1 + i / 256f;
    }
    float[] expected = new float[ROWS];
    float[] found = new float[ROWS];

    new Linear(new ScalarKernels()).apply(w, x, 1, expected, new Team(1), new Scratch());
    new Linear(new VectorKernels()).apply(w, x, 1, found, new Team(1), new Scratch());

    assertThat(found).containsExactly(expected);
  }

  /** A matrix of one byte, but for the scales, which are 1. */
  private Tensor filled(TensorType type, int code, int scaleAt) {
    byte[] bytes = new byte[Math.toIntExact(ROWS * type.rowBytes(COLUMNS))];
    Arrays.fill(bytes, (byte) code);
    for (int at = scaleAt; at < bytes.length; at += type.blockBytes()) {
      bytes[at] = 0;
      bytes[at + 1] = 0x3c; // 1 in half precision
    }
    return tensors.matrix(type, ROWS, COLUMNS, bytes);
  }
}

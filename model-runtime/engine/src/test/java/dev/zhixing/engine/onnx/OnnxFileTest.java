package dev.zhixing.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OnnxFileTest {
  private static final byte[] MODEL =
      OnnxBytes.model(
          new OnnxBytes()
              .message(1, OnnxBytes.node("/a/MatMul", "MatMul", "x", "w"))
              .text(2, "graph")
              .message(5, OnnxBytes.tensor("w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3))
              .message(5, new OnnxBytes().integer(1, 1).integer(2, 7).text(8, "int64")));

  @Test
  void readsInitializersAndNodes() {
    OnnxFile file = read(MODEL);

    assertThat(file.nodes())
        .containsExactly(new OnnxNode("/a/MatMul", "MatMul", List.of("x", "w")));
    assertThat(file.tensors()).containsOnlyKeys("w");
    assertThat(file.tensor("w", 2L, 3L).toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(file.tensor("w", 2L, 3L).transposed()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void readsNumbersInEveryEncoding() {
    OnnxBytes sizes = new OnnxBytes().bytes(1, new byte[] {1, 2}).integer(2, 1);
    OnnxBytes packed = sizes.text(8, "packed").bytes(4, OnnxBytes.floats(1, 2));
    OnnxBytes single =
        new OnnxBytes().integer(1, 2).integer(2, 1).text(8, "single").real(4, 3).real(4, 4);

    OnnxFile file = read(OnnxBytes.model(new OnnxBytes().message(5, packed).message(5, single)));

    assertThat(file.tensor("packed", 1L, 2L).toFloats()).containsExactly(1, 2);
    assertThat(file.tensor("single", 2L).toFloats()).containsExactly(3, 4);
  }

  @Test
  void refusesWhatDoesNotFit() {
    refuses(
        new OnnxBytes().message(5, OnnxBytes.tensor("w", new float[] {1, 2}, 3)),
        "w: expected four bytes for each number of [3], found 8 in all");
    refuses(
        new OnnxBytes().message(5, OnnxBytes.tensor("w", new float[0], 1L << 60, 1L << 60)),
        "w: expected four bytes for each number of [1152921504606846976, 1152921504606846976]");
    refuses(
        new OnnxBytes().message(5, OnnxBytes.tensor("w", new float[0], -1)),
        "w: expected sizes of 0 or more, found [-1]");
    refuses(
        new OnnxBytes()
            .message(5, OnnxBytes.tensor("w", new float[1], 1))
            .message(5, OnnxBytes.tensor("w", new float[1], 1)),
        "test.onnx: w: expected one initializer of this name, found two");
    refuses(
        new OnnxBytes().message(5, OnnxBytes.tensor("w", new float[1], 1).integer(14, 1)),
        "test.onnx: w: expected the numbers in the file, found them in another one");
    refuses(new OnnxBytes().integer(1, 3), "expected bytes (wire type 2), found wire type 0");
  }

  @Test
  void refusesAFileWithoutAGraph() {
    assertThatThrownBy(() -> read(new byte[0]))
        .isInstanceOf(OnnxException.class)
        .hasMessage("test.onnx: expected an ONNX model, found no graph in it");
  }

  @Test
  void survivesAFileThatIsCutAnywhere() {
    for (int length = 0; length < MODEL.length; length++) {
      byte[] cut = Arrays.copyOf(MODEL, length);

      assertThatThrownBy(() -> read(cut)).isInstanceOf(OnnxException.class);
    }
  }

  @Test
  void survivesAFileWithWrongBytes() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = MODEL.clone();
      for (int j = random.nextInt(1, 5); j > 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(read(damaged).tensors()).hasSizeLessThan(3);
      } catch (OnnxException e) {
        assertThat(e.getMessage()).contains("expected", "found");
      }
    }
  }

  private static void refuses(OnnxBytes graph, String message) {
    assertThatThrownBy(() -> read(OnnxBytes.model(graph)))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining(message);
  }

  private static OnnxFile read(byte[] bytes) {
    return OnnxFile.read("test.onnx", ByteBuffer.wrap(bytes));
  }
}

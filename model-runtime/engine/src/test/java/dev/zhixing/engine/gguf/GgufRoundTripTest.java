package dev.zhixing.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufRoundTripTest {
  @TempDir private Path folder;

  @Test
  void readsBackWhatWasWritten() {
    Path path = folder.resolve("a.gguf");
    new GgufWriter()
        .string("s", "知行 ✓")
        .uint32("u", 0xffff_fffeL)
        .int64("l", -5_000_000_000L)
        .float32("f", 0.1f)
        .flag("yes", true)
        .strings("texts", List.of("", "a", "長"))
        .int32s("ints", -1, 2, 3)
        .float32s("floats", 1.5f, -2f)
        .tensor("v", TensorType.F32, new float[] {1, 2, 3}, 3)
        .tensor("m", TensorType.F16, new float[] {1, 2, 3, 4, 5, 6.5f}, 2, 3)
        .write(path);

    try (GgufFile file = GgufFile.open(path)) {
      GgufMetadata metadata = file.metadata();
      assertThat(file.version()).isEqualTo(3);
      assertThat(metadata.string("s")).isEqualTo("知行 ✓");
      assertThat(metadata.integer("u")).isEqualTo(0xffff_fffeL);
      assertThat(metadata.integer("l")).isEqualTo(-5_000_000_000L);
      assertThat(metadata.real("f")).isEqualTo(0.1f);
      assertThat(metadata.flag("yes", false)).isTrue();
      assertThat(metadata.flag("no", false)).isFalse();
      assertThat(metadata.strings("texts")).containsExactly("", "a", "長");
      assertThat(metadata.integers("ints")).containsExactly(-1, 2, 3);
      assertThat(metadata.floats("floats")).containsExactly(1.5f, -2f);
      assertThat(metadata.keys()).startsWith("s", "u", "l");
      assertThat(file.tensor("v", 3).toFloats()).containsExactly(1, 2, 3);
      assertThat(file.tensor("m", 2, 3).toFloats()).containsExactly(1, 2, 3, 4, 5, 6.5f);
      assertThat(file.tensors().keySet()).containsExactly("v", "m");
      assertThat(file.tensor("m", 2, 3).data().address() % 32).isZero();
    }
  }

  @Test
  void quantizesToEightBitsWithinHalfAStep() {
    Path path = folder.resolve("q.gguf");
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[4 * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    new GgufWriter().tensor("q", TensorType.Q8_0, values, 4, 64).write(path);

    try (GgufFile file = GgufFile.open(path)) {
      float[] found = file.tensor("q", 4, 64).toFloats();

      for (int block = 0; block < values.length; block += 32) {
        float greatest = 0;
        for (int i = block; i < block + 32; i++) {
          greatest = Math.max(greatest, Math.abs(values[i]));
        }
        for (int i = block; i < block + 32; i++) {
          assertThat(Math.abs(found[i] - values[i])).isLessThan(greatest / 127 * 0.57f);
        }
      }
    }
  }

  @Test
  void roundsHalvesAwayFromZeroAndKeepsZeros() {
    Path path = folder.resolve("q.gguf");
    float[] values = new float[64];
    values[0] = 127;
    values[1] = 2.5f;
    values[2] = -2.5f;
    values[3] = -127;
    new GgufWriter().tensor("q", TensorType.Q8_0, values, 2, 32).write(path);

    try (GgufFile file = GgufFile.open(path)) {
      float[] found = file.tensor("q", 2, 32).toFloats();

      assertThat(found).startsWith(127, 3, -3, -127, 0);
      assertThat(found[63]).isZero();
    }
  }

  @Test
  void refusesAMissingKeyAndAWrongType() {
    Path path = folder.resolve("a.gguf");
    new GgufWriter().string("general.name", "x").write(path);

    try (GgufFile file = GgufFile.open(path)) {
      GgufMetadata metadata = file.metadata();

      assertThatThrownBy(() -> metadata.integer("llama.block_count"))
          .isInstanceOf(GgufException.class)
          .hasMessage(
              "a.gguf: expected the key 'llama.block_count', found none; is the file a complete"
                  + " model?");
      assertThatThrownBy(() -> metadata.integer("general.name"))
          .hasMessage("a.gguf: key 'general.name': expected an integer, found String");
    }
  }

  @Test
  void refusesAWrongShapeAndAMissingTensor() {
    Path path = folder.resolve("a.gguf");
    new GgufWriter()
        .string("general.architecture", "llama")
        .tensor("w", TensorType.F32, new float[6], 2, 3)
        .write(path);

    try (GgufFile file = GgufFile.open(path)) {
      assertThatThrownBy(() -> file.tensor("w", 3, 2))
          .hasMessage("a.gguf: w: expected [3, 2], found [2, 3]; is the architecture 'llama'?");
      assertThatThrownBy(() -> file.tensor("v", 3)).hasMessageContaining("found none");
    }
  }

  @Test
  void refusesToWriteRowsThatAreNotWholeBlocks() {
    GgufWriter writer = new GgufWriter();

    assertThatThrownBy(() -> writer.tensor("q", TensorType.Q8_0, new float[33], 1, 33))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a multiple of 32 numbers, found 33");
    assertThatThrownBy(() -> writer.tensor("q", TensorType.F32, new float[33], 2, 33))
        .hasMessageContaining("found 33 for [2, 33]");
  }

  @Test
  void aTensorCannotBeReadAfterClosing() {
    Path path = folder.resolve("a.gguf");
    new GgufWriter().tensor("w", TensorType.F32, new float[6], 2, 3).write(path);
    GgufFile file = GgufFile.open(path);
    Tensor tensor = file.tensor("w", 2, 3);
    file.close();

    assertThatThrownBy(tensor::toFloats).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readsUnsignedNumbersAsWhatTheyAre() throws IOException {
    Path path = folder.resolve("a.gguf");
    new GgufWriter()
        .int64("large", -1)
        .int64("less", Long.MAX_VALUE)
        .int32s("many", -2, 1)
        .write(path);
    byte[] bytes = Files.readAllBytes(path);
    bytes[indexOf(bytes, "large") + 5] = 10; // uint64 in place of int64
    bytes[indexOf(bytes, "less") + 4] = 10;
    bytes[indexOf(bytes, "many") + 8] = 4; // uint32
    Files.write(path, bytes);

    try (GgufFile file = GgufFile.open(path)) {
      GgufMetadata metadata = file.metadata();

      assertThat(metadata.asMap().get("large")).hasToString("18446744073709551615");
      assertThat(metadata.integer("less")).isEqualTo(Long.MAX_VALUE);
      assertThat(metadata.asMap().get("many")).isEqualTo(List.of(4294967294L, 1L));
      assertThat(metadata.real("large")).isEqualTo(0x1p64);
      assertThatThrownBy(() -> metadata.integer("large"))
          .isInstanceOf(GgufException.class)
          .hasMessage(
              "a.gguf: key 'large': expected an integer up to 9223372036854775807, found"
                  + " 18446744073709551615");
    }
  }

  @Test
  void opensAVocabularyInLessMemoryThanTheFileHas() throws IOException {
    Path path = folder.resolve("a.gguf");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      texts.add("t" + i);
    }
    new GgufWriter().strings("texts", texts).int32s("types", new int[100_000]).write(path);
    GgufFile.open(path).close(); // classes are loaded now
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    try (GgufFile file = GgufFile.open(path)) {
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;

      assertThat(allocated).isLessThan(Files.size(path));
      assertThat(file.metadata().strings("texts")).isEqualTo(texts);
    }
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }
}

package dev.zhixing.engine.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.gguf.GgufException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged or hostile file is refused with a text that says what is wrong. */
class SafetensorsDamageTest {
  @TempDir private Path folder;
  private Path path;
  private final byte[] whole =
      new SafetensorsWriter()
          .floats("a", new float[] {1, 2, 3, 4}, 2, 2)
          .floats("b", new float[] {5, 6}, 2)
          .bytes();

  @BeforeEach
  void name() {
    path = folder.resolve("x.safetensors");
  }

  @Test
  void readsAWholeFile() throws IOException {
    Files.write(path, whole);

    try (Arena arena = Arena.ofConfined()) {
      WeightsFile file = WeightsFile.open(path, arena);
      assertThat(file.tensors()).containsOnlyKeys("a", "b");
      assertThat(file.tensors().get("b"))
          .isNotNull()
          .satisfies(tensor -> assertThat(tensor.toFloats()).containsExactly(5, 6));
    }
  }

  @Test
  void refusesEveryShorterFile() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      refuse(Arrays.copyOf(whole, length), "x.safetensors: ");
    }
  }

  @Test
  void refusesOrReadsEveryChangedByte() throws IOException {
    SplittableRandom random = new SplittableRandom(12);
    for (int round = 0; round < 1000; round++) {
      byte[] bytes = whole.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(path, bytes);

      try (Arena arena = Arena.ofConfined()) {
        WeightsFile.open(path, arena);
      } catch (GgufException e) {
        assertThat(e).hasMessageContaining("x.safetensors");
      }
    }
  }

  @Test
  void refusesHeadersThatTheFileCannotHold() throws IOException {
    for (long length : new long[] {0, 1, whole.length, 1L << 60, Long.MAX_VALUE, -1}) {
      byte[] bytes = whole.clone();
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);

      refuse(bytes, "x.safetensors: header: expected 2 to ");
    }
  }

  @Test
  void refusesOffsetsOutsideTheData() throws IOException {
    refuse(entry("[2]", "[0,16]"), "a: expected offsets within the 8 bytes of data, found 0 to 16");
    refuse(entry("[2]", "[-8,0]"), "a: expected offsets within");
    refuse(entry("[2]", "[8,0]"), "a: expected offsets within");
    refuse(entry("[2]", "[0,1152921504606846976]"), "a: expected offsets within");
    refuse(entry("[2]", "[0,99999999999999999999999]"), "a: expected dtype, shape and two");
  }

  @Test
  void refusesShapesThatDoNotFitTheBytes() throws IOException {
    refuse(entry("[3]", "[0,8]"), "a: expected 12 bytes for shape [3] of type F32, found 8");
    refuse(entry("[4294967296,4294967296,4]", "[0,8]"), "a: expected sizes that fit a file");
    refuse(entry("[-2]", "[0,8]"), "a: expected up to 8 sizes of 0 or more");
    refuse(entry("\"x\"", "[0,8]"), "a: expected dtype, shape and two data_offsets");
  }

  @Test
  void refusesTensorsThatOverlap() throws IOException {
    String one = "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}";
    String header = "{\"a\":" + one.formatted(0, 8) + ",\"b\":" + one.formatted(4, 12) + "}";

    refuse(SafetensorsWriter.bytes(header, new byte[12]), "b: expected it at byte 8 of the data");
  }

  @Test
  void refusesATensorTwiceAndDeepNesting() throws IOException {
    refuse(SafetensorsWriter.bytes("{\"a\":1,\"a\":1}"), "x.safetensors: ");
    refuse(SafetensorsWriter.bytes("{\"a\":" + "[".repeat(5000)), "expected JSON");
  }

  @Test
  void refusesAHeaderOfMillionsOfSmallValues() throws IOException {
    refuse(
        SafetensorsWriter.bytes("{\"a\":[" + "[],".repeat(1 << 21) + "1]}"),
        "x.safetensors: expected JSON, found Token count (4194305) exceeds the maximum");
  }

  @Test
  void listsATensorOfATypeThatIsNotSupported() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}";
    Files.write(path, SafetensorsWriter.bytes(header, new byte[8]));

    try (Arena arena = Arena.ofConfined()) {
      assertThat(WeightsFile.open(path, arena).unsupported()).containsEntry("a", "F8_E4M3");
    }
  }

  @Test
  void refusesAnIndexThatLeavesTheFolder() throws IOException {
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"a\":\"../x.safetensors\"}}");

    assertThatThrownBy(() -> SafetensorsModel.open(folder).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("a: expected the name of a file in the same folder");
  }

  private static byte[] entry(String shape, String offsets) {
    return SafetensorsWriter.bytes(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}}".formatted(shape, offsets),
        new byte[8]);
  }

  private void refuse(byte[] bytes, String message) throws IOException {
    Files.write(path, bytes);
    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> WeightsFile.open(path, arena))
          .isInstanceOf(GgufException.class)
          .hasMessageContaining(message);
    }
  }
}

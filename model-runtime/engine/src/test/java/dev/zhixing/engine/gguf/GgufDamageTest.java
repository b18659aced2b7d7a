package dev.zhixing.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.tensor.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is refused with a text that says what is wrong, whatever the damage. */
class GgufDamageTest {
  @TempDir private Path folder;
  private Path path;
  private byte[] whole;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("x.gguf");
    new GgufWriter()
        .string("general.architecture", "llama")
        .strings("texts", List.of("a", "b"))
        .int32s("ints", 1, 2)
        .tensor("w", TensorType.F32, new float[] {1, 2, 3}, 3)
        .tensor("q", TensorType.Q8_0, new float[32], 1, 32)
        .write(path);
    whole = Files.readAllBytes(path);
  }

  @Test
  void refusesEveryShorterFile() throws IOException {
    int used = whole.length - 30; // without the padding after the last tensor
    for (int length = 0; length < used; length++) {
      Files.write(path, Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> GgufFile.open(path).close())
          .as("length " + length)
          .isInstanceOf(GgufException.class)
          .hasMessageContaining("x.gguf");
    }
  }

  @Test
  void refusesOrReadsEveryChangedByte() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 1000; round++) {
      byte[] bytes = whole.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(path, bytes);

      try {
        GgufFile.open(path).close();
      } catch (GgufException e) {
        assertThat(e).hasMessageContaining("x.gguf");
      }
    }
  }

  @Test
  void saysWhereTheFileEnds() throws IOException {
    Files.write(path, Arrays.copyOf(whole, 70));

    assertThatThrownBy(() -> GgufFile.open(path).close())
        .hasMessageMatching(
            "x.gguf: metadata key .*, at byte \\d+: expected .* found .* damaged.*");
  }

  @Test
  void refusesCountsThatTheFileCannotHold() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(path, bytes.putLong(16, Long.MAX_VALUE).array());

    assertThatThrownBy(() -> GgufFile.open(path).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("expected 9223372036854775807 metadata keys");
  }

  @Test
  void refusesMoreStringsThanAnyVocabularyHas() {
    List<String> many = Collections.nCopies(1 << 20, "");
    new GgufWriter().strings("a", many).strings("b", many).strings("c", many).write(path);

    assertThatThrownBy(() -> GgufFile.open(path).close())
        .isInstanceOf(GgufException.class)
        .hasMessage(
            "x.gguf: metadata key 'c': expected at most 2097152 strings in all keys up to here,"
                + " found 3145728");
  }

  @Test
  void refusesAnotherFormat() throws IOException {
    Files.writeString(path, "not a model at all");

    assertThatThrownBy(() -> GgufFile.open(path).close())
        .hasMessage(
            "x.gguf: expected a GGUF file that begins with 'GGUF', found the bytes 6e6f7420");
  }

  @Test
  void refusesVersionsItDoesNotKnow() throws IOException {
    whole[4] = 1;
    Files.write(path, whole);

    assertThatThrownBy(() -> GgufFile.open(path).close())
        .hasMessageContaining("expected GGUF version 2 or 3, found 1");
  }

  @Test
  void namesATypeThatIsNotSupportedWhereItIsUsed() throws IOException {
    whole[typeOf('q')] = 16;
    Files.write(path, whole);

    try (GgufFile file = GgufFile.open(path)) {
      assertThat(file.unsupported()).containsExactly(Map.entry("q", "IQ2_XXS"));
      assertThat(file.tensors()).containsOnlyKeys("w");
      assertThatThrownBy(() -> file.tensor("q", 1, 32))
          .isInstanceOf(GgufException.class)
          .hasMessageContaining("x.gguf: q: expected one of the types [F32, F16")
          .hasMessageContaining("found IQ2_XXS");
      assertThatThrownBy(() -> file.find("q")).isInstanceOf(GgufException.class);
    }
  }

  @Test
  void refusesTensorsThatOverlap() throws IOException {
    int offset = typeOf('q') + 4;
    ByteBuffer bytes = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(path, bytes.putLong(offset, 0).array());

    assertThatThrownBy(() -> GgufFile.open(path).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("expected it behind");
  }

  @Test
  void refusesTensorsOutsideTheFile() throws IOException {
    int offset = typeOf('q') + 4;
    for (long wrong : new long[] {1 << 20, 1L << 60, Long.MAX_VALUE - 31, Long.MIN_VALUE, -32}) {
      ByteBuffer bytes = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
      Files.write(path, bytes.putLong(offset, wrong).array());

      assertThatThrownBy(() -> GgufFile.open(path).close())
          .as("offset " + wrong)
          .isInstanceOf(GgufException.class)
          .hasMessageContaining("x.gguf: q: expected");
    }
  }

  @Test
  void refusesGreatCountsAnywhere() throws IOException {
    for (int at = 8; at + 8 <= whole.length - 160; at += 3) {
      for (long count : new long[] {1L << 60, Long.MAX_VALUE, -1, 1L << 31}) {
        ByteBuffer bytes = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(path, bytes.putLong(at, count).array());

        try {
          GgufFile.open(path).close();
        } catch (GgufException e) {
          assertThat(e).hasMessageContaining("x.gguf");
        }
      }
    }
  }

  @Test
  void refusesTwoTensorsOfOneName() throws IOException {
    whole[typeOf('q') - 21] = 'w'; // name, number of sizes, two sizes
    Files.write(path, whole);

    assertThatThrownBy(() -> GgufFile.open(path).close())
        .hasMessage("x.gguf: w: expected one tensor, found two");
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path missing = folder.resolve("missing.gguf");

    assertThatThrownBy(() -> GgufFile.open(missing).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("missing.gguf: expected a readable file");
  }

  private int typeOf(char tensor) {
    int at = indexOf(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, (byte) tensor}, 0) + 9;
    return at + 4 + 8 * whole[at];
  }

  private int indexOf(byte[] wanted, int from) {
    for (int i = from; i <= whole.length - wanted.length; i++) {
      if (Arrays.equals(whole, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("not in the file");
  }
}

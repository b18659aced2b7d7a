package dev.zhixing.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.tensor.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in three parts is read as one, whichever part is named. */
class GgufSplitTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() {
    for (int i = 0; i < 3; i++) {
      write(i, 3, "t" + i);
    }
  }

  @Test
  void readsAllPartsByAnyOfThem() {
    for (int i = 0; i < 3; i++) {
      try (GgufFile file = GgufFile.open(part(i))) {
        assertThat(file.metadata().string("general.architecture")).isEqualTo("llama");
        assertThat(file.tensors().keySet()).containsExactly("t0", "t1", "t2");
        assertThat(file.tensor("t2", 2).toFloats()).containsExactly(2, 3);
        assertThat(file.size()).isEqualTo(sizes());
      }
    }
  }

  @Test
  void namesAMissingPart() throws IOException {
    Files.delete(part(1));

    assertThatThrownBy(() -> GgufFile.open(part(0)).close())
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("x-00002-of-00003.gguf: expected a readable file");
  }

  @Test
  void refusesAPartOfAnotherNumber() throws IOException {
    Files.copy(part(0), part(1), StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> GgufFile.open(part(0)).close())
        .hasMessageContaining("x-00002-of-00003.gguf: expected part 2 of 3, found part 1 of 3");
  }

  @Test
  void refusesARenamedPart() throws IOException {
    Path renamed = Files.move(part(0), folder.resolve("y.gguf"));

    assertThatThrownBy(() -> GgufFile.open(renamed).close())
        .hasMessageContaining("y.gguf: expected a name that ends in '-00001-of-00003.gguf'");
  }

  @Test
  void refusesATensorInTwoParts() {
    write(2, 3, "t1");

    assertThatThrownBy(() -> GgufFile.open(part(0)).close())
        .hasMessageContaining("x-00003-of-00003.gguf: t1: expected a tensor that no other part");
  }

  @Test
  void refusesAnotherNumberOfTensors() {
    write(0, 4, "t0");

    assertThatThrownBy(() -> GgufFile.open(part(2)).close())
        .hasMessageContaining("expected the 3 tensors of all parts, found 4");
  }

  private Path part(int number) {
    return folder.resolve("x-0000%d-of-00003.gguf".formatted(number + 1));
  }

  private long sizes() {
    return part(0).toFile().length() + part(1).toFile().length() + part(2).toFile().length();
  }

  private void write(int number, int tensors, String tensor) {
    GgufWriter writer = new GgufWriter();
    if (number == 0) {
      writer.string("general.architecture", "llama");
    }
    writer
        .uint32("split.no", number)
        .uint32("split.count", 3)
        .uint32("split.tensors.count", tensors)
        .tensor(tensor, TensorType.F32, new float[] {number, number + 1}, 2)
        .write(part(number));
  }
}

package dev.zhixing.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedModelTest {
  private static final String TEXT = "not a model, but enough for a test\n";

  @TempDir private Path folder;

  private static EmbeddedModel sample() {
    return EmbeddedModel.find(EmbeddedModelTest.class, "sample");
  }

  @Test
  void extractsUnderTheDigest() throws IOException {
    EmbeddedModel model = sample();

    Path cache = folder.resolve("new/cache");
    Path file = model.extractTo(cache);

    assertThat(file.getFileName()).hasToString("sample-" + model.sha256() + ".gguf");
    assertThat(file).hasContent(TEXT);
    assertThat(files(cache)).containsExactly(file);
  }

  @Test
  void extractsOnce() throws IOException {
    Path file = sample().extractTo(folder);
    FileTime old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, old);

    Path again = sample().extractTo(folder);

    assertThat(again).isEqualTo(file);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
  }

  @Test
  void replacesADamagedFile() throws IOException {
    Path file = sample().extractTo(folder);
    Files.writeString(file, "cut");

    sample().extractTo(folder);

    assertThat(file).hasContent(TEXT);
  }

  @Test
  void severalThreadsExtractAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Path>> results = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        results.add(threads.submit(() -> sample().extractTo(folder)));
      }

      for (Future<Path> result : results) {
        assertThat(result.get()).hasContent(TEXT);
      }
    }
    assertThat(files(folder)).hasSize(1);
  }

  @Test
  void refusesAModelWithAnotherDigest() throws IOException {
    EmbeddedModel wrong = EmbeddedModel.find(EmbeddedModelTest.class, "wrong");

    assertThatThrownBy(() -> wrong.extractTo(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wrong.gguf: expected SHA-256 0000");

    assertThat(files(folder)).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> EmbeddedModel.find(EmbeddedModelTest.class, "nothing"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected the resources nothing.gguf and nothing.sha256")
        .hasMessageContaining("found no model");
  }

  @Test
  void theShippedModelHasItsDigest() throws Exception {
    try (InputStream in = EmbeddedModel.class.getResourceAsStream("zhixing-tiny.gguf")) {
      Assumptions.assumeTrue(in != null, "no model in this checkout");
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");

      sha256.update(in.readAllBytes());

      assertThat(EmbeddedModel.tiny().sha256())
          .isEqualTo(HexFormat.of().formatHex(sha256.digest()));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}

package dev.zhixing.samples.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that the tests run in. */
final class Checkout {

  private Checkout() {}

  /** The folder that holds the parent POM and the launcher. */
  static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("model-runtime")) || !Files.exists(at.resolve("samples"))) {
      at = at.getParent();
      if (at == null) {
        throw new IllegalStateException(
            "tests: expected to run inside the checkout, found no model-runtime above");
      }
    }
    return at;
  }

  /** All Java sources, tests included. */
  static List<Path> javaFiles() {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(root() + ": cannot be walked", e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }
}

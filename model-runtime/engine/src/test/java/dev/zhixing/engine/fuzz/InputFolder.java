package dev.zhixing.engine.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A folder of its own for a target, as readers take files. */
final class InputFolder {
  /** Parts the files of an input; in JSON it never stands for itself. */
  private static final byte SEPARATOR = 0x1e;

  private final Path folder;

  InputFolder() {
    try {
      folder = Files.createTempDirectory("zhixing-fuzz-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
  }

  Path path() {
    return folder;
  }

  Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** Writes a file, or none where the input has no such part. */
  void writeOrDelete(String name, byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      Files.deleteIfExists(folder.resolve(name));
    } else {
      write(name, bytes);
    }
  }

  /**
   * Cuts an input into so many parts; those it does not have are empty, the last one is the rest.
   */
  static byte[][] parts(byte[] input, int count) {
    byte[][] parts = new byte[count][0];
    int from = 0;
    for (int i = 0; i < count && from <= input.length; i++) {
      int to = from;
      while (to < input.length && (i == count - 1 || input[to] != SEPARATOR)) {
        to++;
      }
      parts[i] = Arrays.copyOfRange(input, from, to);
      from = to + 1;
    }
    return parts;
  }

  private void delete() {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // A folder of some bytes stays in the system's own place for such.
    }
  }
}

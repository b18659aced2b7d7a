package dev.zhixing.samples.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to every measurement, where the system tells it.
 *
 * @param processor the processor's name
 * @param commit the commit of the checkout that the program runs from
 * @param peakMemory the most memory that the process had so far
 */
record Machine(String processor, String commit, String peakMemory) {
  private static final String UNKNOWN = "unknown";

  static Machine here() {
    return new Machine(
        value("/proc/cpuinfo", "model name"), commitHere(), value("/proc/self/status", "VmHWM"));
  }

  private static String value(String file, String key) {
    try {
      List<String> lines =
          Files.isReadable(Path.of(file)) ? Files.readAllLines(Path.of(file)) : List.of();
      return lines.stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String commitHere() {
    try {
      @Nullable Path at =
          Path.of(Machine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      while (at != null && !Files.isRegularFile(at.resolve(".git/HEAD"))) {
        at = at.getParent();
      }
      return at == null ? UNKNOWN : commit(at.resolve(".git"));
    } catch (IOException | URISyntaxException e) {
      return UNKNOWN;
    }
  }

  private static String commit(Path git) throws IOException {
    String head = Files.readString(git.resolve("HEAD")).strip();
    if (!head.startsWith("ref: ")) {
      return head;
    }
    Path reference = git.resolve(head.substring(5));
    return Files.isRegularFile(reference) ? Files.readString(reference).strip() : UNKNOWN;
  }
}

package dev.zhixing.samples.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the program keeps its files. They are made when something is first written.
 *
 * @param data what lasts: the home's state, memories, indexes, the history of what was typed
 * @param cache what can be made again: the embedded model's file
 */
public record Directories(Path data, Path cache) {

  /**
   * {@code ZHIXING_HOME} holds both if it is set; otherwise they lie where the XDG Base Directory
   * Specification says.
   */
  static Directories of(Map<String, String> environment, String userHome) {
    String home = environment.get("ZHIXING_HOME");
    if (home != null && !home.isBlank()) {
      Path base = Path.of(home).toAbsolutePath();
      return new Directories(base, base.resolve("cache"));
    }
    return new Directories(
        base(environment.get("XDG_DATA_HOME"), Path.of(userHome, ".local", "share")),
        base(environment.get("XDG_CACHE_HOME"), Path.of(userHome, ".cache")));
  }

  private static Path base(@Nullable String configured, Path fallback) {
    boolean usable = configured != null && Path.of(configured).isAbsolute(); // as XDG demands
    return (usable ? Path.of(configured) : fallback).resolve("zhixing");
  }

  Path homeState() {
    return data.resolve("home.json");
  }

  Path memories() {
    return data.resolve("memory");
  }

  /** The journals of runs. */
  Path runs() {
    return data.resolve("runs");
  }

  /** Each folder of documents has an index of its own. */
  Path documentIndex(Path folder) {
    String name = folder.getFileName() == null ? "root" : folder.getFileName().toString();
    String digest = Integer.toHexString(folder.toString().hashCode());
    return data.resolve("documents").resolve(name + "-" + digest);
  }

  Path typedLines() {
    return data.resolve("typed-lines");
  }
}

package dev.zhixing.chat;

import dev.zhixing.engine.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys and values of conversations' openings (the tools on offer, nothing of what anybody
 * said) in a folder, so that the next process need not read them again. A folder that cannot be
 * used costs time, never an answer. Safe for all threads and processes.
 */
final class PromptCache {

  private static final System.Logger LOG = System.getLogger(PromptCache.class.getName());

  /** A shorter opening is read as fast as a file is found. */
  private static final int SHORTEST = 64;

  private static final int MOST_FILES = 16;
  private static final String SUFFIX = ".tokens";

  private final @Nullable Path folder;

  /**
   * @param folder where to keep them, null for nowhere
   */
  PromptCache(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Puts an opening into a session, in place of the part of it that is there, if it is kept. */
  void restore(Session session, int[] opening) {
    if (folder == null || opening.length < SHORTEST) {
      return;
    }
    Path file = file(folder, opening);
    if (Files.isRegularFile(file)) {
      session.truncate(0);
      session.restore(file, opening);
    }
  }

  /** Keeps the opening that a session starts with. */
  void save(Session session, int[] opening) {
    if (folder == null || opening.length < SHORTEST) {
      return;
    }
    try {
      session.save(opening.length, file(folder, opening));
      removeOldest(folder);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "prompt cache: nothing kept: {0}", e.getMessage());
    }
  }

  private static Path file(Path folder, int[] opening) {
    return folder.resolve("opening-%08x%s".formatted(Arrays.hashCode(opening), SUFFIX));
  }

  private static void removeOldest(Path folder) throws IOException {
    List<Path> kept;
    try (Stream<Path> files = Files.list(folder)) {
      kept = files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    }
    if (kept.size() > MOST_FILES) {
      Files.deleteIfExists(
          kept.stream().min(Comparator.comparingLong(PromptCache::lastChanged)).orElseThrow());
    }
  }

  private static long lastChanged(Path file) {
    return file.toFile().lastModified();
  }
}

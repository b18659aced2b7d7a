package dev.zhixing.agent.journal;

import dev.zhixing.agent.Journal;
import dev.zhixing.agent.RecordedCall;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What models have read of runs, a file beside each run's journal. It holds what the journal holds,
 * as tokens, and nothing that was taken out of it: where anything was, there is no such file. They
 * can all be made again, so the oldest go where they take too much room.
 *
 * @param folder of the journals
 * @param mostBytes of a file
 * @param mostTogether of all files
 */
record SessionFiles(Path folder, long mostBytes, long mostTogether) {
  private static final Logger LOG = System.getLogger(SessionFiles.class.getName());

  static final String SUFFIX = ".tokens";

  /**
   * A file holds 2,048 tokens of a model with 8 billion parameters, 8,192 of one with a billion, or
   * any conversation of a smaller one; it is written in about a second.
   */
  private static final long MOST_BYTES = 256 << 20;

  private static final long MOST_TOGETHER = 4 * MOST_BYTES;

  /** In {@code folder}, with the usual limits. */
  SessionFiles(Path folder) {
    this(folder, MOST_BYTES, MOST_TOGETHER);
  }

  /** The file of {@code run}, if it is there. */
  Optional<Path> find(String run) {
    return Optional.of(file(run)).filter(Files::isRegularFile);
  }

  /**
   * Keeps what a model has read of {@code run}, which the caller has locked, in place of what was
   * kept before.
   *
   * @param journal the run's journal, written to its end
   */
  void keep(String run, Path journal, Journal.SessionWriter writer) throws IOException {
    if (holdsNoSecret(journal)) {
      writer.write(file(run), mostBytes);
      makeRoom(run);
    } else {
      delete(run);
      LOG.log(Level.INFO, "run {0}: its session is not kept, as a secret was in it", run);
    }
  }

  private static boolean holdsNoSecret(Path journal) throws IOException {
    try (Stream<String> lines = Files.lines(journal)) {
      return lines.noneMatch(RecordedCall.mark().asPredicate());
    }
  }

  /** Deletes what is kept of {@code run}. */
  void delete(String run) throws IOException {
    for (Path file : all()) {
      if (run(file).equals(run)) { // several if a process was killed while it wrote
        Files.deleteIfExists(file);
      }
    }
  }

  private record Kept(Path file, long bytes, FileTime time) {
    static Kept of(Path file) throws IOException {
      try {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        return new Kept(file, is.size(), is.lastModifiedTime());
      } catch (NoSuchFileException e) { // another process made room
        return new Kept(file, 0, FileTime.fromMillis(0));
      }
    }
  }

  /** Deletes what a killed process has left of {@code run}, and the oldest of all runs. */
  private void makeRoom(String run) throws IOException {
    List<Kept> kept = new ArrayList<>();
    for (Path file : all()) {
      if (!isPart(file)) {
        kept.add(Kept.of(file));
      } else if (run(file).equals(run)) {
        Files.deleteIfExists(file);
      }
    }
    kept.sort(Comparator.comparing(Kept::time));
    long together = kept.stream().mapToLong(Kept::bytes).sum();
    for (Kept oldest : kept) {
      if (together <= mostTogether) {
        return;
      }
      Files.deleteIfExists(oldest.file());
      together -= oldest.bytes();
    }
  }

  /** Everything that is kept, whole or in part. */
  List<Path> all() throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          if (String.valueOf(file.getFileName()).contains(SUFFIX)) {
            found.add(file);
          }
        }
      }
    }
    return found;
  }

  private static boolean isPart(Path file) {
    return !file.toString().endsWith(SUFFIX);
  }

  /** The run of which a file is kept. */
  static String run(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.indexOf(SUFFIX));
  }

  private Path file(String run) {
    return folder.resolve(run + SUFFIX);
  }
}

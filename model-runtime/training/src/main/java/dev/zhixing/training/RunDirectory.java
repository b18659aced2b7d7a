package dev.zhixing.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A run's files: the checkpoint, the table of progress, and the switch that pauses it. */
final class RunDirectory {
  private final Path directory;

  RunDirectory(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      Path table = table();
      if (Files.notExists(table)) {
        Files.writeString(table, Progress.HEADER + "\n");
      }
    } catch (IOException e) {
      throw new TrainingException(directory + ": cannot be made: " + e.getMessage(), e);
    }
  }

  Path checkpoint() {
    return directory.resolve(Checkpoint.FILE);
  }

  private Path table() {
    return directory.resolve("progress.tsv");
  }

  /** While the file {@code pause} exists, the run waits. */
  boolean isPaused() {
    return Files.exists(directory.resolve("pause"));
  }

  void record(Progress progress) {
    try {
      Files.writeString(table(), progress.row() + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new TrainingException(table() + ": cannot be written: " + e.getMessage(), e);
    }
  }
}

package dev.zhixing.agent.journal;

import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Deletes old journals. What cannot be read is kept, since it may be a file of someone else.
 *
 * @param before journals that were written to then or later are kept
 * @param alsoOpen whether runs that have no end yet, or wait for approval, are deleted, too
 */
record Pruning(Instant before, boolean alsoOpen) {

  /**
   * Deletes the journal {@code file} and its {@code lock}, unless the run goes on just now.
   *
   * @return whether it did
   */
  boolean delete(Path file, Path lock) throws IOException {
    if (!isOver(file)) {
      return false;
    }
    boolean deleted;
    try (var _ = RunLock.of(lock)) {
      deleted = isOver(file) && Files.deleteIfExists(file);
    } catch (IllegalStateException e) {
      return false; // it goes on just now
    }
    if (deleted) {
      Files.deleteIfExists(lock); // whoever gets it first finds no journal to write to
    }
    return deleted;
  }

  /** Deletes a lock that some run left behind without its journal. */
  void deleteLone(Path lock, String run) throws IOException {
    if (isMadeByAgent(run)
        && Files.size(lock) == 0
        && Files.getLastModifiedTime(lock).toInstant().isBefore(before)) {
      Files.deleteIfExists(lock);
    }
  }

  private static boolean isMadeByAgent(String run) {
    try {
      return UUID.fromString(run).toString().equals(run);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isOver(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      List<Lines.Line> lines = Lines.read(file, Files.readAllBytes(file)).lines();
      return !lines.isEmpty()
          && lines.getLast().at().isBefore(before)
          && (alsoOpen || hasEnded(RecordedRun.of(lines.stream().map(Lines.Line::entry).toList())));
    } catch (JournalException | IllegalArgumentException e) {
      return false; // damaged, or no journal
    }
  }

  private static boolean hasEnded(RecordedRun run) {
    return run.waiting().isEmpty() && run.end().map(AgentEvent.Ended::result).isPresent();
  }
}

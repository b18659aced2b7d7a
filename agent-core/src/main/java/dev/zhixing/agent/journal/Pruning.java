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
 * @param sessions what models have read of the runs
 */
record Pruning(Instant before, boolean alsoOpen, SessionFiles sessions) {

  /**
   * Deletes what is kept of {@code run}, then its journal {@code file} and its {@code lock}, unless
   * the run goes on just now.
   *
   * @return whether it did
   */
  boolean delete(String run, Path file, Path lock) throws IOException {
    if (!isOver(file)) {
      return false;
    }
    try (RunLock held = RunLock.of(lock)) {
      if (!isOver(file)) {
        return false;
      }
      sessions.delete(run);
      boolean deleted = Files.deleteIfExists(file);
      if (deleted) {
        held.delete();
      }
      return deleted;
    } catch (IllegalStateException e) {
      return false; // it goes on just now
    }
  }

  /** Deletes the {@code lock} that {@code run} left behind without its journal {@code file}. */
  void deleteLone(Path lock, Path file, String run) throws IOException {
    if (Files.notExists(file)
        && isMadeByAgent(run)
        && Files.size(lock) == 0
        && Files.getLastModifiedTime(lock).toInstant().isBefore(before)) {
      try (RunLock held = RunLock.of(lock)) {
        if (Files.notExists(file)) {
          held.delete();
        }
      } catch (IllegalStateException e) {
        // it begins just now
      }
    }
  }

  /** Deletes a {@code session} that is kept of {@code run} without its journal {@code file}. */
  void deleteLoneSession(Path session, Path file, String run) throws IOException {
    if (Files.notExists(file)
        && isMadeByAgent(run)
        && Files.exists(session)
        && Files.getLastModifiedTime(session).toInstant().isBefore(before)) {
      sessions.delete(run);
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
    if (!Files.isRegularFile(file)) {
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

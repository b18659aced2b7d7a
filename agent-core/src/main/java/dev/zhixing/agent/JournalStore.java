package dev.zhixing.agent;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the journals of an agent's runs are kept. Safe for all threads. */
public interface JournalStore {
  /** Keeps no journals. */
  JournalStore NONE =
      new JournalStore() {
        @Override
        public Journal create(String run) {
          return Journal.NONE;
        }

        @Override
        public List<JournalEntry> read(String run) {
          throw new IllegalStateException(
              "run "
                  + run
                  + ": expected an agent with a journal; call journal(...) in its builder");
        }

        @Override
        public Journal reopen(String run) {
          return Journal.NONE;
        }

        @Override
        public List<String> prune(Instant before, boolean alsoOpen) {
          return List.of();
        }
      };

  /** The journal of a new run, still empty. */
  Journal create(String run);

  /** What the journal of {@code run} holds, without an entry that was only half written. */
  List<JournalEntry> read(String run);

  /**
   * Opens the journal of {@code run} to write on at its end.
   *
   * @throws IllegalStateException if another thread or process is at it
   */
  Journal reopen(String run);

  /** Where what a model has read of {@code run} lies, if it was kept; it may be gone or damaged. */
  default Optional<Path> session(String run) {
    return Optional.empty();
  }

  /**
   * Deletes the journals of runs that are over and were last written to before {@code before}; a
   * run that goes on just now is kept, and a journal that cannot be read. What a model has read of
   * a run goes before its journal.
   *
   * @param alsoOpen whether those are deleted, too, that have no end, because their process ended,
   *     or that wait for a person's approval
   * @return the names of the runs whose journals were deleted
   */
  List<String> prune(Instant before, boolean alsoOpen);
}

package dev.zhixing.agent;

import java.nio.file.Path;

/**
 * The append-only record of one run: each entry is written before the run goes on, so that the run
 * can be taken up again after its process was killed. Used by the run's thread alone.
 */
public interface Journal extends AutoCloseable {
  /** Keeps nothing. */
  Journal NONE =
      new Journal() {
        @Override
        public void write(JournalEntry entry) {}

        @Override
        public void close() {}
      };

  /**
   * Appends {@code entry}; where it {@link JournalEntry#mustLast() must last}, it is on the disk
   * when this returns.
   *
   * @throws RuntimeException if it cannot be written; the run then ends as failed
   */
  void write(JournalEntry entry);

  /**
   * Lets {@code writer} keep beside the journal what a model has read of the run, which is over.
   * Does nothing where the journal lies in no file, or where a secret was taken out of it: what the
   * model has read holds that secret.
   *
   * @throws RuntimeException if it cannot be written
   */
  default void keepSession(SessionWriter writer) {}

  /** Writes what a model has read into a file. */
  @FunctionalInterface
  interface SessionWriter {
    /** Writes it, see {@link SessionKeeper#keep}. */
    void write(Path file, long mostBytes);
  }

  /** Ends the recording, not the run: what was written can be taken up again. */
  @Override
  void close();
}

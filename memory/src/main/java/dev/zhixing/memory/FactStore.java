package dev.zhixing.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Facts about the user, kept on disk in a Lucene index that survives the process. A fact is a
 * sentence or a few words, in Chinese or English; an equal one (but for case, width and white
 * space) is stored once and becomes the newest.
 *
 * <p>Nothing is read before the first call, and Lucene is loaded only then. Safe for all threads
 * and for several processes: each call sees what others have stored before it. A damaged index is
 * never deleted: {@link MemoryException} says where it is.
 */
public final class FactStore {

  private static final int LONGEST = 2_000;

  private final Path folder;
  private final Clock clock;
  private final ReentrantLock turn = new ReentrantLock();

  /** Facts in {@code folder}, which is made by the first fact; {@code clock} dates them. */
  public FactStore(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Stores a fact.
   *
   * @return whether it is new
   * @throws IllegalArgumentException if the fact is blank or longer than 2,000 characters
   * @throws MemoryException if the disk or the index fails
   */
  public boolean remember(String fact) {
    String stripped = fact.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("fact: expected some words, found none");
    }
    if (stripped.length() > LONGEST) {
      throw new IllegalArgumentException(
          "fact: expected at most " + LONGEST + " characters, found " + stripped.length());
    }
    return locked(index -> index.add(stripped, clock.millis()));
  }

  /**
   * The facts that fit a query best, at most {@code most}; of equally good ones the newest first. A
   * query that names nothing in particular ("what do you know about me?") gets the newest facts.
   */
  public List<String> recall(String query, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most: expected at least 1, found " + most);
    }
    return locked(index -> index.search(query, most));
  }

  /** The newest facts first, at most {@code most}. */
  public List<String> newest(int most) {
    return recall("", most);
  }

  /** Forgets a fact, and says whether there was one. */
  public boolean forget(String fact) {
    return locked(index -> index.remove(fact));
  }

  private <T> T locked(Use<T> use) {
    turn.lock();
    try {
      return use.of(new FactIndex(folder));
    } catch (IOException e) {
      throw new MemoryException(
          folder
              + ": the stored facts cannot be used ("
              + e
              + "); if the index is damaged, move the folder away to start anew",
          e);
    } finally {
      turn.unlock();
    }
  }

  private interface Use<T> {
    T of(FactIndex index) throws IOException;
  }
}

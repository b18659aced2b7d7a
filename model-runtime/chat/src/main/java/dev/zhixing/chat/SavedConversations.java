package dev.zhixing.chat;

import dev.zhixing.engine.Restoration;
import dev.zhixing.engine.SessionPool;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * Conversations of a pool in files, for other processes. Safe for all threads.
 *
 * @param template what makes tokens of messages
 */
record SavedConversations(SessionPool pool, String template) {
  private static final System.Logger LOG = System.getLogger(SavedConversations.class.getName());

  /**
   * Writes the beginning of a conversation that is kept in memory.
   *
   * @param mostBytes so many of keys and values
   * @return how many of the tokens
   */
  int save(Path file, long mostBytes, int... ids) {
    long started = System.nanoTime();
    int saved = pool.save(template, file, mostBytes, ids);
    long millis = (System.nanoTime() - started) / 1_000_000;
    LOG.log(
        Level.DEBUG,
        () ->
            "session: %d of %d tokens kept in %s, in %d ms"
                .formatted(saved, ids.length, file, millis));
    return saved;
  }

  /** Takes a conversation that was saved into memory. */
  Restoration restore(Path file) {
    long started = System.nanoTime();
    Restoration restored = pool.restore(file, template);
    long millis = (System.nanoTime() - started) / 1_000_000;
    if (restored.done()) {
      LOG.log(Level.DEBUG, () -> "session: found in %s, in %d ms".formatted(file, millis));
    } else {
      LOG.log(Level.INFO, () -> "session: %s; read again".formatted(restored.reason()));
    }
    return restored;
  }
}

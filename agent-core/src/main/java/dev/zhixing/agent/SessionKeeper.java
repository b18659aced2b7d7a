package dev.zhixing.agent;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.nio.file.Path;

/**
 * Keeps in a file what a model in this process has read and said in a run, so that another process
 * that goes on with the run need not read it again. Answers must not depend on whether the file is
 * there.
 */
public interface SessionKeeper {
  /** For models that keep nothing here. */
  SessionKeeper NONE =
      new SessionKeeper() {
        @Override
        public void keep(ChatRequest conversation, Path file, long mostBytes) {}

        @Override
        public void bringBack(Path file) {}
      };

  /**
   * Writes the file, in place of one that is there, whole or not at all; nothing of other
   * conversations goes into it. What a process leaves behind that ends meanwhile is called as the
   * file is, with {@code -} and more after it.
   *
   * @param conversation everything that was said, and the tools that were on offer
   * @param mostBytes how long the file may be, but for its first few kilobytes
   * @throws RuntimeException if it cannot be written
   */
  void keep(ChatRequest conversation, Path file, long mostBytes);

  /**
   * Takes up what {@link #keep} wrote. A file that is of another model, damaged or not there is
   * ignored.
   *
   * @throws RuntimeException if the model cannot be loaded
   */
  void bringBack(Path file);
}

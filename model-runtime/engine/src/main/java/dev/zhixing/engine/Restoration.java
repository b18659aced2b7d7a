package dev.zhixing.engine;

import java.nio.file.Path;

/**
 * What came of restoring saved tokens.
 *
 * @param done whether the session holds them now
 * @param reason why not, with the file; empty if it was done
 */
public record Restoration(boolean done, String reason) {
  static final Restoration DONE = new Restoration(true, "");

  static Restoration refused(Path file, String reason) {
    return new Restoration(false, file + ": not used, as " + reason);
  }
}

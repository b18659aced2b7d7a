package dev.zhixing.agent.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** A journal that is damaged, or that cannot be read or written; the message names the file. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalException(String message) {
    super(message);
  }

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }

  /** That there is no place for the journal {@code file}. */
  static JournalException unmade(Path file, IOException cause) {
    return new JournalException(
        "%s: cannot be made: %s; make room, give the right to write there, or keep journals in another folder"
            .formatted(file, inWords(cause)),
        cause);
  }

  /** That a run that goes on from the journal {@code file} could not write to it. */
  static JournalException unopened(Path file, IOException cause) {
    return new JournalException(
        "%s: cannot be opened to write on: %s; give the right to write there, then resume the run"
            .formatted(file, inWords(cause)),
        cause);
  }

  /** That an entry of a run cannot be written to {@code file}. */
  static JournalException unwritten(Path file, IOException cause) {
    return new JournalException(
        "%s: cannot be written, so the run cannot go on: %s; make room, then resume the run"
            .formatted(file, inWords(cause)),
        cause);
  }

  /** That {@code file} cannot be {@code done}. */
  static JournalException not(String done, Path file, IOException cause) {
    return new JournalException(
        "%s: cannot be %s: %s".formatted(file, done, inWords(cause)), cause);
  }

  private static String inWords(IOException cause) {
    return switch (cause) {
      case AccessDeniedException denied -> "access denied to " + denied.getFile();
      case FileAlreadyExistsException there -> there.getFile() + " is there already";
      case NoSuchFileException missing -> missing.getFile() + " is not there";
      default -> Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    };
  }
}

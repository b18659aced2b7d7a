package dev.zhixing.agent.journal;

/** A journal that is damaged, or that cannot be read or written; the message names the file. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalException(String message) {
    super(message);
  }

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}

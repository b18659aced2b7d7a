package dev.zhixing.memory;

/** The memory on disk cannot be used; the message names the folder and the remedy. */
public final class MemoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}

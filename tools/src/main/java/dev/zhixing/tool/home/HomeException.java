package dev.zhixing.tool.home;

/** The home's state cannot be read or written; the message names the file and the remedy. */
public final class HomeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HomeException(String message, Throwable cause) {
    super(message, cause);
  }

  HomeException(String message) {
    super(message);
  }
}

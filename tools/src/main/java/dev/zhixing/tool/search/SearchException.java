package dev.zhixing.tool.search;

/** The documents cannot be searched; the message names the folder and the remedy. */
public final class SearchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SearchException(String message, Throwable cause) {
    super(message, cause);
  }

  SearchException(String message) {
    super(message);
  }
}

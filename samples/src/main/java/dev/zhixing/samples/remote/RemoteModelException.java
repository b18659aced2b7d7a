package dev.zhixing.samples.remote;

/**
 * A server did not answer as it should; the message says which, how, and what to do. Its causes
 * tell whether to ask again may help.
 */
public final class RemoteModelException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RemoteModelException(String message, Throwable cause) {
    super(message, cause);
  }
}

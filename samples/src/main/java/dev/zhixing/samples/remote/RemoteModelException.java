package dev.zhixing.samples.remote;

/** A server did not answer as it should; the message says which, how, and what to do. */
public final class RemoteModelException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RemoteModelException(String message, Throwable cause) {
    super(message, cause);
  }

  RemoteModelException(String message) {
    super(message);
  }
}

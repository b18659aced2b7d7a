package dev.zhixing.training;

/** A run that cannot go on: its files cannot be read or written, or the loss is not a number. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what happened, where, and what to do. */
  public TrainingException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}

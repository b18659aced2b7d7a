package dev.zhixing.engine;

/** Thrown when a pool's memory does not suffice for one more session. */
public final class PoolFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean fitsLater;

  PoolFullException(String message, boolean fitsLater) {
    super(message);
    this.fitsLater = fitsLater;
  }

  /** Whether the session would have fitted once others were given back. */
  public boolean fitsLater() {
    return fitsLater;
  }
}

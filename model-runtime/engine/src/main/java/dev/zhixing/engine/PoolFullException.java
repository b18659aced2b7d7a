package dev.zhixing.engine;

/** Thrown when a pool's memory does not suffice for one more session. */
public final class PoolFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PoolFullException(String message) {
    super(message);
  }
}

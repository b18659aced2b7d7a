package dev.zhixing.engine;

import java.time.Duration;

/**
 * How a pool of sessions works.
 *
 * @param sessions how its sessions keep their tokens
 * @param bytes memory for keys and values, those of taken sessions included
 * @param room tokens for which a taken session has memory beyond those that it is taken for
 * @param patience how long to wait for memory that other sessions hold
 */
public record PoolOptions(SessionOptions sessions, long bytes, int room, Duration patience) {
  /** Checks the numbers. */
  public PoolOptions {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes: expected at least 1, found " + bytes);
    }
    if (room < 0) {
      throw new IllegalArgumentException("room: expected at least 0, found " + room);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience: expected at least 0, found " + patience);
    }
  }
}

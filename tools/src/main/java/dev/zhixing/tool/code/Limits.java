package dev.zhixing.tool.code;

import java.time.Duration;

/**
 * What a program may use.
 *
 * @param time for compiling and running, without the start of the engine
 * @param megabytes of memory, the engine's own included: at least 8, at most 1,024
 * @param outputBytes that it may print
 */
public record Limits(Duration time, int megabytes, int outputBytes) {

  /** Five seconds, 64 MiB, 8,000 bytes of output. */
  public static final Limits STANDARD = new Limits(Duration.ofSeconds(5), 64, 8_000);

  /** Checks the ranges. */
  public Limits {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("time: expected more than 0, found " + time);
    }
    if (megabytes < 8 || megabytes > 1024) {
      throw new IllegalArgumentException("megabytes: expected 8 to 1024, found " + megabytes);
    }
    if (outputBytes < 1) {
      throw new IllegalArgumentException("outputBytes: expected at least 1, found " + outputBytes);
    }
  }
}

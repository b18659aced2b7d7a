package dev.zhixing.training;

import java.time.Duration;

/** Times steps, leaves pauses out, and estimates the time left from the recent pace. */
final class Clock {
  private static final double MEMORY = 0.95;

  private long start = System.nanoTime();
  private double pace;

  /** Seconds since the last lap or skip. */
  double lap() {
    long now = System.nanoTime();
    double seconds = Math.max(1, now - start) / 1e9;
    start = now;
    pace = pace == 0 ? seconds : MEMORY * pace + (1 - MEMORY) * seconds;
    return seconds;
  }

  /** Leaves the time since the last lap out. */
  void skip() {
    start = System.nanoTime();
  }

  Duration left(int steps) {
    return Duration.ofMillis((long) (pace * steps * 1000));
  }
}

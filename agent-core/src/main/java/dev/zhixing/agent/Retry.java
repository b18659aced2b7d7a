package dev.zhixing.agent;

import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RetriableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * How often a model that failed is asked again before the next one takes over. Only failures that
 * may pass are tried again: a time-out, a refusal for too many requests, a server's or a line's
 * fault.
 *
 * @param attempts how often one model is asked in all; at least 1
 * @param firstDelay how long to wait before the second time; doubled for each further one
 * @param mostDelay the longest wait
 * @param callTime how long one call may take, at most what is left of the run's time
 */
public record Retry(int attempts, Duration firstDelay, Duration mostDelay, Duration callTime) {
  /** Three attempts, after 0.5 and 1 seconds; two minutes a call. */
  public static final Retry STANDARD =
      new Retry(3, Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofMinutes(2));

  /** Checks the ranges. */
  public Retry {
    if (attempts < 1
        || firstDelay.isNegative()
        || mostDelay.compareTo(firstDelay) < 0
        || callTime.isNegative()
        || callTime.isZero()) {
      throw new IllegalArgumentException(
          "Retry: expected attempts >= 1, 0 <= firstDelay <= mostDelay and callTime > 0, found %d,"
                  .formatted(attempts)
              + " %s, %s and %s".formatted(firstDelay, mostDelay, callTime));
    }
  }

  /** How long to wait after this attempt, from 1 on. */
  Duration delayAfter(int attempt) {
    Duration delay = firstDelay.multipliedBy(1L << Math.min(attempt - 1, 30));
    return delay.compareTo(mostDelay) > 0 ? mostDelay : delay;
  }

  /** Whether a failure may pass; what LangChain4j says of it goes before what lies behind it. */
  static boolean mayPass(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof NonRetriableException) {
        return false;
      }
      if (e instanceof RetriableException
          || e instanceof IOException
          || e instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }
}

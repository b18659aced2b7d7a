package dev.zhixing.agent;

import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RetriableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * How often a model that failed is asked again before the next one takes over. Only failures that
 * may pass are tried again: a time-out, a refusal for too many requests, a server's or a line's
 * fault; none that says that it will not pass ({@link NonRetriableException}). The upper half of
 * each wait is left to chance, so that many who failed together do not come back together.
 *
 * @param attempts how often one model is asked in all; at least 1
 * @param firstDelay the most to wait before the second time; doubled for each further one
 * @param mostDelay the longest wait
 * @param callTime how long one call may take, at most what is left of the run's time
 * @param mostAsked the longest wait that a failure may ask for, see {@link RetryAfter}; a model
 *     that asks for more, or for more than is left of the run's time, counts as failed for good
 */
public record Retry(
    int attempts, Duration firstDelay, Duration mostDelay, Duration callTime, Duration mostAsked) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /**
   * Three attempts, after up to 0.5 and 1 seconds, or up to a minute if asked to; two minutes a
   * call.
   */
  public static final Retry STANDARD =
      new Retry(3, Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofMinutes(2));

  /** Checks the ranges. */
  public Retry {
    if (attempts < 1
        || firstDelay.isNegative()
        || mostDelay.compareTo(firstDelay) < 0
        || callTime.isNegative()
        || callTime.isZero()
        || mostAsked.isNegative()) {
      throw new IllegalArgumentException(
          "Retry: expected attempts >= 1, 0 <= firstDelay <= mostDelay, callTime > 0 and"
              + " mostAsked >= 0, found %d, %s, %s, %s and %s"
                  .formatted(attempts, firstDelay, mostDelay, callTime, mostAsked));
    }
  }

  /** With waits of up to a minute where a failure asks for them. */
  public Retry(int attempts, Duration firstDelay, Duration mostDelay, Duration callTime) {
    this(attempts, firstDelay, mostDelay, callTime, MINUTE);
  }

  /** What follows a failure. */
  sealed interface Next {
    /** The same model is asked again after {@code pause}. */
    record Again(Duration pause) implements Next {}

    /** It is not; {@code why} adds to the failure's words, where it would have helped. */
    record No(String why) implements Next {}
  }

  /**
   * What follows {@code failure} of this attempt, from 1 on, of a run with {@code left} time.
   *
   * @param chance what draws how long to wait, where the failure does not say
   */
  Next after(Throwable failure, int attempt, Duration left, RandomGenerator chance) {
    if (attempt >= attempts || !mayPass(failure)) {
      return new Next.No("");
    }
    Duration asked = RetryAfter.of(failure).orElse(null);
    if (asked == null) {
      return new Next.Again(delayAfter(attempt, chance));
    }
    String limit =
        asked.compareTo(mostAsked) > 0
            ? "the agent waits for %s at most".formatted(inSeconds(mostAsked))
            : asked.compareTo(left) >= 0 ? "the run has %s left".formatted(inSeconds(left)) : "";
    return limit.isEmpty()
        ? new Next.Again(asked)
        : new Next.No("; it asks to wait for %s, but %s".formatted(inSeconds(asked), limit));
  }

  private static String inSeconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }

  /** How long to wait after this attempt, from 1 on: half of its delay to all of it. */
  Duration delayAfter(int attempt, RandomGenerator chance) {
    Duration doubled = firstDelay.multipliedBy(1L << Math.min(attempt - 1, 30));
    Duration delay = doubled.compareTo(mostDelay) > 0 ? mostDelay : doubled;
    long half = delay.dividedBy(2).toMillis();
    return half == 0 ? delay : delay.minusMillis(chance.nextLong(half + 1));
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

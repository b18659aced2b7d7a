package dev.zhixing.agent;

import java.time.Duration;
import java.util.Optional;

/**
 * A failure of a model, or one of its causes, that says when the model may be asked again. {@link
 * Retry} waits for so long instead of for its own time.
 */
public interface RetryAfter {
  /** How long to wait from the failure on; 0 or more. */
  Duration retryAfter();

  /** What {@code failure} or the first of its causes that knows says. */
  static Optional<Duration> of(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof RetryAfter knows) {
        return Optional.of(knows.retryAfter());
      }
    }
    return Optional.empty();
  }
}

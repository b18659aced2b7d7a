package dev.zhixing.samples.remote;

import java.time.Duration;

/**
 * How long a server may take.
 *
 * @param response until its answer begins, the connection included; more than 0
 * @param silence between two pieces of an answer; more than 0
 */
public record RemoteLimits(Duration response, Duration silence) {

  /** Two minutes until the answer begins, half a minute between its pieces. */
  public static final RemoteLimits STANDARD =
      new RemoteLimits(Duration.ofMinutes(2), Duration.ofSeconds(30));

  public RemoteLimits {
    if (!response.isPositive() || !silence.isPositive()) {
      throw new IllegalArgumentException(
          "RemoteLimits: expected times of more than 0, found %s and %s"
              .formatted(response, silence));
    }
  }
}

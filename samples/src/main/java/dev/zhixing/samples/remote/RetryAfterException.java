package dev.zhixing.samples.remote;

import dev.langchain4j.exception.HttpException;
import dev.zhixing.agent.RetryAfter;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A server that does not answer now, and says when to ask again. */
final class RetryAfterException extends HttpException implements RetryAfter {

  private static final long serialVersionUID = 1;
  private static final Duration LONGEST = Duration.ofSeconds(999_999_999);

  private final Duration retryAfter;

  RetryAfterException(int status, String body, Duration retryAfter) {
    super(status, body);
    this.retryAfter = retryAfter;
  }

  @Override
  public Duration retryAfter() {
    return retryAfter;
  }

  /**
   * The time in a header {@code retry-after-ms}, as OpenAI and Azure send it, or else in {@code
   * Retry-After} (RFC 9110, 10.2.3): seconds, or a date, which is compared with the server's own
   * clock where it tells that.
   *
   * @param now when the headers came
   * @return 0 or more; empty if there is no such header, or one that cannot be read
   */
  static Optional<Duration> told(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("retry-after-ms")
        .map(String::strip)
        .filter(text -> text.matches("\\d{1,12}(\\.\\d{1,9})?"))
        .map(text -> Duration.ofMillis((long) Math.ceil(Double.parseDouble(text))))
        .or(() -> standard(headers, now));
  }

  private static Optional<Duration> standard(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("Retry-After")
        .map(String::strip)
        .flatMap(
            text -> text.matches("\\d+") ? Optional.of(seconds(text)) : until(text, headers, now))
        .map(time -> time.isNegative() ? Duration.ZERO : time);
  }

  private static Duration seconds(String digits) {
    return digits.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
  }

  private static Optional<Duration> until(String date, HttpHeaders headers, Instant now) {
    Instant from = headers.firstValue("Date").flatMap(RetryAfterException::instant).orElse(now);
    return instant(date).map(then -> Duration.between(from, then));
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

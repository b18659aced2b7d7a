package dev.zhixing.samples.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterExceptionTest {

  private static final Instant NOW = Instant.parse("2030-06-30T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0; 0",
        "17; 17",
        "' 120 '; 120",
        "99999999999999999999; 999999999",
        "Sun, 30 Jun 2030 12:01:30 GMT; 90",
        "Sun, 30 Jun 2030 11:00:00 GMT; 0"
      })
  void readsSecondsAndDates(String value, long seconds) {
    assertThat(told(Map.of("Retry-After", List.of(value)))).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void goesByTheServersClockWhereItIsTold() {
    assertThat(
            told(
                Map.of(
                    "Retry-After", List.of("Sun, 30 Jun 2030 15:00:05 GMT"),
                    "Date", List.of("Sun, 30 Jun 2030 15:00:00 GMT"))))
        .contains(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-3", "1.5", "2030-06-30T12:01:30Z"})
  void leavesOutWhatIsNoTime(String value) {
    assertThat(told(Map.of("Retry-After", List.of(value)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "350, 350", "' 350.25 ', 351", "999999999999, 999999999999"})
  void readsMilliseconds(String value, long millis) {
    assertThat(told(Map.of("retry-after-ms", List.of(value)))).contains(Duration.ofMillis(millis));
  }

  @Test
  void goesByMillisecondsWhereBothAreTold() {
    assertThat(told(Map.of("Retry-After-Ms", List.of("350"), "Retry-After", List.of("1"))))
        .contains(Duration.ofMillis(350));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-3", "1e9", "9999999999999"})
  void goesBySecondsWhereTheMillisecondsCannotBeRead(String value) {
    assertThat(told(Map.of("retry-after-ms", List.of(value), "Retry-After", List.of("2"))))
        .contains(Duration.ofSeconds(2));
  }

  @Test
  void knowsOfNoTimeWithoutTheHeader() {
    assertThat(told(Map.of())).isEmpty();
  }

  private static Optional<Duration> told(Map<String, List<String>> headers) {
    return RetryAfterException.told(HttpHeaders.of(headers, (_, _) -> true), NOW);
  }
}

package dev.zhixing.tool.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class CurrentTimeTest {

  private final CurrentTime time =
      new CurrentTime(
          Clock.fixed(Instant.parse("2025-02-20T09:05:31Z"), ZoneId.of("Europe/London")));

  @Test
  void tellsTheTimeOfAZone() {
    assertThat(time.in("Asia/Tokyo"))
        .isEqualTo(
            "{\"zone\":\"Asia/Tokyo\",\"time\":\"2025-02-20 18:05\",\"weekday\":\"Thursday\"}");
    assertThat(time.in("asia/tokyo")).contains("\"zone\":\"Asia/Tokyo\"");
    assertThat(time.in("UTC+8")).contains("2025-02-20 17:05");
  }

  @Test
  void usesTheClocksZoneByDefault() {
    assertThat(time.in(null)).contains("Europe/London", "09:05");
    assertThat(time.in(" ")).contains("Europe/London");
  }

  @Test
  void namesZonesCloseToAnUnknownOne() {
    assertThatThrownBy(() -> time.in("Tokyo"))
        .hasMessage("unknown time zone 'Tokyo'; did you mean Asia/Tokyo?");
    assertThatThrownBy(() -> time.in("Asia/Beijing")).hasMessageContaining("Asia/Shanghai");
    assertThatThrownBy(() -> time.in("America/New York")).hasMessageContaining("America/New_York");
    assertThatThrownBy(() -> time.in("Europe/Berln")).hasMessageContaining("Europe/Berlin");
    assertThatThrownBy(() -> time.in("Mars/Olympus"))
        .hasMessageContaining("expected an IANA zone such as");
    assertThatThrownBy(() -> time.in("东京")).hasMessageContaining("expected an IANA zone such as");
  }
}

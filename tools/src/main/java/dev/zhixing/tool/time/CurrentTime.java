package dev.zhixing.tool.time;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The current date and time in a time zone. Safe for all threads. */
public final class CurrentTime {

  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final Clock clock;

  /** Tells the time of {@code clock}, whose zone is used where none is asked for. */
  public CurrentTime(Clock clock) {
    this.clock = clock;
  }

  /**
   * The time as JSON: <code>{"zone":"Asia/Tokyo","time":"2025-02-20 18:05","weekday":"Thursday"}
   * </code>.
   *
   * @param zone an IANA zone or an offset such as {@code UTC+8}, in any case; null or blank for the
   *     clock's own
   * @throws IllegalArgumentException if there is no such zone; the message names close ones
   */
  public String in(@Nullable String zone) {
    ZoneId id = zone == null || zone.isBlank() ? clock.getZone() : parse(zone.strip());
    ZonedDateTime now = clock.instant().atZone(id);
    return JSON.createObjectNode()
        .put("zone", id.getId())
        .put("time", TIME.format(now))
        .put("weekday", now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
        .toString();
  }

  private static ZoneId parse(String zone) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      for (String known : ZoneId.getAvailableZoneIds()) {
        if (known.equalsIgnoreCase(zone)) {
          return ZoneId.of(known);
        }
      }
      List<String> close = ZoneNames.closeTo(zone);
      throw new IllegalArgumentException(
          "unknown time zone '"
              + zone
              + "'; "
              + (close.isEmpty()
                  ? "expected an IANA zone such as Asia/Shanghai or Europe/London"
                  : "did you mean " + String.join(" or ", close) + "?"),
          e);
    }
  }
}

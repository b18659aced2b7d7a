package dev.zhixing.tool.home;

import dev.zhixing.tool.home.HomeState.Room;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;

/**
 * What the sensors of a room would show. The values follow from the state and the time alone, so
 * that equal questions get equal answers.
 */
final class Sensors {

  private static final double HALF_WAY_SECONDS = 900;
  private static final long MOTION_SECONDS = 300;
  private static final double LUX_OUTSIDE = 10_000;
  private static final double LUX_BEHIND_WINDOW = 400;

  private Sensors() {}

  /** Moves from the earlier temperature to the thermostat's target, half the way in 15 minutes. */
  static BigDecimal temperature(Room room, Instant now) {
    double seconds = Math.max(0, now.getEpochSecond() - room.setAt());
    double target = room.target().doubleValue();
    double left =
        (room.before().doubleValue() - target) * Math.pow(0.5, seconds / HALF_WAY_SECONDS);
    return tidy(BigDecimal.valueOf(target + left).setScale(1, RoundingMode.HALF_UP));
  }

  /** Relative humidity in per cent: the warmer the air, the drier. */
  static int humidity(String name, Room room, Instant now) {
    int usual =
        switch (name) {
          case "bathroom" -> 60;
          case "kitchen" -> 50;
          case "garage" -> 58;
          case "garden" -> 65;
          default -> 45;
        };
    double drier = 1.5 * (temperature(room, now).doubleValue() - 21);
    return (int) Math.round(Math.clamp(usual - drier, 20, 95));
  }

  /** Whether anything in the room was changed within the last five minutes. */
  static boolean motion(Room room, Instant now) {
    return room.touchedAt() > 0
        && Duration.between(Instant.ofEpochSecond(room.touchedAt()), now).toSeconds()
            < MOTION_SECONDS;
  }

  /** Illuminance in lux: daylight from six to six, through the curtains, and the lamp. */
  static int light(String name, Room room, ZonedDateTime now) {
    double hour = now.getHour() + now.getMinute() / 60.0;
    double sun = Math.max(0, Math.sin(Math.PI * (hour - 6) / 12));
    double daylight =
        name.equals("garden")
            ? LUX_OUTSIDE * sun
            : LUX_BEHIND_WINDOW * sun * throughCurtain(room.curtain());
    double lamp = room.light() ? 3.0 * room.brightness() : 0;
    return (int) Math.round(daylight + lamp);
  }

  private static double throughCurtain(String position) {
    return switch (position) {
      case "open" -> 1;
      case "half" -> 0.5;
      default -> 0.05;
    };
  }

  static BigDecimal tidy(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}

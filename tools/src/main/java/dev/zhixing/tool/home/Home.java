package dev.zhixing.tool.home;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.tool.home.HomeState.Room;
import dev.zhixing.tool.home.HomeState.Timer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A simulated smart home of eight rooms and three doors. Its state lies in a JSON file, survives
 * the process, and may be used by several threads and processes at once. Every room has a light, a
 * thermostat, curtains and sensors; a file that does not exist yet is a home with everything off
 * and every door locked.
 *
 * <p>The methods answer compact JSON for a model to read. What a caller asks that the home does not
 * have is an {@link IllegalArgumentException} whose message says what there is; a file that cannot
 * be used is a {@link HomeException}.
 */
public final class Home {

  /** The rooms. */
  public static final List<String> ROOMS =
      List.of(
          "living_room", "bedroom", "kitchen", "bathroom", "study", "hallway", "garage", "garden");

  /** The doors that have a lock. */
  public static final List<String> DOORS = List.of("front", "back", "garage");

  private static final List<String> POSITIONS = List.of("open", "closed", "half");
  private static final List<String> SENSORS = List.of("temperature", "humidity", "motion", "light");
  private static final int LONGEST_TIMER = 7 * 24 * 60; // minutes
  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final StateFile file;
  private final Clock clock;

  /** The home whose state is in {@code file}; nothing is read yet. */
  public Home(Path file, Clock clock) {
    this.file = new StateFile(file);
    this.clock = clock;
  }

  /**
   * Switches or dims a light. Without a brightness it comes on as bright as it last was.
   *
   * @param state {@code on} or {@code off}
   * @param brightness per cent, 1 to 100, or null
   */
  public String setLight(String room, String state, @Nullable Integer brightness) {
    oneOf("room", room, ROOMS);
    boolean on = oneOf("state", state, List.of("on", "off")).equals("on");
    if (brightness != null && (brightness < 1 || brightness > 100)) {
      throw new IllegalArgumentException(
          "brightness: expected 1 to 100 per cent, found " + brightness);
    }
    Room changed =
        change(
            room,
            old ->
                old.withLight(on, Objects.requireNonNullElse(brightness, old.brightness()), now()));
    ObjectNode answer = ok().put("room", room).put("state", state);
    return (on ? answer.put("brightness", changed.brightness()) : answer).toString();
  }

  /** Sets a room's target temperature, 5 to 35 degrees Celsius. */
  public String setThermostat(String room, BigDecimal celsius) {
    oneOf("room", room, ROOMS);
    if (celsius.compareTo(BigDecimal.valueOf(5)) < 0
        || celsius.compareTo(BigDecimal.valueOf(35)) > 0) {
      throw new IllegalArgumentException("celsius: expected 5 to 35, found " + celsius);
    }
    BigDecimal target = Sensors.tidy(celsius);
    change(room, old -> old.withTarget(target, Sensors.temperature(old, clock.instant()), now()));
    return ok().put("room", room).put("celsius", target).toString();
  }

  /** Moves a room's curtains: {@code open}, {@code closed} or {@code half}. */
  public String setCurtain(String room, String position) {
    oneOf("room", room, ROOMS);
    oneOf("position", position, POSITIONS);
    change(room, old -> old.withCurtain(position, now()));
    return ok().put("room", room).put("position", position).toString();
  }

  /** Locks or unlocks a door. */
  public String setLock(String door, boolean locked) {
    oneOf("door", door, DOORS);
    file.update(state -> state.withDoor(door, locked));
    return ok().put("door", door).put("locked", locked).toString();
  }

  /** Starts a timer of more than no minutes and at most a week. */
  public String setTimer(BigDecimal minutes, @Nullable String label) {
    if (minutes.signum() <= 0 || minutes.compareTo(BigDecimal.valueOf(LONGEST_TIMER)) > 0) {
      throw new IllegalArgumentException(
          "minutes: expected more than 0 and at most 10080 (a week), found " + minutes);
    }
    long seconds = minutes.multiply(BigDecimal.valueOf(60)).longValue();
    BigDecimal tidied = Sensors.tidy(minutes);
    long ends = now() + seconds;
    file.update(state -> state.with(new Timer(tidied, label, ends), now()));
    ObjectNode answer = ok().put("minutes", tidied);
    if (label != null) {
      answer.put("label", label);
    }
    return answer.put("ends", shown(ends)).toString();
  }

  /** Reads a sensor: {@code temperature}, {@code humidity}, {@code motion} or {@code light}. */
  public String getSensor(String room, String kind) {
    oneOf("room", room, ROOMS);
    oneOf("kind", kind, SENSORS);
    Room state = Objects.requireNonNull(file.read().rooms().get(room));
    Instant now = clock.instant();
    ObjectNode answer = JSON.createObjectNode().put("room", room).put("kind", kind);
    return switch (kind) {
      case "temperature" ->
          answer.put("value", Sensors.temperature(state, now)).put("unit", "°C").toString();
      case "humidity" ->
          answer.put("value", Sensors.humidity(room, state, now)).put("unit", "%").toString();
      case "light" ->
          answer.put("value", Sensors.light(room, state, zoned(now))).put("unit", "lx").toString();
      default -> answer.put("value", Sensors.motion(state, now)).toString();
    };
  }

  /** The whole home in lines for a person to read. */
  public String describe() {
    HomeState state = file.read();
    Instant now = clock.instant();
    var lines = new StringBuilder();
    state
        .rooms()
        .forEach(
            (name, room) ->
                lines.append(
                    String.format(
                        Locale.ROOT,
                        "%-12s light %-11s %5s °C, now %5s °C   curtains %s%n",
                        name.replace('_', ' '),
                        room.light() ? "on " + room.brightness() + " %" : "off",
                        room.target(),
                        Sensors.temperature(room, now),
                        room.curtain())));
    state
        .doorLocked()
        .forEach(
            (door, locked) ->
                lines.append(
                    String.format(
                        Locale.ROOT,
                        "%-12s %s%n",
                        door + " door",
                        locked ? "locked" : "unlocked")));
    for (Timer timer : state.timers()) {
      lines.append(
          String.format(
              Locale.ROOT,
              "timer        %s min%s, %s %s%n",
              timer.minutes(),
              timer.label() == null ? "" : " " + timer.label(),
              timer.endsAt() > now() ? "ends" : "ended",
              shown(timer.endsAt())));
    }
    return lines.toString();
  }

  /** The whole home as compact JSON: rooms, doors and timers. */
  public String toJson() {
    HomeState state = file.read();
    Instant now = clock.instant();
    ObjectNode home = JSON.createObjectNode();
    ObjectNode rooms = home.putObject("rooms");
    state
        .rooms()
        .forEach(
            (name, room) ->
                rooms
                    .putObject(name)
                    .put("light", room.light() ? "on" : "off")
                    .put("brightness", room.brightness())
                    .put("target", room.target())
                    .put("celsius", Sensors.temperature(room, now))
                    .put("curtain", room.curtain()));
    ObjectNode doors = home.putObject("doors");
    state.doorLocked().forEach((door, locked) -> doors.put(door, locked ? "locked" : "unlocked"));
    var timers = home.putArray("timers");
    for (Timer timer : state.timers()) {
      timers
          .addObject()
          .put("minutes", timer.minutes())
          .put("label", timer.label())
          .put("ends", shown(timer.endsAt()));
    }
    return home.toString();
  }

  private Room change(String room, java.util.function.UnaryOperator<Room> change) {
    HomeState changed =
        file.update(
            state ->
                state.with(room, change.apply(Objects.requireNonNull(state.rooms().get(room)))));
    return Objects.requireNonNull(changed.rooms().get(room));
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private ZonedDateTime zoned(Instant instant) {
    return instant.atZone(clock.getZone());
  }

  private String shown(long epochSecond) {
    return TIME.format(zoned(Instant.ofEpochSecond(epochSecond)));
  }

  private static ObjectNode ok() {
    return JSON.createObjectNode().put("ok", true);
  }

  private static String oneOf(String what, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw new IllegalArgumentException(
          what + ": expected one of " + String.join(", ", allowed) + ", found '" + value + "'");
    }
    return value;
  }
}

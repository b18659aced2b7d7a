package dev.zhixing.tool.home;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the home's file holds. Instants are seconds of the epoch. Rooms and doors that a file lacks
 * are as they were at first.
 */
record HomeState(Map<String, Room> rooms, Map<String, Boolean> doorLocked, List<Timer> timers) {

  /**
   * A room.
   *
   * @param brightness per cent, kept while the light is off
   * @param target what the thermostat was set to, in degrees Celsius
   * @param before the temperature at the moment it was set
   * @param setAt when it was set
   * @param touchedAt when anything in the room last changed
   */
  record Room(
      boolean light,
      int brightness,
      BigDecimal target,
      BigDecimal before,
      long setAt,
      String curtain,
      long touchedAt) {

    Room withLight(boolean on, int newBrightness, long now) {
      return new Room(on, newBrightness, target, before, setAt, curtain, now);
    }

    Room withTarget(BigDecimal newTarget, BigDecimal current, long now) {
      return new Room(light, brightness, newTarget, current, now, curtain, now);
    }

    Room withCurtain(String position, long now) {
      return new Room(light, brightness, target, before, setAt, position, now);
    }
  }

  /** A timer that was started. */
  record Timer(BigDecimal minutes, @Nullable String label, long endsAt) {}

  HomeState {
    rooms = complete(rooms, Home.ROOMS, room -> initialRoom(room));
    doorLocked = complete(doorLocked, Home.DOORS, door -> true);
    timers = timers == null ? List.of() : List.copyOf(timers);
  }

  static HomeState initial() {
    return new HomeState(Map.of(), Map.of(), List.of());
  }

  HomeState with(String room, Room changed) {
    var all = new LinkedHashMap<>(rooms);
    all.put(room, changed);
    return new HomeState(all, doorLocked, timers);
  }

  HomeState withDoor(String door, boolean locked) {
    var all = new LinkedHashMap<>(doorLocked);
    all.put(door, locked);
    return new HomeState(rooms, all, timers);
  }

  /** Adds a timer and forgets those that ended more than a day ago. */
  HomeState with(Timer timer, long now) {
    var kept = new ArrayList<>(timers);
    kept.removeIf(old -> old.endsAt() < now - 86_400);
    kept.add(timer);
    return new HomeState(rooms, doorLocked, kept);
  }

  private static Room initialRoom(String room) {
    BigDecimal celsius =
        BigDecimal.valueOf(
            switch (room) {
              case "garden" -> 12;
              case "garage" -> 15;
              case "bedroom" -> 19;
              case "bathroom" -> 22;
              default -> 21;
            });
    return new Room(false, 100, celsius, celsius, 0, "open", 0);
  }

  private static <V> Map<String, V> complete(
      @Nullable Map<String, V> given,
      List<String> names,
      java.util.function.Function<String, V> initial) {
    var all = new LinkedHashMap<String, V>();
    for (String name : names) {
      V value = given == null ? null : given.get(name);
      all.put(name, value == null ? initial.apply(name) : value);
    }
    return Collections.unmodifiableMap(all);
  }
}

package dev.zhixing.samples.recipe.home;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import java.util.List;

/** Readings: temperature, humidity, motion, light. */
public final class Sensors {

  /** What a sensor said. */
  public record Reading(double value, boolean moved) {}

  public static final List<String> KINDS = List.of("temperature", "humidity", "motion", "light");

  private Sensors() {}

  public static Command draw(Draw draw, Room room, Form form) {
    return draw(draw, room, form, draw.pick(KINDS));
  }

  public static Command draw(Draw draw, Room room, Form form, String kind) {
    String called = room.called(draw);
    String text =
        HomeBook.phrase(
            draw, form.section("sensor." + kind), "room", called, "in", Room.in(draw, called));
    return done(draw, text, room, kind, reading(draw, kind));
  }

  /** A reading of a kind of sensor. */
  public static Reading reading(Draw draw, String kind) {
    return switch (kind) {
      case "temperature" -> {
        int whole = draw.chance(0.8) ? draw.between(12, 29) : draw.between(-9, 36);
        yield new Reading(
            draw.chance(0.45) ? whole : (whole * 10 + draw.between(1, 9)) / 10.0, false);
      }
      case "humidity" -> new Reading(draw.between(22, 92), false);
      case "light" ->
          new Reading(draw.chance(0.6) ? draw.between(1, 900) : draw.between(10, 320) * 50, false);
      default -> new Reading(0, draw.chance(0.45));
    };
  }

  /** The call and the report for {@code text}. */
  public static Command done(Draw draw, String text, Room room, String kind, Reading reading) {
    ObjectNode arguments = Draw.arguments().put("room", room.id()).put("kind", kind);
    boolean motion = kind.equals("motion");
    String value = Spoken.figures(reading.value());
    String section = "sensor." + kind + (motion ? reading.moved() ? ".yes" : ".no" : "") + ".done";
    String done = HomeBook.reply(draw, section, "room", room.named(draw), "v", value);
    String needed =
        !motion
            ? value
            : reading.moved()
                ? draw.say("yes|motion|movement|someone", "有")
                : draw.say("no motion|no movement|nobody|no,", "没有|没人");
    return new Command(
        text,
        Call.of("get_sensor", arguments, result(draw, arguments, kind, reading)),
        done,
        List.of(needed),
        draw.say("the sensors", "传感器"));
  }

  private static String result(Draw draw, ObjectNode arguments, String kind, Reading reading) {
    ObjectNode node = Draw.arguments();
    if (draw.chance(0.06)) {
      node.put("ok", true);
    }
    if (draw.chance(0.88)) {
      node.setAll(arguments);
    }
    if (kind.equals("motion")) {
      switch (draw.between(0, 9)) {
        case 0 -> node.put("motion", reading.moved());
        case 1 -> node.put("value", reading.moved() ? 1 : 0);
        case 2 -> node.put("value", reading.moved() ? "detected" : "none");
        default -> node.put("value", reading.moved());
      }
      return node.toString();
    }
    HomeBook.number(node, "value", reading.value());
    if (draw.chance(0.9)) {
      String unit =
          switch (kind) {
            case "temperature" -> draw.pick("°C", "°C", "°C", "C", "℃");
            case "humidity" -> "%";
            default -> draw.pick("lx", "lx", "lux");
          };
      node.put("unit", unit);
    }
    return node.toString();
  }
}

package dev.zhixing.samples.recipe.home;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lights: on, off, a brightness. */
public final class Lights {

  private Lights() {}

  /** A command for the light of {@code room}. */
  public static Command draw(Draw draw, Room room, Form form) {
    double kind = draw.random().nextDouble();
    if (kind < 0.3) {
      return of(draw, room, form, "light.on", null);
    }
    if (kind < 0.58) {
      return of(draw, room, form, "light.off", null);
    }
    if (kind < 0.86) {
      return of(draw, room, form, "light.dim", Spoken.percent(draw));
    }
    return kind < 0.94
        ? of(draw, room, form, "light.max", new Spoken("", 100))
        : of(draw, room, form, "light.min", new Spoken("", 1));
  }

  /** A command that sets a brightness. */
  public static Command dimmed(Draw draw, Room room, Form form, Spoken percent) {
    return of(draw, room, form, "light.dim", percent);
  }

  /** A command that only turns a light on or off. */
  public static Command switched(Draw draw, Room room, Form form, boolean on) {
    return of(draw, room, form, on ? "light.on" : "light.off", null);
  }

  private static Command of(
      Draw draw, Room room, Form form, String section, @Nullable Spoken level) {
    String called = room.called(draw);
    String text =
        HomeBook.phrase(
            draw,
            form.section(section),
            "room",
            called,
            "in",
            Room.in(draw, called),
            "pct",
            level == null ? "" : level.text());
    boolean on = !section.equals("light.off");
    int brightness = level == null ? 0 : (int) level.value();
    return done(draw, text, room, on, brightness);
  }

  /** The call and the report for {@code text}; brightness 0 says that none is given. */
  public static Command done(Draw draw, String text, Room room, boolean on, int brightness) {
    ObjectNode arguments = Draw.arguments().put("room", room.id()).put("state", on ? "on" : "off");
    if (brightness > 0) {
      arguments.put("brightness", brightness);
    }
    Call call = Call.of("set_light", arguments, HomeBook.acted(draw, arguments));
    if (on && brightness == 0) {
      ObjectNode accepted = arguments.deepCopy();
      accepted.set("brightness", HomeBook.optional(IntNode.valueOf(100)));
      call = call.accepting(accepted);
    }
    String report = on ? brightness > 0 ? "light.set.done" : "light.on.done" : "light.off.done";
    String done =
        HomeBook.reply(draw, report, "room", room.named(draw), "pct", Integer.toString(brightness));
    List<String> needed = brightness > 0 ? List.of(Integer.toString(brightness)) : List.of();
    return new Command(text, call, done, needed, draw.say("the lights", "灯"));
  }
}

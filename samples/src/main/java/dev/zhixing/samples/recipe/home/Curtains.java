package dev.zhixing.samples.recipe.home;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import java.util.List;

/** Curtains: open, closed, half. */
public final class Curtains {

  private Curtains() {}

  public static Command draw(Draw draw, Room room, Form form) {
    return draw(draw, room, form, draw.pick("open", "closed", "closed", "half"));
  }

  public static Command draw(Draw draw, Room room, Form form, String position) {
    String called = room.called(draw);
    String text =
        HomeBook.phrase(
            draw, form.section("curtain." + position), "room", called, "in", Room.in(draw, called));
    return done(draw, text, room, position);
  }

  /** The call and the report for {@code text}. */
  public static Command done(Draw draw, String text, Room room, String position) {
    ObjectNode arguments = Draw.arguments().put("room", room.id()).put("position", position);
    return new Command(
        text,
        Call.of("set_curtain", arguments, HomeBook.acted(draw, arguments)),
        HomeBook.reply(draw, "curtain." + position + ".done", "room", room.named(draw)),
        List.of(),
        draw.say("the curtains", "窗帘"));
  }
}

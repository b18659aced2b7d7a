package dev.zhixing.samples.recipe.home;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import java.util.List;

/** The target temperature of a room. */
public final class Heating {

  private Heating() {}

  /** A command for the thermostat of {@code room}. */
  public static Command draw(Draw draw, Room room, Form form) {
    if (form == Form.SENTENCE && draw.chance(0.04)) {
      int nines = draw.between(0, 6);
      Spoken fahrenheit = fahrenheit(draw, 41 + 9 * nines);
      return of(draw, room, form, "heat.set", fahrenheit.text(), 5 + 5 * nines);
    }
    Spoken celsius = Spoken.celsius(draw);
    String direction =
        celsius.value() >= 23 ? "heat.up" : celsius.value() <= 18 ? "heat.down" : "heat.set";
    String section = draw.chance(0.5) ? "heat.set" : direction;
    return of(draw, room, form, section, celsius.text(), celsius.value());
  }

  private static Spoken fahrenheit(Draw draw, int value) {
    String text =
        draw.isChinese()
            ? draw.pick("华氏" + value + "度", value + "华氏度", value + "°F")
            : draw.pick(
                value + " fahrenheit", value + " degrees fahrenheit", value + "°F", value + "F");
    return new Spoken(text, value);
  }

  private static Command of(
      Draw draw, Room room, Form form, String section, String said, double celsius) {
    String called = room.called(draw);
    String text =
        HomeBook.phrase(
            draw,
            form.section(form == Form.SENTENCE ? section : "heat.set"),
            "room",
            called,
            "in",
            Room.in(draw, called),
            "t",
            said,
            "deg",
            withUnit(draw, said));
    return done(draw, text, room, celsius);
  }

  /** A bare whole number could be a brightness, too: it gets its unit. */
  private static String withUnit(Draw draw, String said) {
    if (draw.isChinese()) {
      return said.matches("\\d+") ? said + "度" : said;
    }
    return said.matches("\\d+|[a-z]+(?:[ -][a-z]+)?") ? said + " degrees" : said;
  }

  /** The call and the report for {@code text}. */
  public static Command done(Draw draw, String text, Room room, double celsius) {
    ObjectNode arguments = Draw.arguments().put("room", room.id());
    HomeBook.number(arguments, "celsius", celsius);
    String value = Spoken.figures(celsius);
    String done = HomeBook.reply(draw, "heat.done", "room", room.named(draw), "t", value);
    return new Command(
        text,
        Call.of("set_thermostat", arguments, HomeBook.acted(draw, arguments)),
        done,
        List.of(value),
        draw.say("the heating", "温控"));
  }
}

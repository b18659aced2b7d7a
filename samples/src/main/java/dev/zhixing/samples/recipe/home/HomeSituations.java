package dev.zhixing.samples.recipe.home;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Weighted;
import java.util.ArrayList;
import java.util.List;

/** The suite {@code home}: one thing to do or to read. */
public final class HomeSituations {

  private HomeSituations() {}

  /** All situations of the suite. */
  public static List<Weighted> home() {
    List<Weighted> all = new ArrayList<>();
    all.add(Weighted.of(5, d -> single(d, Lights.draw(d, Room.any(d), Form.SENTENCE))));
    all.add(Weighted.of(3, d -> single(d, Heating.draw(d, Room.any(d), Form.SENTENCE))));
    all.add(Weighted.of(4.5, d -> single(d, Sensors.draw(d, Room.any(d), Form.SENTENCE))));
    all.add(Weighted.of(2.5, d -> single(d, Locks.draw(d, Form.SENTENCE))));
    all.add(Weighted.of(3, d -> single(d, Curtains.draw(d, Room.indoors(d), Form.SENTENCE))));
    all.add(Weighted.of(4, d -> single(d, Timers.draw(d, Form.SENTENCE))));
    all.add(Weighted.of(3, Corrections::sample));
    all.add(Weighted.of(1.2, HomeSituations::failing));
    all.add(Weighted.of(2, HomeSituations::withheld));
    all.add(Weighted.of(0.8, Limits::sample));
    all.addAll(FollowUps.all());
    return all;
  }

  /** The tools of the home. */
  public static final List<String> TOOLS =
      List.of("set_light", "set_thermostat", "get_sensor", "set_lock", "set_curtain", "set_timer");

  /** A command of any kind. */
  public static Command any(Draw draw, Form form) {
    return switch (draw.between(0, 17)) {
      case 0, 1, 2, 3, 4 -> Lights.draw(draw, Room.any(draw), form);
      case 5, 6, 7 -> Heating.draw(draw, Room.any(draw), form);
      case 8, 9, 10 -> Sensors.draw(draw, Room.any(draw), form);
      case 11, 12 -> Locks.draw(draw, form);
      case 13, 14 -> Curtains.draw(draw, Room.indoors(draw), form);
      default -> Timers.draw(draw, form);
    };
  }

  /** What must be kept letter by letter in the typed text: the timer's label. */
  public static String[] kept(Command... commands) {
    List<String> labels = new ArrayList<>();
    for (Command command : commands) {
      if (command.call().arguments().has("label")) {
        labels.add(command.call().arguments().get("label").asText());
      }
    }
    return labels.toArray(String[]::new);
  }

  static Scenario single(Draw draw, Command command) {
    String user = HomeBook.dressed(draw, command.text(), kept(command));
    return Scenario.of(
            draw.language(), "home", user, List.of(List.of(command.call())), command.done())
        .answering(command.needed().toArray(String[]::new));
  }

  private static Scenario failing(Draw draw) {
    Command command = any(draw, Form.SENTENCE);
    String error = HomeBook.reply(draw, "error");
    ObjectNode result = Draw.arguments().put("ok", false).put("error", error);
    Call call = command.call();
    Call failed = new Call(call.tool(), call.arguments(), result.toString(), call.expected());
    String answer = HomeBook.reply(draw, "fail.any", "error", error);
    String user = HomeBook.dressed(draw, command.text(), kept(command));
    return Scenario.of(draw.language(), "home", user, List.of(List.of(failed)), answer)
        .answering(draw.say("sorry|couldn't|didn't", "抱歉|没"));
  }

  private static Scenario withheld(Draw draw) {
    Command command = any(draw, Form.SENTENCE);
    String user = HomeBook.dressed(draw, command.text());
    String tool = command.call().tool();
    String section =
        tool.equals("get_sensor")
            ? "cannot.read"
            : tool.equals("set_timer") ? "cannot.time" : "cannot";
    String answer = HomeBook.reply(draw, section, "subject", command.subject());
    return Scenario.of(draw.language(), "home", user, List.of(), answer)
        .withholding(tool)
        .answering(draw.say("sorry|can't|no way|afraid", "抱歉|不好意思"));
  }
}

package dev.zhixing.samples.recipe.talk;

import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Noise;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Weighted;
import dev.zhixing.samples.recipe.home.Command;
import dev.zhixing.samples.recipe.home.Curtains;
import dev.zhixing.samples.recipe.home.Form;
import dev.zhixing.samples.recipe.home.Heating;
import dev.zhixing.samples.recipe.home.HomeBook;
import dev.zhixing.samples.recipe.home.HomeSituations;
import dev.zhixing.samples.recipe.home.Lights;
import dev.zhixing.samples.recipe.home.Locks;
import dev.zhixing.samples.recipe.home.Purpose;
import dev.zhixing.samples.recipe.home.Room;
import dev.zhixing.samples.recipe.home.Sensors;
import dev.zhixing.samples.recipe.home.Spoken;
import dev.zhixing.samples.recipe.home.Timers;
import java.util.ArrayList;
import java.util.List;

/** The suite {@code clarify}: something is missing, so the assistant asks; then it is told. */
public final class ClarifySituations {

  static final TalkBook BOOK = new TalkBook("clarify");

  /**
   * A request that lacks something.
   *
   * @param section of the wording
   * @param slots of the wording
   * @param ask section of the question back
   * @param reply section of what the person answers then
   * @param command what follows from the answer; its text is ignored
   */
  record Gap(String section, List<String> slots, String ask, String reply, Command command) {
    String[] values() {
      return slots.toArray(String[]::new);
    }
  }

  private ClarifySituations() {}

  /** Questions back. */
  public static List<Weighted> clarify() {
    List<Weighted> all = new ArrayList<>();
    all.add(Weighted.of(5, d -> asked(d, home(d))));
    all.add(Weighted.of(4, ClarifyOrders::asked));
    all.add(Weighted.of(1.2, ClarifyOrders::whichOfTwo));
    all.add(Weighted.of(1.6, ClarifyOrders::vague));
    return all;
  }

  /** What follows once the person has answered; suites {@code home}, {@code service}, memory. */
  public static List<Weighted> answered() {
    List<Weighted> all = new ArrayList<>();
    all.add(Weighted.of(4, d -> told(d, home(d))));
    all.add(Weighted.of(3, ClarifyOrders::told));
    all.add(Weighted.of(1, ClarifyOrders::toldRemember));
    all.add(Weighted.of(1, ClarifyOrders::toldWhich));
    return all;
  }

  private static Scenario asked(Draw draw, Gap gap) {
    String text = BOOK.phrase(draw, gap.section(), gap.values());
    String user = HomeBook.dressed(draw, text, HomeSituations.kept(gap.command()));
    return Scenario.of(
            draw.language(), "clarify", user, List.of(), BOOK.reply(draw, gap.ask(), gap.values()))
        .offering(gap.command().call().tool())
        .answering("?|？");
  }

  private static Scenario told(Draw draw, Gap gap) {
    Command command = gap.command();
    String first =
        HomeBook.dressed(
            draw,
            BOOK.reply(draw, gap.section(), gap.values()),
            HomeSituations.kept(gap.command()));
    String ask = BOOK.reply(draw, gap.ask(), gap.values());
    String user = Noise.typed(draw, BOOK.phrase(draw, gap.reply(), gap.values()));
    return Scenario.of(
            draw.language(), "home", user, List.of(List.of(command.call())), command.done())
        .withHistory(first, ask)
        .answering(command.needed().toArray(String[]::new));
  }

  private static Gap home(Draw draw) {
    Room room = Room.any(draw);
    return switch (draw.between(0, 15)) {
      case 0, 1 -> light(draw, room);
      case 2 -> level(draw, room);
      case 3, 4 -> heatRoom(draw, room);
      case 5 -> heatValue(draw, room);
      case 6, 7 -> heatBoth(draw, room);
      case 8 -> curtain(draw, Room.indoors(draw));
      case 9, 10 -> sensor(draw, room);
      case 11, 12 -> door(draw);
      default -> timer(draw);
    };
  }

  private static List<String> named(Draw draw, Room room, String... more) {
    List<String> slots = new ArrayList<>(List.of("room", room.called(draw)));
    slots.addAll(List.of(more));
    return slots;
  }

  private static Gap light(Draw draw, Room room) {
    boolean on = draw.chance(0.5);
    String section = on ? "light.on" : "light.off";
    Command command = Lights.done(draw, "", room, on, 0);
    return new Gap(section, named(draw, room), "ask.room", "reply.room", command);
  }

  private static Gap level(Draw draw, Room room) {
    Spoken percent = Spoken.percent(draw);
    Command command = Lights.done(draw, "", room, true, (int) percent.value());
    List<String> slots = named(draw, room, "pct", percent.text());
    return new Gap("light.dim", slots, "ask.room", "reply.room", command);
  }

  private static String withUnit(Draw draw, String said) {
    return said.matches("\\d+|[a-z]+(?:[ -][a-z]+)?") ? said + draw.say(" degrees", "度") : said;
  }

  private static Gap heatRoom(Draw draw, Room room) {
    Spoken t = Spoken.celsius(draw);
    Command command = Heating.done(draw, "", room, t.value());
    List<String> slots = named(draw, room, "deg", withUnit(draw, t.text()));
    return new Gap("heat.room", slots, "ask.room", "reply.room", command);
  }

  private static Gap heatValue(Draw draw, Room room) {
    Spoken t = Spoken.celsius(draw);
    Command command = Heating.done(draw, "", room, t.value());
    List<String> slots =
        List.of("room", room.named(draw), "deg", withUnit(draw, t.text()), "t", t.text());
    return new Gap("heat.value", slots, "ask.value", "reply.value", command);
  }

  private static Gap heatBoth(Draw draw, Room room) {
    Spoken t = Spoken.celsius(draw);
    Command command = Heating.done(draw, "", room, t.value());
    List<String> slots = named(draw, room, "deg", withUnit(draw, t.text()));
    return new Gap("heat.both", slots, "ask.heat", "reply.heat", command);
  }

  private static Gap curtain(Draw draw, Room room) {
    String position = draw.pick("open", "closed", "half");
    Command command = Curtains.done(draw, "", room, position);
    return new Gap("curtain." + position, named(draw, room), "ask.room", "reply.room", command);
  }

  private static Gap sensor(Draw draw, Room room) {
    Command read = Sensors.draw(draw, room, Form.CLAUSE);
    String kind = read.call().arguments().get("kind").asText();
    return new Gap("sensor." + kind, named(draw, room), "ask.room", "reply.room", read);
  }

  private static Gap door(Draw draw) {
    Locks.Door door = draw.pick(Locks.Door.FRONT, Locks.Door.BACK, Locks.Door.GARAGE);
    boolean locked = draw.chance(0.5);
    List<String> slots = List.of("door", door.called(draw));
    Command command = Locks.done(draw, "", door, locked);
    return new Gap(locked ? "lock.lock" : "lock.unlock", slots, "ask.door", "reply.door", command);
  }

  private static Gap timer(Draw draw) {
    Spoken time = Spoken.minutes(draw);
    if (draw.chance(0.5)) {
      List<String> slots = List.of("dur", time.text());
      Command command = Timers.done(draw, "", time.value(), null);
      return new Gap("timer", slots, "ask.timer", "reply.timer", command);
    }
    Purpose purpose = Purpose.any(draw);
    String story = purpose.stories().isEmpty() ? purpose.what() : draw.pick(purpose.stories());
    List<String> slots =
        List.of(
            "dur", time.text(), "what", purpose.what(), "label", purpose.label(), "story", story);
    Command command = Timers.done(draw, "", time.value(), purpose.label());
    return new Gap("timer.purpose", slots, "ask.timer", "reply.timer", command);
  }
}

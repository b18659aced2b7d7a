package dev.zhixing.samples.recipe.home;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import java.util.List;

/** Doors: locked or not. */
public final class Locks {

  /** A door of the catalogue. */
  public enum Door {
    FRONT(
        "front door",
        "前门",
        "front door|front|main door|front entrance|entrance door",
        "前门|大门|正门|入户门|大门"),
    BACK(
        "back door",
        "后门",
        "back door|back|rear door|back entrance|rear entrance",
        "后门|后面那扇门|后面的门|后门"),
    GARAGE("garage door", "车库门", "garage door|garage|door to the garage", "车库门|车库|车库的门|车库那扇门");

    private final String english;
    private final String chinese;
    private final String englishWords;
    private final String chineseWords;

    Door(String english, String chinese, String englishWords, String chineseWords) {
      this.english = english;
      this.chinese = chinese;
      this.englishWords = englishWords;
      this.chineseWords = chineseWords;
    }

    /** The catalogue's name, e.g. {@code front}. */
    public String id() {
      return english.substring(0, english.indexOf(' '));
    }

    /** What an answer calls it. */
    public String named(Draw draw) {
      return draw.say(english, chinese);
    }

    /** What a person calls it; always fits after "the". */
    public String called(Draw draw) {
      return draw.chance(0.5)
          ? named(draw)
          : draw.pick(List.of((draw.isChinese() ? chineseWords : englishWords).split("\\|")));
    }
  }

  private Locks() {}

  public static Command draw(Draw draw, Form form) {
    return draw(draw, draw.pick(Door.FRONT, Door.BACK, Door.GARAGE), form, draw.chance(0.55));
  }

  public static Command draw(Draw draw, Door door, Form form, boolean locked) {
    String section = locked ? "lock.lock" : "lock.unlock";
    String called = door.called(draw);
    Form used = form == Form.BARE ? Form.CLAUSE : form;
    return done(draw, HomeBook.phrase(draw, used.section(section), "door", called), door, locked);
  }

  /** The call and the report for {@code text}. */
  public static Command done(Draw draw, String text, Door door, boolean locked) {
    ObjectNode arguments = Draw.arguments().put("door", door.id()).put("locked", locked);
    String report = locked ? "lock.lock.done" : "lock.unlock.done";
    return new Command(
        text,
        Call.of("set_lock", arguments, HomeBook.acted(draw, arguments)),
        HomeBook.reply(draw, report, "door", door.named(draw)),
        List.of(),
        draw.say("the door locks", "门锁"));
  }
}

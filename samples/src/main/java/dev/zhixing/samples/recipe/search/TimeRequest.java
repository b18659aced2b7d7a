package dev.zhixing.samples.recipe.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Script;
import dev.zhixing.samples.recipe.Situation;
import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Value;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** Asks what time it is, somewhere else or here. */
final class TimeRequest implements Situation {

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final Phrasebook english;
  private final Phrasebook chinese;
  private final Things things;
  private final Zones zones;
  private final boolean elsewhere;

  TimeRequest(
      Phrasebook english, Phrasebook chinese, Things things, Zones zones, boolean elsewhere) {
    this.english = english;
    this.chinese = chinese;
    this.things = things;
    this.zones = zones;
    this.elsewhere = elsewhere;
  }

  @Override
  public Scenario sample(Draw draw) {
    Phrasebook book = draw.isChinese() ? chinese : english;
    Zones.Place place = zones.draw(draw);
    LocalDateTime now = Things.date(draw).atTime(draw.between(0, 23), draw.between(0, 59));
    String home = draw.say("Europe/Berlin", "Asia/Shanghai");
    Script script =
        new Script(
            book, draw, (slot, d) -> value(slot, d, place, now, elsewhere ? place.zone() : home));
    String section = elsewhere ? draw.chance(0.12) ? "date.ask" : "time" : "today";
    List<String> turns = script.say(script.line(section)[0], "");
    String[] outcome = script.reply(section + ".result");
    ObjectNode arguments = Draw.arguments();
    ObjectNode matcher = Draw.arguments();
    if (elsewhere) {
      arguments.put("zone", place.zone());
      matcher.put("zone", place.zone());
    } else {
      matcher.putObject("zone").putObject("~optional").putArray("~contains");
    }
    Call call = Call.of("current_time", arguments, script.show(outcome[0])).accepting(matcher);
    return Scenario.of(
            draw.language(),
            "search",
            turns.getLast(),
            List.of(List.of(call)),
            script.show(outcome[1]))
        .withHistory(turns.subList(0, turns.size() - 1).toArray(String[]::new))
        .answering(script.show(outcome[2]));
  }

  private Value value(String slot, Draw draw, Zones.Place place, LocalDateTime now, String zone) {
    Locale locale = draw.isChinese() ? Locale.CHINA : Locale.ENGLISH;
    return switch (slot) {
      case "city" -> Value.text(place.name());
      case "city2" -> Value.text(zones.draw(draw).name());
      case "zone" -> Value.text(zone);
      case "stamp" -> Value.text(now.format(STAMP));
      case "clock" -> Value.text(now.format(STAMP).substring(11));
      case "weekday" -> Value.text(now.getDayOfWeek().getDisplayName(TextStyle.FULL, locale));
      case "datepart" ->
          Value.text(
              draw.isChinese()
                  ? now.getYear() + "年" + now.getMonthValue() + "月" + now.getDayOfMonth() + "日"
                  : now.toLocalDate().toString());
      default -> things.draw(slot, draw);
    };
  }
}

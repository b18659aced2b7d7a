package dev.zhixing.samples.recipe.open;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Language;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sentences of the Home Assistant intents project that our home's tools can carry out. */
public final class HomeUtterances implements Situation {

  private static final Map<String, String> ROOMS =
      Map.ofEntries(
          Map.entry("kitchen", "kitchen"),
          Map.entry("study", "study"),
          Map.entry("office", "study"),
          Map.entry("hallway", "hallway"),
          Map.entry("living room", "living_room"),
          Map.entry("garden", "garden"),
          Map.entry("bedroom", "bedroom"),
          Map.entry("bathroom", "bathroom"),
          Map.entry("garage", "garage"),
          Map.entry("走廊", "hallway"),
          Map.entry("客厅", "living_room"),
          Map.entry("卫生间", "bathroom"),
          Map.entry("浴室", "bathroom"),
          Map.entry("车库", "garage"),
          Map.entry("书房", "study"),
          Map.entry("卧室", "bedroom"),
          Map.entry("花园", "garden"),
          Map.entry("厨房", "kitchen"));

  private record Command(String text, String room, String tool, ObjectNode arguments) {}

  private final Map<Language, List<Command>> commands = new HashMap<>();

  public HomeUtterances(OpenData data) {
    for (JsonNode row : data.records("utterances-ha-intents")) {
      String source = row.path("source").asText();
      String room = ROOMS.get(row.path("slots").path("area").asText());
      if (room == null || source.endsWith("zh-TW") || source.endsWith("zh-HK")) {
        continue;
      }
      Command command = command(row, room);
      if (command != null) {
        Language language = row.path("lang").asText().equals("zh") ? Language.ZH : Language.EN;
        commands.computeIfAbsent(language, k -> new ArrayList<>()).add(command);
      }
    }
  }

  private static @Nullable Command command(JsonNode row, String room) {
    JsonNode slots = row.path("slots");
    String text = row.path("text").asText();
    boolean light = slots.path("domain").asText().equals("light");
    ObjectNode arguments = Draw.arguments().put("room", room);
    Set<String> plainLight = Set.of("area", "domain");
    return switch (row.path("intent").asText()) {
      case "HassTurnOn" ->
          light && only(slots, plainLight)
              ? new Command(text, room, "set_light", arguments.put("state", "on"))
              : null;
      case "HassTurnOff" ->
          light && only(slots, plainLight)
              ? new Command(text, room, "set_light", arguments.put("state", "off"))
              : null;
      case "HassLightSet" ->
          light && slots.path("brightness").asInt() > 0 && slots.size() == 3
              ? new Command(
                  text,
                  room,
                  "set_light",
                  arguments.put("state", "on").put("brightness", slots.get("brightness").asInt()))
              : null;
      case "HassClimateSetTemperature" -> {
        double celsius = slots.path("temperature").asDouble();
        boolean fits = celsius >= 5 && celsius <= 35 && only(slots, Set.of("area", "temperature"));
        yield fits
            ? new Command(
                text,
                room,
                "set_thermostat",
                (ObjectNode) arguments.set("celsius", slots.get("temperature")))
            : null;
      }
      case "HassClimateGetTemperature" ->
          only(slots, Set.of("area"))
              ? new Command(text, room, "get_sensor", arguments.put("kind", "temperature"))
              : null;
      default -> null;
    };
  }

  private static boolean only(JsonNode slots, Set<String> names) {
    return slots.properties().stream().allMatch(slot -> names.contains(slot.getKey()));
  }

  public boolean isEmpty() {
    return commands.isEmpty();
  }

  @Override
  public Scenario sample(Draw draw) {
    Command command = draw.pick(commands.getOrDefault(draw.language(), List.of()));
    if (!command.tool().equals("get_sensor")) {
      Call call = Call.of(command.tool(), command.arguments(), "{\"ok\":true}");
      String answer =
          draw.isChinese()
              ? draw.pick("好的，已设置。", "好了。", "已经办好了。")
              : draw.pick("Done.", "OK, that's set.", "Sure, done.");
      return Scenario.of(draw.language(), "home", command.text(), List.of(List.of(call)), answer);
    }
    String value = String.valueOf(draw.between(-5, 32) + draw.pick(0.0, 0.5)).replace(".0", "");
    String result =
        "{\"room\":\"%s\",\"kind\":\"temperature\",\"value\":%s,\"unit\":\"°C\"}"
            .formatted(command.room(), value);
    String answer = draw.isChinese() ? "现在是" + value + "°C。" : "It is " + value + " °C.";
    Call call = Call.of("get_sensor", command.arguments(), result);
    return Scenario.of(draw.language(), "home", command.text(), List.of(List.of(call)), answer)
        .answering(value);
  }
}

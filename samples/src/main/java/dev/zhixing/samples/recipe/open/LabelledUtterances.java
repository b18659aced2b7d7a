package dev.zhixing.samples.recipe.open;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Language;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Utterances with an intent and slots, turned into tool calls: the intent becomes a tool, its slots
 * become parameters, other intents of the set stand beside it. So the model learns to read tools it
 * has never seen and to copy arguments from real wordings.
 */
public final class LabelledUtterances implements Situation {

  private static final int MOST_ENUM_VALUES = 8;
  private static final int MOST_PARAMETERS = 6;

  private record Utterance(String text, String intent, Map<String, JsonNode> slots) {}

  private final Map<Language, List<Utterance>> utterances = new HashMap<>();
  private final Map<Language, Map<String, ToolSpecification>> tools = new HashMap<>();

  /** Reads the named sets ({@code utterances-snips} …); sets that are missing count as empty. */
  public LabelledUtterances(OpenData data, List<String> sets) {
    for (Language language : Language.values()) {
      List<Utterance> read = new ArrayList<>();
      for (String set : sets) {
        for (JsonNode row : data.records(set)) {
          if (row.path("lang").asText().equals(language.code())) {
            read(row, read);
          }
        }
      }
      utterances.put(language, read);
      tools.put(language, specifications(read));
    }
  }

  /** Whether there is anything to draw from in this language. */
  public boolean has(Language language) {
    return !utterances.getOrDefault(language, List.of()).isEmpty();
  }

  private static void read(JsonNode row, List<Utterance> out) {
    String text = row.path("text").asText().strip();
    JsonNode slots = row.path("slots");
    if (!row.path("intent").isTextual() || slots.size() > MOST_PARAMETERS || text.length() > 160) {
      return;
    }
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> slot : slots.properties()) {
      JsonNode value = slot.getValue();
      if (!value.isValueNode() || value.asText().contains(" | ")) {
        return;
      }
      values.put(snake(slot.getKey()), value);
    }
    out.add(new Utterance(text, snake(row.path("intent").asText()), values));
  }

  /**
   * {@code HassTurnOn}, {@code calendar.FindWho} → {@code hass_turn_on}, {@code calendar_find_who}.
   */
  private static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[^\\p{L}\\p{N}]+", "_")
        .toLowerCase(Locale.ROOT);
  }

  private static Map<String, ToolSpecification> specifications(List<Utterance> all) {
    Map<String, Map<String, List<JsonNode>>> seen = new LinkedHashMap<>();
    for (Utterance utterance : all) {
      Map<String, List<JsonNode>> slots =
          seen.computeIfAbsent(utterance.intent(), k -> new LinkedHashMap<>());
      utterance
          .slots()
          .forEach((slot, value) -> slots.computeIfAbsent(slot, k -> new ArrayList<>()).add(value));
    }
    Map<String, ToolSpecification> out = new LinkedHashMap<>();
    seen.forEach((intent, slots) -> out.put(intent, specification(intent, slots)));
    return out;
  }

  private static ToolSpecification specification(String intent, Map<String, List<JsonNode>> slots) {
    JsonObjectSchema.Builder parameters = JsonObjectSchema.builder();
    slots.entrySet().stream()
        .sorted((a, b) -> b.getValue().size() - a.getValue().size())
        .limit(MOST_PARAMETERS)
        .forEach(slot -> addParameter(parameters, slot.getKey(), slot.getValue()));
    return ToolSpecification.builder().name(intent).parameters(parameters.build()).build();
  }

  private static void addParameter(
      JsonObjectSchema.Builder parameters, String name, List<JsonNode> values) {
    TreeSet<String> distinct = new TreeSet<>();
    values.forEach(value -> distinct.add(value.asText()));
    if (values.stream().allMatch(JsonNode::isNumber)) {
      parameters.addProperty(name, JsonNumberSchema.builder().build());
    } else if (distinct.size() <= MOST_ENUM_VALUES && values.size() >= 4 * distinct.size()) {
      parameters.addProperty(
          name, JsonEnumSchema.builder().enumValues(List.copyOf(distinct)).build());
    } else {
      parameters.addProperty(name, JsonStringSchema.builder().build());
    }
  }

  @Override
  public Scenario sample(Draw draw) {
    Language language = has(draw.language()) ? draw.language() : Language.EN;
    List<Utterance> all = utterances.getOrDefault(language, List.of());
    Map<String, ToolSpecification> known = tools.getOrDefault(language, Map.of());
    Utterance utterance = draw.pick(all);
    for (int i = 0; i < 50 && !callable(utterance, known); i++) {
      utterance = draw.pick(all);
    }
    List<ToolSpecification> offered = new ArrayList<>();
    offered.add(specificationOf(utterance, known));
    for (int i = draw.between(1, 4); i > 0; i--) {
      ToolSpecification other = specificationOf(draw.pick(all), known);
      if (offered.stream().noneMatch(tool -> tool.name().equals(other.name()))) {
        offered.add(other);
      }
    }
    ObjectNode arguments = Draw.arguments();
    for (String parameter : offered.getFirst().parameters().properties().keySet()) {
      JsonNode value = utterance.slots().get(parameter);
      if (value != null) {
        arguments.set(parameter, value);
      }
    }
    Call call = Call.of(offered.getFirst().name(), arguments, "{\"ok\":true}");
    String answer = language == Language.ZH ? "好的，已经办好了。" : "Done.";
    return Scenario.of(language, "unseen", utterance.text(), List.of(List.of(call)), answer)
        .withOwnTools(offered);
  }

  private static ToolSpecification specificationOf(
      Utterance utterance, Map<String, ToolSpecification> known) {
    ToolSpecification tool = known.get(utterance.intent());
    if (tool == null) {
      throw new IllegalStateException("no tool for the intent " + utterance.intent());
    }
    return tool;
  }

  /**
   * Whether every slot can be written: it is a parameter, and its value is copied from the text or
   * one of an enumeration.
   */
  private static boolean callable(Utterance utterance, Map<String, ToolSpecification> known) {
    Map<String, ?> parameters = specificationOf(utterance, known).parameters().properties();
    String text = utterance.text().toLowerCase(Locale.ROOT);
    for (Map.Entry<String, JsonNode> slot : utterance.slots().entrySet()) {
      Object schema = parameters.get(slot.getKey());
      boolean copied = text.contains(slot.getValue().asText().toLowerCase(Locale.ROOT));
      if (schema == null || !(copied || schema instanceof JsonEnumSchema)) {
        return false;
      }
    }
    return !utterance.slots().isEmpty();
  }
}

package dev.zhixing.samples.eval.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.agent.Usage;
import dev.zhixing.samples.eval.Cost;
import dev.zhixing.samples.eval.Score;
import org.jspecify.annotations.Nullable;

/**
 * How a task went, as a report keeps it.
 *
 * @param id the task's id
 * @param suite its suite
 * @param lang its language
 * @param success whether it succeeded
 * @param tools whether the right tools were called, and no other
 * @param arguments whether every call was right, arguments included
 * @param answer whether the answer held what it must
 * @param ending how the run ended, such as {@code Answered}
 * @param cost what it took
 */
public record TaskRecord(
    String id,
    String suite,
    String lang,
    boolean success,
    boolean tools,
    boolean arguments,
    boolean answer,
    String ending,
    Cost cost) {

  static TaskRecord of(Score score) {
    return new TaskRecord(
        score.task().id(),
        score.task().suite(),
        score.task().lang(),
        score.success(),
        score.toolsRight(),
        score.argumentsRight(),
        score.answerRight(),
        score.outcome().ending(),
        score.outcome().cost());
  }

  ObjectNode json() {
    Usage usage = cost.usage();
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("suite", suite)
        .put("lang", lang)
        .put("success", success)
        .put("tools", tools)
        .put("arguments", arguments)
        .put("answer", answer)
        .put("ending", ending)
        .put("steps", cost.steps())
        .put("input", usage.input())
        .put("output", usage.output())
        .put("cached", usage.cached())
        .put("prefilled", usage.prefilled())
        .put("forced", usage.forced())
        .put("millis", cost.millis());
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IllegalArgumentException if a field is missing or of a wrong type
   */
  static TaskRecord parse(JsonNode task) {
    Usage usage =
        new Usage(
            number(task, "input"),
            number(task, "output"),
            maybe(task, "prefilled"),
            maybe(task, "cached"),
            maybe(task, "forced"));
    return new TaskRecord(
        text(task, "id"),
        text(task, "suite"),
        text(task, "lang"),
        truth(task, "success"),
        truth(task, "tools"),
        truth(task, "arguments"),
        truth(task, "answer"),
        text(task, "ending"),
        new Cost(number(task, "steps"), usage, number(task, "millis")));
  }

  static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isTextual()) {
      throw wrong(object, field, "a string", value);
    }
    return value.textValue();
  }

  static int number(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw wrong(object, field, "a whole number", value);
    }
    return value.intValue();
  }

  private static boolean truth(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isBoolean()) {
      throw wrong(object, field, "true or false", value);
    }
    return value.booleanValue();
  }

  private static @Nullable Integer maybe(JsonNode object, String field) {
    return object.path(field).isNull() ? null : Integer.valueOf(number(object, field));
  }

  private static IllegalArgumentException wrong(
      JsonNode object, String field, String expected, JsonNode found) {
    return new IllegalArgumentException(
        "%s%s: expected %s, found %s"
            .formatted(
                object.path("id").isTextual() ? object.path("id").textValue() + "." : "",
                field,
                expected,
                found.isMissingNode() ? "nothing" : found));
  }
}

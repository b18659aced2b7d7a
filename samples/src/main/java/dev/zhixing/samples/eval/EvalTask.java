package dev.zhixing.samples.eval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One task of a suite.
 *
 * @param id unique in its file
 * @param lang the user's language, such as {@code en} or {@code zh}
 * @param suite what the task is about, such as {@code calc}
 * @param tools names of the tools offered
 * @param toolSpecs specifications of tools that the catalogue does not have, or null
 * @param history earlier turns
 * @param user what the user says
 * @param results what each tool answers, in the order of its calls
 * @param expect what must happen
 * @param source all of it, as the file has it
 */
public record EvalTask(
    String id,
    String lang,
    String suite,
    List<String> tools,
    @Nullable JsonNode toolSpecs,
    List<Turn> history,
    String user,
    Map<String, List<JsonNode>> results,
    Expectation expect,
    JsonNode source) {

  /** An earlier turn: what the user or the assistant said. */
  public record Turn(boolean byUser, String text) {}

  public EvalTask {
    tools = List.copyOf(tools);
    history = List.copyOf(history);
    results = Map.copyOf(results);
  }

  /**
   * Reads a task.
   *
   * @throws IllegalArgumentException if a field that every task needs is missing or of a wrong type
   */
  static EvalTask parse(JsonNode task) {
    List<String> tools = new ArrayList<>();
    task.path("tools").forEach(name -> tools.add(name.asText()));
    List<Turn> history = new ArrayList<>();
    task.path("history").forEach(turn -> history.add(turn(turn)));
    Map<String, List<JsonNode>> results = new LinkedHashMap<>();
    task.path("results").properties().forEach(r -> results.put(r.getKey(), answers(r.getValue())));
    return new EvalTask(
        text(task, "id"),
        text(task, "lang"),
        text(task, "suite"),
        tools,
        task.get("tool_specs"),
        history,
        text(task, "user"),
        results,
        Expectation.parse(task.path("expect")),
        task);
  }

  private static String text(JsonNode task, String field) {
    JsonNode value = task.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(field + ": expected a string, found " + value);
    }
    return value.textValue();
  }

  private static Turn turn(JsonNode turn) {
    return switch (turn.path("role").asText()) {
      case "user" -> new Turn(true, text(turn, "content"));
      case "assistant" -> new Turn(false, text(turn, "content"));
      default ->
          throw new IllegalArgumentException(
              "history: expected a turn of role user or assistant, found " + turn);
    };
  }

  private static List<JsonNode> answers(JsonNode results) {
    if (!results.isArray()) {
      return List.of(results);
    }
    List<JsonNode> answers = new ArrayList<>();
    results.forEach(answers::add);
    return List.copyOf(answers);
  }
}

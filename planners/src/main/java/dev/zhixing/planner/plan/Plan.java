package dev.zhixing.planner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.agent.prompt.SpokenJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done, in order. To be looked at and changed: as JSON it is what the model writes,
 * so a plan that a person changed can stand in place of the model's.
 *
 * @param tasks one or more, each a sentence
 */
public record Plan(List<String> tasks) {
  private static final JsonMapper JSON = new JsonMapper();

  public Plan {
    tasks = List.copyOf(tasks);
    if (tasks.isEmpty() || tasks.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "plan: expected one task or more, each with some text, found " + tasks);
    }
  }

  /** The plan in what a model wrote: an object whose {@code tasks} are texts. */
  public static Optional<Plan> parse(String text) {
    JsonNode tasks = SpokenJson.object(text).map(o -> o.path("tasks")).orElse(null);
    if (tasks == null || !tasks.isArray() || tasks.isEmpty()) {
      return Optional.empty();
    }
    List<String> sentences = new ArrayList<>();
    for (JsonNode task : tasks) {
      if (!task.isTextual() || task.asText().isBlank()) {
        return Optional.empty();
      }
      sentences.add(task.asText().strip());
    }
    return Optional.of(new Plan(sentences));
  }

  /** The plan as {@link #parse} reads it. */
  public String toJson() {
    ObjectNode object = JSON.createObjectNode();
    ArrayNode array = object.putArray("tasks");
    tasks.forEach(array::add);
    return object.toString();
  }

  /** The same with another text for a task. {@code number} counts from 1. */
  public Plan with(int number, String task) {
    List<String> changed = new ArrayList<>(tasks);
    changed.set(number - 1, task);
    return new Plan(changed);
  }

  /** The same without a task. {@code number} counts from 1. */
  public Plan without(int number) {
    List<String> changed = new ArrayList<>(tasks);
    changed.remove(number - 1);
    return new Plan(changed);
  }

  /** The tasks, numbered, a line each. */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < tasks.size(); i++) {
      lines.append(i == 0 ? "" : "\n").append(i + 1).append(". ").append(tasks.get(i));
    }
    return lines.toString();
  }
}

package dev.zhixing.samples.recipe.tiny;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Scenario;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes scenarios as tasks of an evaluation suite, one JSON object a line. */
final class EvaluationTasks {

  private static final ObjectMapper JSON = new ObjectMapper();

  private EvaluationTasks() {}

  /**
   * One task; the tools on offer are named, those of the scenario itself are specified in the line.
   */
  static ObjectNode task(String id, Scenario scenario, List<ToolSpecification> offered) {
    ObjectNode task = JsonNodeFactory.instance.objectNode();
    task.put("id", id).put("lang", scenario.language().code()).put("suite", scenario.suite());
    ArrayNode names = task.putArray("tools");
    offered.forEach(tool -> names.add(tool.name()));
    if (!scenario.ownTools().isEmpty()) {
      ObjectNode specifications = task.putObject("tool_specs");
      scenario.ownTools().forEach(tool -> specifications.set(tool.name(), specification(tool)));
    }
    ArrayNode history = task.putArray("history");
    for (int i = 0; i < scenario.history().size(); i++) {
      history
          .addObject()
          .put("role", i % 2 == 0 ? "user" : "assistant")
          .put("content", scenario.history().get(i));
    }
    task.put("user", scenario.user());
    ObjectNode results = task.putObject("results");
    scenario
        .rounds()
        .forEach(
            round ->
                round.forEach(call -> results.withArray(call.tool()).add(json(call.result()))));
    task.set("expect", expectation(scenario));
    return task;
  }

  private static ObjectNode expectation(Scenario scenario) {
    ObjectNode expect = JsonNodeFactory.instance.objectNode();
    ArrayNode calls = expect.putArray("calls");
    for (List<Call> round : scenario.rounds()) {
      for (Call call : round) {
        calls.addObject().put("tool", call.tool()).set("arguments", call.expectedArguments());
      }
    }
    expect.put("order", scenario.orderMatters() ? "strict" : "any");
    ArrayNode contains = expect.putArray("answer_contains");
    for (List<String> alternatives : scenario.answerContains()) {
      alternatives.forEach(contains.addArray()::add);
    }
    switch (scenario.suite()) {
      case "refuse" -> expect.put("refuse", true);
      case "clarify" -> {
        if (scenario.rounds().isEmpty()) {
          expect.put("clarify", true);
        }
      }
      default -> {}
    }
    return expect;
  }

  /**
   * LangChain4j writes a specification as JSON itself; the suites want its description and
   * parameters.
   */
  private static JsonNode specification(ToolSpecification tool) {
    JsonNode whole = json(tool.toJson());
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("description", whole.path("description").asText());
    out.set("parameters", whole.path("parameters"));
    return out;
  }

  /** A result as JSON, plain text as a JSON string. */
  private static JsonNode json(String text) {
    boolean structured = text.startsWith("{") || text.startsWith("[");
    try {
      return structured ? JSON.readTree(text) : JsonNodeFactory.instance.textNode(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("tool result: expected JSON, found " + text, e);
    }
  }
}

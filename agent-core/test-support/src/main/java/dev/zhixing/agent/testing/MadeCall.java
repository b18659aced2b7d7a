package dev.zhixing.agent.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.zhixing.agent.Observation;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ToolCall;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that the agent made.
 *
 * @param observation what it brought back; null while a person has not agreed to it
 */
record MadeCall(ToolCall call, @Nullable Observation observation) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All calls of a run, in order. */
  static List<MadeCall> of(RunResult result) {
    return result.run().steps().stream()
        .flatMap(step -> step.observations().stream())
        .map(observation -> new MadeCall(observation.call(), observation))
        .toList();
  }

  boolean succeeded() {
    return observation instanceof Observation.Success;
  }

  boolean failed() {
    return observation instanceof Observation.Failure;
  }

  /** An argument; empty where there is none of that name, or the arguments are no JSON object. */
  Optional<JsonNode> argument(String name) {
    return Optional.ofNullable(arguments().get(name));
  }

  JsonNode arguments() {
    try {
      return JSON.readTree(call.arguments());
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** Whether two values are the same JSON; numbers count by value, so that 1 is 1.0. */
  static boolean same(JsonNode actual, @Nullable Object expected) {
    JsonNode wanted = JSON.valueToTree(expected);
    return wanted.equals(MadeCall::compare, actual);
  }

  private static int compare(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue());
    }
    return a.equals(b) ? 0 : 1;
  }

  @Override
  public String toString() {
    return call.name() + " " + call.arguments();
  }
}

package dev.zhixing.samples.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent did in a task.
 *
 * @param calls the calls that it made, in order
 * @param answer what the person read in the end; empty if nothing
 * @param ending name of the run's result, such as {@code OutOfBudget}
 * @param cost what it took
 * @param fault what kept the model from working, such as a server that does not answer; null if
 *     nothing did
 */
public record Outcome(
    List<MadeCall> calls, String answer, String ending, Cost cost, @Nullable String fault) {

  public Outcome {
    calls = List.copyOf(calls);
  }

  /** An outcome that cost nothing. */
  public Outcome(List<MadeCall> calls, String answer, String ending) {
    this(calls, answer, ending, Cost.NONE, null);
  }

  /**
   * What {@code result} says: every call of the model counts, also one that could not be run.
   *
   * @param millis how long it took
   */
  static Outcome of(RunResult result, long millis) {
    List<MadeCall> calls = new ArrayList<>();
    for (Step step : result.run().steps()) {
      step.reply()
          .ifPresent(
              reply -> {
                for (ToolCall call : ToolCall.of(reply, step.number())) {
                  calls.add(new MadeCall(call.name(), json(call.arguments())));
                }
              });
    }
    return new Outcome(
        calls,
        result.text(),
        result.getClass().getSimpleName(),
        Cost.of(result, millis),
        result instanceof RunResult.Failed failed && failed.cause() != null
            ? failed.reason()
            : null);
  }

  /** Arguments as JSON; what is not JSON stays as text. */
  static JsonNode json(String arguments) {
    try {
      return SuiteFile.JSON.readTree(arguments);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(arguments);
    }
  }
}

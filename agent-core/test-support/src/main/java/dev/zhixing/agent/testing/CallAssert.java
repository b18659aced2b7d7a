package dev.zhixing.agent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhixing.agent.Observation;
import dev.zhixing.agent.RunResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on calls of one tool. Each narrows down which calls are meant and fails when none is
 * left, so that {@code called("set_light").with("room", "kitchen").with("state", "on")} needs one
 * call that has both. All assertions on the run may follow.
 */
public final class CallAssert extends RunAssert {

  private final String described;
  private final List<MadeCall> calls;

  CallAssert(RunResult actual, String described, List<MadeCall> calls) {
    super(actual);
    this.described = described;
    this.calls = calls;
  }

  /**
   * An argument has this value: the same JSON, with numbers by value. The value may be a string, a
   * number, a boolean, null, or a list or map of such.
   */
  public CallAssert with(String argument, @Nullable Object value) {
    return narrowed(
        "with %s = %s".formatted(argument, value),
        call -> call.argument(argument).filter(found -> MadeCall.same(found, value)).isPresent());
  }

  /** An argument fulfils a condition. */
  public CallAssert with(String argument, String condition, Predicate<JsonNode> test) {
    return narrowed(
        "with %s %s".formatted(argument, condition),
        call -> call.argument(argument).filter(test).isPresent());
  }

  /** There is no argument of this name. */
  public CallAssert without(String argument) {
    return narrowed("without " + argument, call -> call.argument(argument).isEmpty());
  }

  /** The arguments are exactly these. */
  public CallAssert withArguments(Map<String, ?> arguments) {
    return narrowed(
        "with the arguments " + arguments, call -> MadeCall.same(call.arguments(), arguments));
  }

  /** The tool did its work. */
  public CallAssert thatSucceeded() {
    return narrowed("that succeeded", MadeCall::succeeded);
  }

  /** The tool failed, or the call was not run. */
  public CallAssert thatFailed() {
    return narrowed("that failed", MadeCall::failed);
  }

  /** What the model read of the call contains this text. */
  public CallAssert thatBrought(String text) {
    return narrowed(
        "that brought '" + text + "'",
        call ->
            Optional.ofNullable(call.observation())
                .map(Observation::text)
                .filter(result -> result.contains(text))
                .isPresent());
  }

  /** There are exactly so many such calls. */
  public CallAssert times(int count) {
    if (calls.size() != count) {
      throw wrong("Expected %d times a %s, found %s".formatted(count, described, listed(calls)));
    }
    return this;
  }

  private CallAssert narrowed(String how, Predicate<MadeCall> test) {
    List<MadeCall> left = calls.stream().filter(test).toList();
    if (left.isEmpty()) {
      throw wrong("Expected a %s %s, found %s".formatted(described, how, listed(calls)));
    }
    return new CallAssert(actual, described + " " + how, left);
  }
}

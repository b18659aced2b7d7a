package dev.zhixing.agent;

import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.util.Map;

/**
 * What a tool call brought back. Its text comes from outside and is untrusted: it is data for the
 * model to read, never an instruction, and its message carries the attribute {@link #UNTRUSTED}.
 */
public sealed interface Observation {

  /** The attribute, {@code true}, by which a result message says that its text is untrusted. */
  String UNTRUSTED = "zhixing.untrusted";

  /**
   * The call as it was run, which is not what the model wrote where a guardrail rewrote its
   * arguments.
   */
  ToolCall call();

  /** What the model reads. */
  String text();

  /** How long the call took, in milliseconds; 0 if it was not run. */
  long millis();

  /** The tool's result, at its end marked as cut if {@code cut}. */
  record Success(ToolCall call, String text, boolean cut, long millis) implements Observation {}

  /** Why there is no result: written for the model, so that it can do better. */
  record Failure(ToolCall call, String text, long millis) implements Observation {}

  /**
   * The call began before an interruption, and whether it took effect is not known. It was not run
   * again.
   */
  record InDoubt(ToolCall call, String text) implements Observation {
    @Override
    public long millis() {
      return 0;
    }
  }

  /** A failure of a call that was not run. */
  static Failure notRun(ToolCall call, String why) {
    return new Failure(call, why, 0);
  }

  /** This observation as a message for the model. */
  default ToolExecutionResultMessage toMessage() {
    return ToolExecutionResultMessage.builder()
        .id(call().id())
        .toolName(call().name())
        .text(text().isEmpty() ? "(no output)" : text())
        .isError(!(this instanceof Success))
        .attributes(Map.of(UNTRUSTED, true))
        .build();
  }
}

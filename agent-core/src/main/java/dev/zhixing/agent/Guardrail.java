package dev.zhixing.agent;

import dev.langchain4j.data.message.ChatMessage;
import java.util.List;

/**
 * Looks at what goes into a run, at each tool call, and at what comes out. An implementation
 * overrides what it cares about; it is called from the threads of many runs at once, so it holds no
 * state of a run. Several are asked in order: the first that does not allow or rewrite decides, and
 * each sees what those before it rewrote.
 */
public interface Guardrail {

  /** A short name for events. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** Judges {@code request}, made at the end of the conversation {@code history}. */
  default Verdict onInput(String request, List<ChatMessage> history) {
    return Verdict.ALLOW;
  }

  /**
   * Judges {@code call}, which the model wants in {@code run}, of a tool with {@code effect}. A
   * call of a READ tool is judged as soon as it is complete, perhaps before its reply is a step of
   * the run; one that is not allowed as it is then is judged again when its turn comes.
   */
  default Verdict onToolCall(ToolCall call, Effect effect, Run run) {
    return Verdict.ALLOW;
  }

  /**
   * Judges {@code answer}, with which {@code run} would end. What is rewritten or blocked here
   * still stands in the conversation as the model said it; only the person sees the difference.
   */
  default Verdict onOutput(String answer, Run run) {
    return Verdict.ALLOW;
  }
}

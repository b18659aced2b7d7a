package dev.zhixing.agent.observe;

import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.Run;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * Writes runs, questions to the model and tool calls as events of Java's Flight Recorder: {@code
 * dev.zhixing.Run}, {@code dev.zhixing.ModelCall}, {@code dev.zhixing.ToolCall}, {@code
 * dev.zhixing.Memory} and {@code dev.zhixing.Guardrail}. They carry names and numbers, never what
 * was said, and cost next to nothing while no recording runs. Safe for all threads.
 */
public final class FlightRecorderListener implements AgentListener {
  @Override
  public AgentListener of(Run run) {
    return new Recording(run.id());
  }

  @Override
  public void on(AgentEvent event) {
    throw new IllegalStateException("expected the listener of a run, see of(Run)");
  }

  @Name("dev.zhixing.Run")
  @Label("Agent run")
  @Category({"Zhixing", "Agent"})
  @StackTrace(false)
  static final class RunEvent extends Event {
    @Label("Run")
    String run = "";

    @Label("Result")
    String result = "";

    @Label("Steps")
    int steps;

    @Label("Input Tokens")
    int inputTokens;

    @Label("Output Tokens")
    int outputTokens;
  }

  @Name("dev.zhixing.ModelCall")
  @Label("Model call")
  @Category({"Zhixing", "Agent"})
  @StackTrace(false)
  static final class ModelCallEvent extends Event {
    @Label("Run")
    String run = "";

    @Label("Step")
    int step;

    @Label("Model")
    String model = "";

    @Label("Input Tokens")
    int inputTokens;

    @Label("Output Tokens")
    int outputTokens;

    @Label("Tool Calls")
    int toolCalls;

    @Label("Failed")
    boolean failed;
  }

  @Name("dev.zhixing.ToolCall")
  @Label("Tool call")
  @Category({"Zhixing", "Agent"})
  @StackTrace(false)
  static final class ToolCallEvent extends Event {
    @Label("Run")
    String run = "";

    @Label("Step")
    int step;

    @Label("Tool")
    String tool = "";

    @Label("Effect")
    String effect = "";

    @Label("Success")
    boolean success;

    @Label("Milliseconds")
    long millis;
  }

  @Name("dev.zhixing.Memory")
  @Label("Memory")
  @Category({"Zhixing", "Agent"})
  @StackTrace(false)
  static final class MemoryEvent extends Event {
    @Label("Run")
    String run = "";

    @Label("Use")
    String use = "";

    @Label("Success")
    boolean success;

    @Label("Milliseconds")
    long millis;
  }

  @Name("dev.zhixing.Guardrail")
  @Label("Guardrail")
  @Category({"Zhixing", "Agent"})
  @StackTrace(false)
  static final class GuardrailEvent extends Event {
    @Label("Run")
    String run = "";

    @Label("Guardrail")
    String guardrail = "";

    @Label("On")
    String on = "";

    @Label("Verdict")
    String verdict = "";
  }

  /** The events of one run. For the run's thread. */
  private static final class Recording implements AgentListener {
    private final String id;
    private final RunEvent whole = new RunEvent();
    private final Map<String, ToolCallEvent> calls = new HashMap<>();
    private ModelCallEvent chat = new ModelCallEvent();

    Recording(String id) {
      this.id = id;
    }

    @Override
    public void on(AgentEvent event) {
      switch (event) {
        case AgentEvent.Started _, AgentEvent.Resumed _ -> whole.begin();
        case AgentEvent.Asked asked -> ask(asked);
        case AgentEvent.Replied replied -> {
          chat.inputTokens = replied.usage().input();
          chat.outputTokens = replied.usage().output();
          chat.toolCalls = replied.calls().size();
          chat.commit();
        }
        case AgentEvent.ModelFailed _ -> {
          chat.failed = true;
          chat.commit();
        }
        case AgentEvent.CallStarted started -> call(started);
        case AgentEvent.Observed observed -> observe(observed);
        case AgentEvent.Judged judged -> judge(judged);
        case AgentEvent.MemoryUsed used -> remember(used);
        case AgentEvent.Ended ended -> end(ended);
        default -> {}
      }
    }

    private void ask(AgentEvent.Asked asked) {
      chat = new ModelCallEvent();
      chat.run = id;
      chat.step = asked.step();
      chat.model = asked.model();
      chat.begin();
    }

    private void call(AgentEvent.CallStarted started) {
      ToolCallEvent call = new ToolCallEvent();
      call.run = id;
      call.step = started.step();
      call.tool = started.call().name();
      call.effect = started.effect().name();
      call.begin();
      calls.put(started.call().id(), call);
    }

    private void observe(AgentEvent.Observed observed) {
      ToolCallEvent call = calls.remove(observed.call().id());
      if (call != null) {
        call.success = observed.success();
        call.millis = observed.millis();
        call.commit();
      }
    }

    private void judge(AgentEvent.Judged judged) {
      GuardrailEvent event = new GuardrailEvent();
      event.run = id;
      event.guardrail = judged.guardrail();
      event.on = judged.on();
      event.verdict = judged.verdict();
      event.commit();
    }

    private void remember(AgentEvent.MemoryUsed used) {
      MemoryEvent event = new MemoryEvent();
      event.run = id;
      event.use = used.use().name();
      event.success = used.success();
      event.millis = used.millis();
      event.commit();
    }

    private void end(AgentEvent.Ended ended) {
      whole.run = id;
      whole.result = ended.result();
      whole.steps = ended.steps();
      whole.inputTokens = ended.usage().input();
      whole.outputTokens = ended.usage().output();
      whole.commit();
    }
  }
}

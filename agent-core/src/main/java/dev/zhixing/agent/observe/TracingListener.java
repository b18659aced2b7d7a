package dev.zhixing.agent.observe;

import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.Run;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;

/**
 * Makes OpenTelemetry spans of runs, by the <a
 * href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-agent-spans/">semantic
 * conventions for generative AI</a>: {@code invoke_agent} for a run and below it {@code chat} for
 * each question to a model, {@code execute_tool} for each call, {@code search_memory} and {@code
 * upsert_memory} where the agent has one, and {@code guardrail} where one did not simply let pass.
 * Spans carry names, numbers of tokens and kinds of errors, never what was said. A run's span is a
 * child of the one that is current where the run begins.
 *
 * <p>Needs {@code opentelemetry-api} on the class path. Safe for all threads.
 */
public final class TracingListener implements AgentListener {
  private final Tracer tracer;
  private final String agent;

  /**
   * Traces with what {@code telemetry} is set up for.
   *
   * @param agent the agent's name in the spans
   */
  public TracingListener(OpenTelemetry telemetry, String agent) {
    this.tracer = telemetry.getTracer("dev.zhixing.agent");
    this.agent = agent;
  }

  @Override
  public AgentListener of(Run run) {
    return new RunSpans(tracer, agent, run.id());
  }

  @Override
  public void on(AgentEvent event) {
    throw new IllegalStateException("expected the listener of a run, see of(Run)");
  }
}

package dev.zhixing.agent.observe;

import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.Usage;
import dev.zhixing.agent.redaction.Redaction;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The spans of one run. For the run's thread. */
final class RunSpans implements AgentListener {
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> AGENT = AttributeKey.stringKey("gen_ai.agent.name");
  private static final AttributeKey<String> RUN = AttributeKey.stringKey("gen_ai.conversation.id");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
  private static final AttributeKey<Long> MAX_TOKENS =
      AttributeKey.longKey("gen_ai.request.max_tokens");
  private static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
  private static final AttributeKey<Long> OUTPUT =
      AttributeKey.longKey("gen_ai.usage.output_tokens");
  private static final AttributeKey<Long> CACHED =
      AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
  private static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
  private static final AttributeKey<String> TOOL_TYPE = AttributeKey.stringKey("gen_ai.tool.type");
  private static final AttributeKey<String> CALL = AttributeKey.stringKey("gen_ai.tool.call.id");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> EFFECT = AttributeKey.stringKey("zhixing.tool.effect");
  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("zhixing.run.result");
  private static final AttributeKey<String> RAIL = AttributeKey.stringKey("zhixing.guardrail.name");
  private static final AttributeKey<String> ON = AttributeKey.stringKey("zhixing.guardrail.on");
  private static final AttributeKey<String> VERDICT =
      AttributeKey.stringKey("zhixing.guardrail.verdict");

  private final Tracer tracer;
  private final String agent;
  private final String run;
  private final Context caller = Context.current();
  private final Map<String, Started> calls = new HashMap<>();
  private @Nullable Span whole;
  private @Nullable Span chat;

  private record Started(Span span, Instant at) {}

  RunSpans(Tracer tracer, String agent, String run) {
    this.tracer = tracer;
    this.agent = agent;
    this.run = run;
  }

  @Override
  public void on(AgentEvent event) {
    switch (event) {
      case AgentEvent.Started _ -> begin();
      case AgentEvent.Resumed _ -> {
        if (whole == null) {
          begin();
        }
      }
      case AgentEvent.Asked asked -> ask(asked);
      case AgentEvent.Replied replied -> reply(replied.usage());
      case AgentEvent.ModelFailed failed -> fail(failed);
      case AgentEvent.CallStarted started -> call(started);
      case AgentEvent.Observed observed -> observe(observed);
      case AgentEvent.Judged judged -> judge(judged);
      case AgentEvent.MemoryUsed used -> remember(used);
      case AgentEvent.Ended ended -> end(ended);
      default -> {}
    }
  }

  private void begin() {
    whole =
        tracer
            .spanBuilder("invoke_agent " + agent)
            .setParent(caller)
            .setAttribute(OPERATION, "invoke_agent")
            .setAttribute(AGENT, agent)
            .setAttribute(RUN, run)
            .startSpan();
  }

  private SpanBuilder child(String name, String operation) {
    SpanBuilder builder = tracer.spanBuilder(name).setAttribute(OPERATION, operation);
    return builder.setParent(whole == null ? caller : caller.with(whole));
  }

  private void ask(AgentEvent.Asked asked) {
    chat =
        child("chat " + asked.model(), "chat")
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(MODEL, asked.model())
            .setAttribute(MAX_TOKENS, asked.maxOutputTokens())
            .startSpan();
  }

  private void reply(Usage usage) {
    Span span = chat;
    if (span != null) {
      setUsage(span, usage);
      span.end();
      chat = null;
    }
  }

  private static void setUsage(Span span, Usage usage) {
    span.setAttribute(INPUT, (long) usage.input());
    span.setAttribute(OUTPUT, (long) usage.output());
    Integer cached = usage.cached();
    if (cached != null) {
      span.setAttribute(CACHED, (long) cached);
    }
  }

  private void fail(AgentEvent.ModelFailed failed) {
    Span span = chat;
    if (span != null) {
      String reason = Redaction.standard().text(failed.reason()); // an address may hold a key
      span.setAttribute(ERROR, "model_failed").setStatus(StatusCode.ERROR, reason).end();
      chat = null;
    }
  }

  private void call(AgentEvent.CallStarted started) {
    String name = started.call().name();
    Instant now = Instant.now();
    Span span =
        child("execute_tool " + name, "execute_tool")
            .setAttribute(TOOL, name)
            .setAttribute(TOOL_TYPE, "function")
            .setAttribute(CALL, started.call().id())
            .setAttribute(EFFECT, started.effect().name())
            .setStartTimestamp(now)
            .startSpan();
    calls.put(started.call().id(), new Started(span, now));
  }

  /** Calls of a step run side by side and are told of in order: the end is when each was over. */
  private void observe(AgentEvent.Observed observed) {
    Started started = calls.remove(observed.call().id());
    if (started == null) {
      return; // it was not run
    }
    if (!observed.success()) {
      started.span().setAttribute(ERROR, "tool_failed").setStatus(StatusCode.ERROR);
    }
    started.span().end(started.at().plus(Duration.ofMillis(observed.millis())));
  }

  private void judge(AgentEvent.Judged judged) {
    child("guardrail " + judged.guardrail(), "guardrail")
        .setAttribute(RAIL, judged.guardrail())
        .setAttribute(ON, judged.on())
        .setAttribute(VERDICT, judged.verdict())
        .startSpan()
        .end();
  }

  private void remember(AgentEvent.MemoryUsed used) {
    String operation =
        switch (used.use()) {
          case RECALL -> "search_memory";
          case RECORD -> "upsert_memory";
        };
    Instant now = Instant.now();
    Span span =
        child(operation, operation)
            .setStartTimestamp(now.minus(Duration.ofMillis(used.millis())))
            .startSpan();
    if (!used.success()) {
      span.setAttribute(ERROR, "memory_failed").setStatus(StatusCode.ERROR);
    }
    span.end(now);
  }

  private void end(AgentEvent.Ended ended) {
    if (chat != null) { // stopped while the model spoke
      chat.setAttribute(ERROR, ended.result()).end();
    }
    calls.values().forEach(started -> started.span().setAttribute(ERROR, ended.result()).end());
    Span span = whole;
    if (span == null) {
      return;
    }
    setUsage(span, ended.usage());
    span.setAttribute(RESULT, ended.result());
    if (ended.result().equals("Failed")) {
      span.setAttribute(ERROR, "run_failed").setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}

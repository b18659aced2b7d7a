package dev.zhixing.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Guardrail;
import dev.zhixing.agent.Memory;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.Verdict;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs seen from outside. */
class ObserveTest {
  /** Tools for these tests. */
  static final class Tools {
    @Tool
    String echo(String text) {
      if (text.equals("fail")) {
        throw new IllegalArgumentException("cannot");
      }
      return "secret " + text;
    }
  }

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .build();

  private static ScriptedModel model() {
    return new ScriptedModel()
        .calls("Go.", "echo", "{\"arg0\":\"a\"}", "echo", "{\"arg0\":\"fail\"}")
        .says("Done.");
  }

  private static Agent agent(AgentListener listener, ScriptedModel model) {
    return Agent.builder()
        .model(model)
        .planner(ObserveTest::inTurns)
        .tools(Toolbox.of(new Tools()))
        .guardrail(
            new Guardrail() {
              @Override
              public Verdict onToolCall(ToolCall call, Effect effect, Run run) {
                return new Verdict.Rewrite(call.arguments(), "seen");
              }
            })
        .listener(listener)
        .build();
  }

  private static Action inTurns(Run run) {
    if (run.steps().isEmpty() || run.steps().getLast().reply().isEmpty()) {
      return new Action.AskModel(run.messages(), run.tools());
    }
    var reply = run.steps().getLast().reply().get();
    return reply.hasToolExecutionRequests()
        ? new Action.CallTools(ToolCall.of(reply, run.steps().size()))
        : new Action.Finish(reply.text());
  }

  private List<SpanData> named(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().startsWith(name))
        .toList();
  }

  @Test
  void spansFollowTheConventionsForGenerativeAi() {
    Span outer = telemetry.getTracer("test").spanBuilder("request").startSpan();
    try (Scope _ = outer.makeCurrent()) {
      agent(new TracingListener(telemetry, "helper"), model()).run("Go");
    }
    outer.end();

    SpanData run = named("invoke_agent helper").getFirst();
    assertThat(run.getParentSpanId()).isEqualTo(outer.getSpanContext().getSpanId());
    assertThat(run.getAttributes().get(AttributeKey.longKey("gen_ai.usage.output_tokens")))
        .isEqualTo(10);
    assertThat(named("chat ScriptedModel")).hasSize(2);
    assertThat(named("chat").getFirst().getParentSpanId()).isEqualTo(run.getSpanId());
    assertThat(
            named("chat")
                .getFirst()
                .getAttributes()
                .get(AttributeKey.stringKey("gen_ai.operation.name")))
        .isEqualTo("chat");
    assertThat(named("execute_tool echo"))
        .extracting(span -> span.getStatus().getStatusCode())
        .containsExactly(StatusCode.UNSET, StatusCode.ERROR);
    assertThat(named("guardrail")).hasSize(2);
    assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain("secret");
  }

  /** A memory that cannot take note of anything. */
  private static final class FullMemory implements Memory {
    @Override
    public List<ChatMessage> recall(String request, List<ChatMessage> history) {
      return List.of(UserMessage.from("I like blue."));
    }

    @Override
    public void record(RunResult result) {
      throw new IllegalStateException("full");
    }
  }

  private static Agent remembering(AgentListener listener) {
    return Agent.builder()
        .model(new ScriptedModel().says("Blue."))
        .planner(ObserveTest::inTurns)
        .memory(new FullMemory())
        .listener(listener)
        .build();
  }

  @Test
  void memoryHasSpansOfItsOwn() {
    remembering(new TracingListener(telemetry, "helper")).run("Which colour?");

    SpanData search = named("search_memory").getFirst();
    SpanData upsert = named("upsert_memory").getFirst();
    assertThat(search.getParentSpanId()).isEqualTo(named("invoke_agent").getFirst().getSpanId());
    assertThat(search.getAttributes().get(AttributeKey.stringKey("gen_ai.operation.name")))
        .isEqualTo("search_memory");
    assertThat(search.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(upsert.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain("blue");
  }

  @Test
  void theFlightRecorderHasTheUsesOfMemory(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("memory.jfr");
    String run;
    try (Recording recording = new Recording()) {
      recording.start();
      run = remembering(new FlightRecorderListener()).run("Which colour?").run().id();
      recording.stop();
      recording.dump(file);
    }

    assertThat(
            RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("dev.zhixing.Memory"))
                .filter(event -> event.getString("run").equals(run))
                .map(event -> event.getString("use") + " " + event.getBoolean("success")))
        .containsExactlyInAnyOrder("RECALL true", "RECORD false");
  }

  @Test
  void aModelThatFailsEndsItsSpanWithAnError() {
    ScriptedModel model =
        new ScriptedModel()
            .does(
                _ -> {
                  throw new AuthenticationException("https://ann:hunter2@example.org says no");
                });

    agent(new TracingListener(telemetry, "helper"), model).run("Go");

    StatusData status = named("chat").getFirst().getStatus();
    assertThat(status.getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(status.getDescription()).contains("example.org says no").doesNotContain("hunter2");
    assertThat(named("invoke_agent").getFirst().getStatus().getStatusCode())
        .isEqualTo(StatusCode.ERROR);
  }

  @Test
  void runsOfOneListenerDoNotMix() throws Exception {
    TracingListener listener = new TracingListener(telemetry, "helper");
    List<Run> runs =
        List.of(
            agent(listener, model()).converse().start("Go", AgentListener.NONE),
            agent(listener, model()).converse().start("Go", AgentListener.NONE));
    runs.forEach(Run::await);

    for (SpanData run : named("invoke_agent")) {
      assertThat(named("chat"))
          .filteredOn(chat -> chat.getParentSpanId().equals(run.getSpanId()))
          .hasSize(2);
    }
    assertThat(named("invoke_agent")).hasSize(2);
  }

  @Test
  void theFlightRecorderHasRunsModelCallsAndToolCalls(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("runs.jfr");
    String run;
    try (Recording recording = new Recording()) {
      recording.start();
      run = agent(new FlightRecorderListener(), model()).run("Go").run().id();
      recording.stop();
      recording.dump(file);
    }

    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().startsWith("dev.zhixing."))
            .filter(event -> event.getString("run").equals(run))
            .toList();
    assertThat(events)
        .extracting(event -> event.getEventType().getName())
        .containsExactlyInAnyOrder(
            "dev.zhixing.Run",
            "dev.zhixing.ModelCall",
            "dev.zhixing.ModelCall",
            "dev.zhixing.ToolCall",
            "dev.zhixing.ToolCall",
            "dev.zhixing.Guardrail",
            "dev.zhixing.Guardrail");
  }
}

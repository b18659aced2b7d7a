package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static dev.zhixing.agent.Setup.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.agent.journal.Journals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of calls that began early where a run is taken up again. */
@Timeout(60)
class EarlyCallsResumedTest {
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<AgentEvent> events = new ArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final Toolbox tools =
      with(
              tool(
                  "read",
                  Effect.READ,
                  t -> {
                    log.add("read " + t);
                    if (failures.getAndDecrement() > 0) {
                      throw new IllegalStateException("not now");
                    }
                    return "<" + t + ">";
                  }),
              "wipe",
              Effect.DANGEROUS,
              t -> {
                log.add("wipe " + t);
                return "wiped " + t;
              })
          .build();

  @TempDir Path folder;

  private Journals journals() {
    return new Journals(folder);
  }

  private AgentBuilder agent(Speaker model) {
    return Agent.builder()
        .model(model)
        .planner(Setup.IN_TURNS)
        .tools(tools)
        .guardrail(new ApprovalRail())
        .retry(new Retry(3, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(40)))
        .journal(journals())
        .listener(events::add);
  }

  /** Name and text of each call. */
  private static ToolExecutionRequest[] requests(String... namesAndTexts) {
    ToolExecutionRequest[] calls = new ToolExecutionRequest[namesAndTexts.length / 2];
    for (int i = 0; i < calls.length; i++) {
      calls[i] =
          ToolExecutionRequest.builder()
              .id("c" + i)
              .name(namesAndTexts[2 * i])
              .arguments(text(namesAndTexts[2 * i + 1]))
              .build();
    }
    return calls;
  }

  private static void tell(StreamingChatResponseHandler to, ToolExecutionRequest... calls) {
    for (int i = 0; i < calls.length; i++) {
      to.onCompleteToolCall(new CompleteToolCall(i, calls[i]));
    }
  }

  private static Consumer<StreamingChatResponseHandler> calls(String... namesAndTexts) {
    return handler -> {
      ToolExecutionRequest[] calls = requests(namesAndTexts);
      tell(handler, calls);
      handler.onCompleteResponse(
          ScriptedModel.reply(AiMessage.from(List.of(calls)), FinishReason.STOP));
    };
  }

  private static Consumer<StreamingChatResponseHandler> breaksAfter(String... namesAndTexts) {
    return handler -> {
      tell(handler, requests(namesAndTexts));
      handler.onError(new RateLimitException("later"));
    };
  }

  private static List<String> observed(RunResult result) {
    return result.run().steps().stream()
        .flatMap(step -> step.observations().stream())
        .map(Observation::text)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsWhatWasReadWhileAPersonDecides(boolean here) {
    Speaker model = new Speaker().then(calls("read", "a", "wipe", "b")).says("Done.");
    Agent agent = agent(model).build();
    RunResult.NeedsApproval waiting = (RunResult.NeedsApproval) agent.run("go");
    assertThat(log).containsExactly("read a");

    Resumption resumption =
        here ? agent.resume(waiting) : agent(model).build().resume(waiting.run().id());
    RunResult result = resumption.with(waiting.approve()).run();

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Done."));
    assertThat(log).containsExactly("read a", "wipe b");
    assertThat(observed(result)).containsExactly("<a>", "wiped b");
    assertThat(result.run().left().toolCalls()).isEqualTo(Integer.MAX_VALUE - 2);
    assertThat(journals().run(result.run().id()).steps()).isEqualTo(result.run().steps());
    assertThat(journals().run(result.run().id()).events()).isEqualTo(events);
  }

  @Test
  void readsAgainWhatFailedBeforeAPersonDecided() {
    failures.set(1);
    Speaker model = new Speaker().then(calls("read", "a", "wipe", "b")).says("Done.");
    Agent agent = agent(model).build();
    RunResult.NeedsApproval waiting = (RunResult.NeedsApproval) agent.run("go");

    RunResult result =
        agent(model).build().resume(waiting.run().id()).with(waiting.approve()).run();

    assertThat(observed(result)).containsExactly("<a>", "wiped b");
    assertThat(log).containsExactly("read a", "read a", "wipe b");
    assertThat(result.run().left().toolCalls()).isEqualTo(Integer.MAX_VALUE - 3);
  }

  @Test
  void countsInAnotherProcessWhatLostRepliesBegan() {
    Speaker model =
        new Speaker()
            .then(breaksAfter("read", "a", "read", "b"))
            .then(breaksAfter("read", "b"))
            .then(calls("read", "b", "wipe", "c"))
            .then(calls("read", "d", "read", "e"))
            .says("Not reached.");
    Budget four = Budget.STANDARD.withToolCalls(4);
    RunResult.NeedsApproval waiting =
        (RunResult.NeedsApproval) agent(model).budget(four).build().run("go");
    String id = waiting.run().id();
    assertThat(waiting.run().state().wasted()).isEqualTo(1); // a
    assertThat(journals().run(id).state().wasted()).isEqualTo(1);

    RunResult result = agent(model).build().resume(id).with(waiting.approve()).run();

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.TOOL_CALLS, ""));
    assertThat(journals().run(id).state().wasted()).isEqualTo(result.run().state().wasted());
  }

  @Test
  void countsWhatTheSameProcessBeganBeforeAPersonDecided() {
    Speaker model =
        new Speaker().then(breaksAfter("read", "a")).then(calls("wipe", "c")).says("Done.");
    Agent agent = agent(model).build();
    RunResult.NeedsApproval waiting = (RunResult.NeedsApproval) agent.run("go");

    RunResult result = agent.resume(waiting).with(waiting.approve()).run();

    assertThat(result.run().left().toolCalls()).isEqualTo(Integer.MAX_VALUE - 2);
  }

  /** The first call is whole and began early; the second one is cut. */
  @Test
  void countsOnceWhatAReplyBeganThatWasThenCut() {
    Speaker model =
        new Speaker()
            .then(
                handler -> {
                  ToolExecutionRequest whole = requests("read", "a")[0];
                  ToolExecutionRequest cut =
                      ToolExecutionRequest.builder()
                          .id("c1")
                          .name("wipe")
                          .arguments("{\"text\":\"b")
                          .build();
                  tell(handler, whole);
                  handler.onCompleteResponse(
                      ScriptedModel.reply(
                          AiMessage.from("I look.", List.of(whole, cut)), FinishReason.LENGTH));
                });

    RunResult result = agent(model).build().run("go");

    Run run = result.run();
    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(run, Budget.Limit.REPLY_LENGTH, "I look."));
    assertThat(log).doesNotContain("wipe b");
    assertThat(run.left().toolCalls()).isEqualTo(Integer.MAX_VALUE - 1);
    assertThat(journals().run(run.id()).state().wasted()).isEqualTo(1);
    assertThat(events)
        .filteredOn(AgentEvent.Observed.class::isInstance)
        .singleElement()
        .satisfies(
            event -> assertThat(((AgentEvent.Observed) event).text()).contains("is not needed"));
    assertThat(journals().run(run.id()).events()).isEqualTo(events);
  }
}

package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static dev.zhixing.agent.Setup.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.agent.journal.Journals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that begin while the model still speaks. */
@Timeout(60)
class EarlyCallsTest {
  private static final Retry TWICE =
      new Retry(2, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(40));

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final List<AgentEvent> events = new ArrayList<>();
  private final CountDownLatch ran = new CountDownLatch(1);
  private final Toolbox tools =
      with(
              tool(
                  "read",
                  Effect.READ,
                  t -> {
                    log.add("read " + t);
                    ran.countDown();
                    return "<" + t + ">";
                  }),
              "write",
              Effect.WRITE,
              t -> {
                log.add("write " + t);
                return t;
              })
          .build();

  @TempDir Path folder;

  private static ChatResponse response(AiMessage message) {
    return ScriptedModel.reply(message, FinishReason.STOP);
  }

  private static ToolExecutionRequest call(String id, String name, String text) {
    return ToolExecutionRequest.builder().id(id).name(name).arguments(text(text)).build();
  }

  /** Tells of each call, does {@code between}, then completes the reply. */
  private static Consumer<StreamingChatResponseHandler> calling(
      Runnable between, ToolExecutionRequest... calls) {
    return handler -> {
      for (int i = 0; i < calls.length; i++) {
        handler.onCompleteToolCall(new CompleteToolCall(i, calls[i]));
      }
      between.run();
      handler.onCompleteResponse(response(AiMessage.from(List.of(calls))));
    };
  }

  private void untilItRan() {
    untilItRan(ran);
  }

  private static void untilItRan(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("expected the call to run while the model speaks");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private AgentBuilder agent(StreamingChatModel model) {
    return Agent.builder()
        .model(model)
        .planner(Setup.IN_TURNS)
        .tools(tools)
        .retry(TWICE)
        .listener(events::add);
  }

  /** A tool that ends only when it is interrupted. */
  private Toolbox waiting(CountDownLatch stopped) {
    return tool(
            "wait",
            Effect.READ,
            _ -> {
              ran.countDown();
              try {
                return Setup.forever();
              } finally {
                stopped.countDown();
              }
            })
        .build();
  }

  private static List<String> observed(RunResult result) {
    return result.run().steps().stream()
        .flatMap(step -> step.observations().stream())
        .map(o -> o.call().id() + " " + o.text())
        .toList();
  }

  private List<String> kinds() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  @Test
  void aReadingCallRunsWhileTheModelStillSpeaks() {
    Speaker model =
        new Speaker()
            .then(
                handler -> {
                  handler.onCompleteToolCall(new CompleteToolCall(0, call("1", "read", "a")));
                  untilItRan();
                  handler.onPartialResponse("And so on");
                  handler.onCompleteResponse(
                      response(AiMessage.from("And so on", List.of(call("1", "read", "a")))));
                })
            .says("Done.");

    RunResult result = agent(model).build().run("go");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Done."));
    assertThat(observed(result)).containsExactly("1 <a>");
    assertThat(log).containsExactly("read a");
    assertThat(kinds())
        .containsSubsequence("Asked", "CallStarted", "Said", "Replied", "Observed", "Asked")
        .containsOnlyOnce("CallStarted", "Observed");
  }

  @Test
  void observesInTheOrderOfTheCallsAlthoughOneRunsEarly() {
    Speaker model =
        new Speaker()
            .then(
                calling(
                    this::untilItRan,
                    call("1", "read", "a"),
                    call("2", "write", "b"),
                    call("3", "read", "c")))
            .says("Done.");

    RunResult result = agent(model).build().run("go");

    assertThat(observed(result)).containsExactly("1 <a>", "2 b", "3 <c>");
    assertThat(log).containsExactly("read a", "write b", "read c");
  }

  @Test
  void whatChangesSomethingWaitsForTheWholeReply() {
    Speaker model =
        new Speaker()
            .then(calling(() -> log.add("spoken"), call("1", "write", "a"), call("2", "read", "b")))
            .says("Done.");

    agent(model).build().run("go");

    assertThat(log).containsExactly("spoken", "write a", "read b");
  }

  @Test
  void whatAPersonMustAllowIsNotStarted() {
    Speaker model =
        new Speaker().then(calling(() -> {}, call("1", "read", "a"), call("2", "read", "b")));
    ApprovalRail rail =
        new ApprovalRail(
            (call, effect, _) ->
                call.id().equals("1") ? new Verdict.AskPerson("it is private") : Verdict.ALLOW);

    RunResult result = agent(model).guardrail(rail).build().run("go");

    assertThat(result).isInstanceOf(RunResult.NeedsApproval.class);
    assertThat(log).isEmpty();
    assertThat(kinds()).containsOnlyOnce("Judged").doesNotContain("CallStarted");
  }

  @Test
  void whatAGuardrailBlocksOrRewritesIsNotStarted() {
    Guardrail rail =
        new Guardrail() {
          @Override
          public Verdict onToolCall(ToolCall call, Effect effect, Run run) {
            return call.id().equals("1")
                ? new Verdict.Rewrite(text("other"), "test")
                : new Verdict.Block("no", "test");
          }
        };
    Speaker model =
        new Speaker()
            .then(calling(() -> log.add("spoken"), call("1", "read", "a"), call("2", "read", "b")))
            .says("Done.");

    RunResult result = agent(model).guardrail(rail).build().run("go");

    assertThat(log).containsExactly("spoken", "read other");
    assertThat(observed(result)).containsExactly("1 <other>", "2 no");
  }

  @Test
  void aCallIsJudgedOnceWhereItPasses() {
    Guardrail rail =
        new Guardrail() {
          @Override
          public Verdict onToolCall(ToolCall call, Effect effect, Run run) {
            log.add("judged " + call.id());
            return Verdict.ALLOW;
          }
        };
    Speaker model =
        new Speaker().then(calling(this::untilItRan, call("1", "read", "a"))).says("Done.");

    agent(model).guardrail(rail).build().run("go");

    assertThat(log).containsExactly("judged 1", "read a");
  }

  @Test
  void whatCannotRunIsToldInItsTurn() {
    ToolExecutionRequest bad =
        ToolExecutionRequest.builder().id("1").name("read").arguments("{}").build();
    ToolExecutionRequest unknown = call("2", "nonesuch", "a");
    Speaker model = new Speaker().then(calling(() -> {}, bad, unknown)).says("Done.");

    RunResult result = agent(model).build().run("go");

    assertThat(observed(result).getFirst()).contains("text");
    assertThat(observed(result).getLast()).contains("Unknown tool nonesuch");
    assertThat(kinds()).doesNotContain("CallStarted");
  }

  @Test
  void runsNoMoreCallsThanTheBudgetAllows() {
    Speaker model =
        new Speaker()
            .then(calling(this::untilItRan, call("1", "read", "a"), call("2", "read", "b")));

    RunResult result = agent(model).budget(Budget.STANDARD.withToolCalls(1)).build().run("go");

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.TOOL_CALLS, ""));
    assertThat(log).containsExactly("read a");
    assertThat(result.run().left().toolCalls()).isZero();
    assertThat(kinds()).containsSubsequence("CallStarted", "Observed", "Ended");
  }

  @Test
  void startsNothingForWhichNoStepIsLeft() {
    Speaker model = new Speaker().then(calling(() -> {}, call("1", "read", "a")));

    RunResult result = agent(model).budget(Budget.STANDARD.withSteps(1)).build().run("go");

    assertThat(result).isInstanceOf(RunResult.OutOfBudget.class);
    assertThat(log).isEmpty();
  }

  @Test
  void whatALostReplyBeganCountsWhereTheNextOneAsksForItAgain() {
    Speaker model =
        new Speaker()
            .then(
                handler -> {
                  handler.onCompleteToolCall(new CompleteToolCall(0, call("1", "read", "a")));
                  untilItRan();
                  handler.onError(new RateLimitException("later"));
                })
            .then(calling(() -> {}, call("7", "read", "a")))
            .says("Done.");
    Journals journals = new Journals(folder);

    RunResult result =
        agent(model).journal(journals).budget(Budget.STANDARD.withToolCalls(1)).build().run("go");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Done."));
    assertThat(log).containsExactly("read a");
    assertThat(observed(result)).containsExactly("7 <a>");
    assertThat(kinds())
        .containsSubsequence(
            "CallStarted",
            "ModelFailed",
            "Observed",
            "Asked",
            "CallStarted",
            "Replied",
            "Observed");
    assertThat(journals.run(result.run().id()).steps()).isEqualTo(result.run().steps());
    assertThat(journals.run(result.run().id()).events()).isEqualTo(events);
  }

  @Test
  void whatALostReplyBeganIsStoppedWhereNobodyAsksForItAgain() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Toolbox slow = waiting(stopped);
    Speaker model =
        new Speaker()
            .then(
                handler -> {
                  handler.onCompleteToolCall(new CompleteToolCall(0, call("1", "wait", "a")));
                  untilItRan();
                  handler.onError(new RateLimitException("later"));
                })
            .says("Done.");

    RunResult result = agent(model).tools(slow).build().run("go");

    assertThat(result.text()).isEqualTo("Done.");
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(result.run().left().toolCalls()).isEqualTo(Integer.MAX_VALUE - 1);
  }

  @Test
  void aCallUnderWayIsStoppedWithTheRun() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Toolbox slow = waiting(stopped);
    Speaker model =
        new Speaker()
            .then(
                handler -> {
                  handler.onCompleteToolCall(new CompleteToolCall(0, call("1", "wait", "a")));
                  Setup.forever();
                });
    Run run = agent(model).tools(slow).build().converse().start("go", AgentListener.NONE);
    untilItRan();

    run.cancel();

    assertThat(run.await()).isInstanceOf(RunResult.Cancelled.class);
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theIntentStandsInTheJournalBeforeTheCallRuns() {
    Journals journals = new Journals(folder);
    List<JournalEntry> before = new ArrayList<>();
    Toolbox looking =
        tool(
                "look",
                Effect.READ,
                t -> {
                  before.addAll(journals.read(journals.list().getFirst().id()));
                  ran.countDown();
                  return t;
                })
            .build();
    Speaker model =
        new Speaker().then(calling(this::untilItRan, call("1", "look", "a"))).says("Done.");

    agent(model).tools(looking).journal(journals).build().run("go");

    assertThat(before)
        .anyMatch(e -> e instanceof JournalEntry.Intended i && i.call().call().id().equals("1"))
        .noneMatch(JournalEntry.Told.class::isInstance);
  }

  @Test
  void aRunThatIsDoneAnewFromTheCallsDoesNotTellOfThemTwice() {
    Journals journals = new Journals(folder);
    Speaker model =
        new Speaker()
            .then(calling(this::untilItRan, call("1", "read", "a")))
            .says("Done.")
            .says("Done again.");
    Agent agent = agent(model).journal(journals).build();
    RunResult first = agent.run("go");
    events.clear();

    RunResult again = agent.replay(first.run().id(), 2).run();

    assertThat(again.text()).isEqualTo("Done again.");
    assertThat(log).containsExactly("read a", "read a");
    assertThat(kinds()).containsOnlyOnce("CallStarted", "Observed");
  }
}

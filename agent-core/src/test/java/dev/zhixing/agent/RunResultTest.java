package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.agent;
import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.agent.guardrail.ApprovalRail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every end of a run. */
class RunResultTest {
  private static final Toolbox ECHO = tool("echo", Effect.READ, t -> t).build();

  @Test
  void answersAfterThinkingActingAndObserving() {
    ScriptedModel model =
        new ScriptedModel().calls("Use echo.", "echo", text("hi")).says("It said hi.");

    RunResult result = agent(model, ECHO).build().run("Say hi");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "It said hi."));
    assertThat(result.run().steps()).extracting(Step::number).containsExactly(1, 2, 3);
    assertThat(result.run().steps().get(1).observations().getFirst().text()).isEqualTo("hi");
    assertThat(result.run().usage()).isEqualTo(new Usage(20, 10, 14, null, null));
  }

  @Test
  void isRefusedWhereAGuardrailBlocksTheRequest() {
    ScriptedModel model = new ScriptedModel();
    Guardrail no =
        new Guardrail() {
          @Override
          public Verdict onInput(String request, List<ChatMessage> history) {
            return new Verdict.Block("Sorry, no.", "test");
          }
        };

    RunResult result = agent(model, ECHO).guardrail(no).build().run("do harm");

    assertThat(result).isEqualTo(new RunResult.Refused(result.run(), "Sorry, no.", "test"));
    assertThat(model.requests()).isEmpty();
  }

  @Test
  void isRefusedWhereAGuardrailBlocksTheAnswer() {
    Guardrail no =
        new Guardrail() {
          @Override
          public Verdict onOutput(String answer, Run run) {
            return answer.contains("secret")
                ? new Verdict.Block("I keep that.", "a secret")
                : Verdict.ALLOW;
          }
        };

    RunResult result =
        agent(new ScriptedModel().says("the secret is 42"), ECHO)
            .guardrail(no)
            .build()
            .run("tell me");

    assertThat(result).isEqualTo(new RunResult.Refused(result.run(), "I keep that.", "a secret"));
  }

  @Test
  void needsApprovalWhereNobodyCanBeAskedAndRunsNothing() {
    AtomicInteger ran = new AtomicInteger();
    Toolbox tools =
        Setup.with(
                tool("look", Effect.READ, t -> t + ran.incrementAndGet()),
                "wipe",
                Effect.DANGEROUS,
                t -> t + ran.incrementAndGet())
            .build();
    ScriptedModel model = new ScriptedModel().calls("", "look", text("a"), "wipe", text("b"));

    RunResult result = agent(model, tools).guardrail(new ApprovalRail()).build().run("wipe b");

    assertThat(((RunResult.NeedsApproval) result).calls())
        .containsExactly(new ToolCall("c2", "wipe", text("b")));
    assertThat(ran).hasValue(0);
  }

  @Test
  void isOutOfStepsWithTheLastWordsAsPartialAnswer() {
    ScriptedModel model =
        new ScriptedModel().calls("First.", "echo", text("1")).calls("Second.", "echo", text("2"));

    RunResult result = agent(model, ECHO).budget(Budget.STANDARD.withSteps(3)).build().run("go");

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.STEPS, "Second."));
    assertThat(result.reason()).isEqualTo("the limit of 3 steps is reached");
  }

  @Test
  void isOutOfTokensAndHandsTheRestDownToTheModel() {
    ScriptedModel model =
        new ScriptedModel()
            .calls("First.", "echo", text("1"))
            .does(_ -> ScriptedModel.reply(AiMessage.from("It is on"), FinishReason.LENGTH));

    RunResult result =
        agent(model, ECHO).budget(Budget.STANDARD.withOutputTokens(10)).build().run("go");

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.OUTPUT_TOKENS, "It is on"));
    assertThat(model.requests()).extracting(r -> r.maxOutputTokens()).containsExactly(10, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"text\":\"kit", "{\"text\":\"kitchen\""})
  void isOutOfTokensWhereTheLastCallIsCutAndRunsNoneOfThem(String arguments) {
    AtomicInteger ran = new AtomicInteger();
    Toolbox tools = tool("push", Effect.WRITE, t -> t + ran.incrementAndGet()).build();
    AiMessage reply =
        AiMessage.from("I push it.", List.of(request("1", text("a")), request("2", arguments)));
    ScriptedModel model =
        new ScriptedModel().does(_ -> ScriptedModel.reply(reply, FinishReason.LENGTH));

    RunResult result = agent(model, tools).build().run("go");

    assertThat(result)
        .isEqualTo(
            new RunResult.OutOfBudget(result.run(), Budget.Limit.REPLY_LENGTH, "I push it."));
    assertThat(ran).hasValue(0);
  }

  @Test
  void runsTheWholeCallsOfAReplyThatReachedItsLimitBehindThem() {
    AtomicInteger ran = new AtomicInteger();
    Toolbox tools = tool("push", Effect.WRITE, t -> t + ran.incrementAndGet()).build();
    AiMessage reply = AiMessage.from("I push it.", List.of(request("1", text("a"))));
    ScriptedModel model =
        new ScriptedModel()
            .does(_ -> ScriptedModel.reply(reply, FinishReason.LENGTH))
            .says("Pushed.");

    assertThat(agent(model, tools).build().run("go").text()).isEqualTo("Pushed.");
    assertThat(ran).hasValue(1);
  }

  private static ToolExecutionRequest request(String id, String arguments) {
    return ToolExecutionRequest.builder().id(id).name("push").arguments(arguments).build();
  }

  @Test
  void isOutOfTimeThoughTheModelNeverReplies() {
    ScriptedModel model =
        new ScriptedModel()
            .does(_ -> ScriptedModel.reply(AiMessage.from(Setup.forever()), FinishReason.STOP));

    RunResult result =
        agent(model, ECHO)
            .budget(Budget.STANDARD.withTime(Duration.ofMillis(50)))
            .build()
            .run("go");

    assertThat(result).isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.TIME, ""));
  }

  @Test
  void isCancelledFromAnotherThreadWhileTheModelThinks() {
    CountDownLatch asked = new CountDownLatch(1);
    ScriptedModel model =
        new ScriptedModel()
            .does(
                _ -> {
                  asked.countDown();
                  return ScriptedModel.reply(AiMessage.from(Setup.forever()), FinishReason.STOP);
                });
    Run run = agent(model, ECHO).build().converse().start("go", AgentListener.NONE);
    Setup.waitFor(asked);

    run.cancel();

    assertThat(run.await()).isEqualTo(new RunResult.Cancelled(run, ""));
  }

  @Test
  void isCancelledByAnInterruptWhileAToolRunsAndKeepsTheInterrupt() {
    Thread caller = Thread.currentThread();
    Toolbox tools =
        tool(
                "hang",
                Effect.WRITE,
                _ -> {
                  caller.interrupt();
                  return Setup.forever();
                })
            .build();
    ScriptedModel model = new ScriptedModel().calls("Hang.", "hang", text("x"), "hang", text("y"));

    RunResult result = agent(model, tools).build().run("go");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result).isEqualTo(new RunResult.Cancelled(result.run(), "Hang."));
    assertThat(result.run().steps().getLast().observations())
        .extracting(Observation::text)
        .containsExactly(
            "hang was stopped: the run was cancelled.", "hang was not run: the run was cancelled.");
  }

  @Test
  void failsWithTheModelsOwnWordsWhereTheModelFails() {
    ScriptedModel model =
        new ScriptedModel()
            .does(
                _ -> {
                  throw new IllegalStateException("no such model");
                });

    RunResult result = agent(model, ECHO).build().run("go");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(result.reason()).isEqualTo("the model failed: no such model");
  }

  @Test
  void failsWhereTheModelSaysNothing() {
    RunResult result = agent(new ScriptedModel().says(" "), ECHO).build().run("go");

    assertThat(result.reason()).isEqualTo("the model gave neither an answer nor a tool call");
  }

  @Test
  void failsAtTheThirdIdenticalFailingCallThoughItIsWrittenDifferently() {
    ScriptedModel model =
        new ScriptedModel()
            .calls("", "ecko", "{\"text\":\"a\",\"n\":1}")
            .calls("", "ecko", "{\"text\":\"b\"}")
            .calls("", "ecko", "{ \"n\": 1, \"text\": \"a\" }")
            .calls("", "ecko", "{\"n\":1,\"text\":\"a\"}");

    RunResult result = agent(model, ECHO).build().run("go");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(result.reason())
        .isEqualTo(
            "the call ecko {\"n\":1,\"text\":\"a\"} failed 3 times: Unknown tool ecko, should be"
                + " one of: echo.");
    assertThat(result.run().steps()).hasSize(8);
  }

  @Test
  void failsRatherThanThrowsWhereThePlannerIsBroken() {
    Planner broken =
        _ -> {
          throw new IllegalStateException("no plan");
        };

    RunResult result = Agent.builder().model(new ScriptedModel()).planner(broken).build().run("go");

    assertThat(result.reason()).isEqualTo("the agent itself failed: no plan");
  }
}

package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.agent;
import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.agent.guardrail.ApprovalRail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ToolCallerTest {

  @Test
  void readsAtTheSameTimeAndObservesInTheOrderOfTheCalls() {
    CountDownLatch bothRun = new CountDownLatch(2);
    Toolbox tools =
        tool(
                "read",
                Effect.READ,
                t -> {
                  bothRun.countDown();
                  Setup.waitFor(bothRun); // ends only if the other call runs beside this one
                  return "<" + t + ">";
                })
            .build();

    List<Observation> seen = observations(tools, "read", text("a"), "read", text("b"));

    assertThat(seen).extracting(Observation::text).containsExactly("<a>", "<b>");
  }

  @Test
  void writesOneAfterTheOtherInTheOrderOfTheCalls() {
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    Toolbox tools =
        Setup.with(
                tool(
                    "write",
                    Effect.WRITE,
                    t -> {
                      log.add("begin " + t);
                      log.add("end " + t);
                      return t;
                    }),
                "read",
                Effect.READ,
                t -> {
                  log.add("read " + t);
                  return t;
                })
            .build();

    observations(tools, "write", text("a"), "read", text("b"), "write", text("c"));

    assertThat(log).containsExactly("begin a", "end a", "read b", "begin c", "end c");
  }

  @Test
  void keepsEqualCallsApartByTheirIds() {
    List<String> answers =
        Collections.synchronizedList(new ArrayList<>(List.of("first", "second")));
    Toolbox tools = tool("next", Effect.WRITE, _ -> answers.removeFirst()).build();

    List<Observation> seen = observations(tools, "next", text("x"), "next", text("x"));

    assertThat(seen)
        .extracting(o -> o.call().id() + " " + o.text())
        .containsExactly("c1 first", "c2 second");
  }

  @Test
  void marksResultsAsUntrustedAndFailuresAsErrors() {
    Toolbox tools = tool("echo", Effect.READ, t -> t).build();

    List<Observation> seen = observations(tools, "echo", text("x"), "echo", "{}");

    assertThat(seen.getFirst().toMessage().attributes()).containsEntry(Observation.UNTRUSTED, true);
    assertThat(seen).extracting(o -> o.toMessage().isError()).containsExactly(false, true);
  }

  @Test
  void runsWhatAPersonApprovesAndTellsTheModelWhatWasDenied() {
    Toolbox tools = tool("wipe", Effect.DANGEROUS, t -> "wiped " + t).build();
    ScriptedModel model =
        new ScriptedModel().calls("", "wipe", text("a"), "wipe", text("b")).says("ok");
    Approver person =
        (call, _) ->
            call.arguments().contains("a")
                ? new Approver.Decision.Approve()
                : new Approver.Decision.Deny("not b");

    RunResult result =
        agent(model, tools).guardrail(new ApprovalRail()).approver(person).build().run("wipe");

    assertThat(result.text()).isEqualTo("ok");
    assertThat(result.run().steps().get(1).observations())
        .extracting(Observation::text)
        .containsExactly("wiped a", "A person did not allow wipe, so it was not run: not b");
  }

  @Test
  void asksBeforeToolsThatAreNamedWhateverTheirEffect() {
    Toolbox tools = tool("request_refund", Effect.WRITE, t -> t).build();
    ScriptedModel model = new ScriptedModel().calls("", "request_refund", text("A1"));

    RunResult result =
        agent(model, tools).guardrail(new ApprovalRail("request_refund")).build().run("refund A1");

    assertThat(result).isInstanceOf(RunResult.NeedsApproval.class);
  }

  @Test
  void doesNotAskAboutACallThatCannotBeRun() {
    Toolbox tools = tool("wipe", Effect.DANGEROUS, t -> t).build();
    ScriptedModel model = new ScriptedModel().calls("", "wipe", "{}").says("I lack the text.");

    RunResult result = agent(model, tools).guardrail(new ApprovalRail()).build().run("wipe");

    assertThat(result.text()).isEqualTo("I lack the text.");
  }

  @Test
  void runsWhatAGuardrailRewroteAndNotWhatItBlocked() {
    Guardrail rail =
        new Guardrail() {
          @Override
          public Verdict onToolCall(ToolCall call, Effect effect, Run run) {
            return call.arguments().contains("bad")
                ? new Verdict.Block("bad texts are not echoed", "test")
                : new Verdict.Rewrite(text("rewritten"), "test");
          }
        };
    ScriptedModel model =
        new ScriptedModel().calls("", "echo", text("a"), "echo", text("bad")).says("ok");

    RunResult result =
        agent(model, tool("echo", Effect.READ, t -> t).build()).guardrail(rail).build().run("go");

    assertThat(result.run().steps().get(1).observations())
        .extracting(Observation::text)
        .containsExactly("rewritten", "bad texts are not echoed");
  }

  private static List<Observation> observations(Toolbox tools, String... calls) {
    ScriptedModel model = new ScriptedModel().calls("", calls).says("done");
    return agent(model, tools).build().run("go").run().steps().get(1).observations();
  }
}

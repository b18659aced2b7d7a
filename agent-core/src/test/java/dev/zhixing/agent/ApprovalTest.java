package dev.zhixing.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.agent.journal.Journals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalTest {
  private final List<String> wiped = new ArrayList<>();
  private final Toolbox tools =
      Setup.tool(
              "wipe",
              Effect.DANGEROUS,
              t -> {
                wiped.add(t);
                return "wiped " + t;
              })
          .build();

  @TempDir Path folder;

  @Test
  void runsExactlyTheApprovedCallsOnceInTheSameProcess() {
    Agent agent = agent(wipes("a", "b").says("Done.")).build();
    RunResult.NeedsApproval waiting = (RunResult.NeedsApproval) agent.run("wipe a and b");

    RunResult result = agent.resume(waiting).with(waiting.approve()).run();

    assertThat(result.text()).isEqualTo("Done.");
    assertThat(wiped).containsExactly("a", "b");
    assertThatIllegalStateException()
        .isThrownBy(() -> agent.resume(waiting).with(waiting.approve()).run())
        .withMessageContaining("taken up again already");
    assertThat(wiped).hasSize(2);
  }

  @Test
  void runsExactlyTheApprovedCallsOnceInAnotherProcess() {
    RunResult.NeedsApproval waiting =
        (RunResult.NeedsApproval)
            agent(wipes("a")).journal(new Journals(folder)).build().run("wipe a");
    Agent later = agent(new ScriptedModel().says("Done.")).journal(new Journals(folder)).build();
    String id = waiting.run().id();
    RecordedRun recorded = new Journals(folder).run(id);
    assertThat(recorded.waitingHash()).isEqualTo(waiting.hash());
    Resumption first = later.resume(id).with(waiting.approve());
    Resumption second = later.resume(id).with(waiting.approve());

    RunResult result = first.run();

    assertThat(result.text()).isEqualTo("Done.");
    assertThat(wiped).containsExactly("a");
    assertThatIllegalStateException().isThrownBy(second::run);
    assertThatIllegalStateException().isThrownBy(() -> later.resume(id));
    assertThatIllegalStateException()
        .isThrownBy(() -> later.resume(waiting).with(waiting.approve()).run());
    assertThat(wiped).hasSize(1);
    assertThat(result.run().steps()).isEqualTo(new Journals(folder).run(id).steps());
  }

  @Test
  void decidesAboutEachCall() {
    Agent agent = agent(wipes("a", "b").says("Done.")).build();
    RunResult.NeedsApproval waiting = (RunResult.NeedsApproval) agent.run("wipe a and b");

    RunResult result =
        agent
            .resume(waiting)
            .with(
                waiting.decide(
                    call ->
                        call.arguments().contains("a")
                            ? new Approver.Decision.Deny("not a")
                            : new Approver.Decision.Approve()))
            .run();

    assertThat(wiped).containsExactly("b");
    assertThat(result.run().steps().get(1).observations().getFirst().text())
        .isEqualTo("A person did not allow wipe, so it was not run: not a");
  }

  @Test
  void refusesTheApprovalOfOtherCalls() {
    Agent agent = agent(wipes("a")).build();
    RunResult.NeedsApproval waiting = (RunResult.NeedsApproval) agent.run("wipe a");
    RunResult.NeedsApproval other =
        new RunResult.NeedsApproval(
            waiting.run(), List.of(new ToolCall("c1", "wipe", Setup.text("b"))), "");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> agent.resume(waiting).with(other.approve()).run())
        .withMessageContaining("not those that were shown");
    assertThat(wiped).isEmpty();
    assertThat(agent.resume(waiting).with(waiting.deny("no")).run()).isNotNull();
  }

  @Test
  void asksAgainWhereAGuardrailChangesTheCallAfterItsApproval() {
    AtomicReference<String> rewritten = new AtomicReference<>(Setup.text("a"));
    Guardrail rail =
        new Guardrail() {
          @Override
          public Verdict onToolCall(ToolCall call, Effect effect, Run run) {
            return new Verdict.Rewrite(rewritten.get(), "test");
          }
        };
    Agent agent =
        Setup.agent(wipes("x"), tools).guardrail(rail).guardrail(new ApprovalRail()).build();
    RunResult.NeedsApproval waiting = (RunResult.NeedsApproval) agent.run("wipe");
    rewritten.set(Setup.text("everything"));

    RunResult result = agent.resume(waiting).with(waiting.approve()).run();

    assertThat(wiped).isEmpty();
    assertThat(((RunResult.NeedsApproval) result).calls())
        .extracting(ToolCall::arguments)
        .containsExactly(Setup.text("everything"));
  }

  @Test
  void hashesArgumentsWithoutRegardToTheirWriting() {
    ToolCall call = new ToolCall("1", "set", "{\"a\":1,\"b\":\"x\"}");

    assertThat(call.hash())
        .isEqualTo(call.withArguments("{ \"b\": \"x\", \"a\": 1 }").hash())
        .isNotEqualTo(call.withArguments("{\"a\":2,\"b\":\"x\"}").hash())
        .hasSize(64);
  }

  @Test
  void letsAPolicyDecideByEffectArgumentsAndRequester() {
    ApprovalRail rail =
        new ApprovalRail(
            (call, effect, requester) ->
                requester.equals("guest")
                    ? new Verdict.Block("guests may not", "policy")
                    : call.arguments().contains("a")
                        ? Verdict.ALLOW
                        : new Verdict.AskPerson(effect + " is asked about"));
    Agent agent =
        Setup.agent(wipes("a", "b").calls("", "wipe", Setup.text("c")).says("ok"), tools)
            .guardrail(rail)
            .build();

    RunResult owner = agent.converse().onBehalfOf("owner").run("wipe a and b");
    RunResult guest = agent.converse().onBehalfOf("guest").run("wipe c");

    assertThat(((RunResult.NeedsApproval) owner).calls())
        .extracting(ToolCall::id)
        .containsExactly("c2");
    assertThat(owner.reason()).isEqualTo("DANGEROUS is asked about");
    assertThat(guest.run().steps().get(1).observations().getFirst().text())
        .isEqualTo("guests may not");
    assertThat(wiped).isEmpty();
  }

  private AgentBuilder agent(ScriptedModel model) {
    return Setup.agent(model, tools).guardrail(new ApprovalRail());
  }

  private static ScriptedModel wipes(String... texts) {
    List<String> calls = new ArrayList<>();
    for (String text : texts) {
      calls.add("wipe");
      calls.add(Setup.text(text));
    }
    return new ScriptedModel().calls("", calls.toArray(String[]::new));
  }
}

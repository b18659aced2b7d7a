package dev.zhixing.planner.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.agent.Action;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.Budget;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Guardrail;
import dev.zhixing.agent.Observation;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.ToolboxBuilder;
import dev.zhixing.agent.Verdict;
import dev.zhixing.agent.journal.Journals;
import dev.zhixing.planner.dialogue.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DagPlannerTest {

  private static List<String> calls(RunResult result) {
    return result.run().steps().stream()
        .map(Step::action)
        .filter(Action.CallTools.class::isInstance)
        .flatMap(a -> ((Action.CallTools) a).calls().stream().map(ToolCall::toString))
        .toList();
  }

  /** Returns only when four calls are under way. */
  private static String meet(CyclicBarrier barrier, String of) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
      return of.length() + "";
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("expected four calls at once", e);
    }
  }

  /** A call to fast and slow each; the third needs only the fast one, the last all. */
  private static ScriptedModel fastAndSlow() {
    return new ScriptedModel()
        .says(
            """
            {"calls": [
             {"id": "b", "tool": "slow", "arguments": {"of": "1"}},
             {"id": "a", "tool": "fast", "arguments": {"of": "2"}},
             {"id": "c", "tool": "third", "arguments": {"of": "$a"}},
             {"id": "d", "tool": "last", "arguments": {"of": "$b$c"}}]}\
            """)
        .says("Done.");
  }

  /** The slow tool returns only when the gate is open; the third opens it. */
  private static Toolbox fastAndSlow(CountDownLatch gate, Effect third) {
    ToolboxBuilder tools = Toolbox.builder();
    Tools.add(tools, "fast", of -> "fast " + of);
    Tools.add(
        tools,
        "slow",
        of -> {
          try {
            return gate.await(20, TimeUnit.SECONDS) ? "slow " + of : "too slow";
          } catch (InterruptedException e) {
            return "interrupted";
          }
        });
    Tools.add(
        tools,
        "third",
        of -> {
          gate.countDown();
          return "third after " + of;
        },
        third);
    Tools.add(tools, "last", of -> "last after " + of);
    return tools.build();
  }

  private static List<String> observed(RunResult result) {
    return result.run().steps().stream()
        .flatMap(step -> step.observations().stream())
        .map(Observation::text)
        .toList();
  }

  @Test
  void doesNotWaitForSlowerCallsThatACallDoesNotNeed() {
    Toolbox tools = fastAndSlow(new CountDownLatch(1), Effect.READ);

    RunResult result =
        Agent.builder()
            .model(fastAndSlow())
            .planner(new DagPlanner())
            .tools(tools)
            .build()
            .run("Go.");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Done."));
    assertThat(observed(result))
        .containsExactly(
            "slow 1", "fast 2", "third after fast 2", "last after slow 1third after fast 2");
    assertThat(result.run().steps()).hasSize(3);
  }

  @Test
  void whatChangesSomethingStillWaitsUntilNothingElseRuns() {
    CountDownLatch gate = new CountDownLatch(0);

    RunResult result =
        Agent.builder()
            .model(fastAndSlow())
            .planner(new DagPlanner())
            .tools(fastAndSlow(gate, Effect.WRITE))
            .build()
            .run("Go.");

    assertThat(result.text()).isEqualTo("Done.");
    assertThat(result.run().steps()).hasSize(5); // plan, two at once, third, last, answer
    assertThat(observed(result)).last().isEqualTo("last after slow 1third after fast 2");
  }

  @Test
  void keepsToTheBudgetOfCallsWithinAStep() {
    RunResult result =
        Agent.builder()
            .model(fastAndSlow())
            .planner(new DagPlanner())
            .tools(fastAndSlow(new CountDownLatch(1), Effect.READ))
            .budget(Budget.STANDARD.withToolCalls(3))
            .build()
            .run("Go.");

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.TOOL_CALLS, ""));
    assertThat(observed(result)).hasSize(3);
  }

  @Test
  void whatAPersonMustAllowWaitsForItsOwnStep() {
    Guardrail rail =
        new Guardrail() {
          @Override
          public Verdict onToolCall(ToolCall call, Effect effect, Run run) {
            return call.name().equals("third") ? new Verdict.AskPerson("test") : Verdict.ALLOW;
          }
        };

    RunResult result =
        Agent.builder()
            .model(fastAndSlow())
            .planner(new DagPlanner())
            .tools(fastAndSlow(new CountDownLatch(0), Effect.READ))
            .guardrail(rail)
            .build()
            .run("Go.");

    assertThat(((RunResult.NeedsApproval) result).calls())
        .extracting(ToolCall::name)
        .containsExactly("third");
    assertThat(observed(result)).containsExactly("slow 1", "fast 2");
  }

  @Test
  void aStepThatOthersJoinIsTakenUpAgainAfterAnyOfItsEntries(@TempDir Path folder)
      throws IOException {
    Journals whole = new Journals(folder.resolve("whole"));
    RunResult result = recorded(fastAndSlow(), whole).run("Go.");
    String run = result.run().id();
    List<String> lines = Files.readAllLines(folder.resolve("whole").resolve(run + ".jsonl"));
    assertThat(whole.run(run).steps()).isEqualTo(result.run().steps());

    for (int killedAfter = 3; killedAfter < lines.size(); killedAfter++) {
      Path other = Files.createDirectories(folder.resolve("killed-" + killedAfter));
      Files.write(other.resolve(run + ".jsonl"), lines.subList(0, killedAfter));
      Journals killed = new Journals(other);
      int steps = killed.run(run).steps().size();
      ScriptedModel rest = steps == 0 ? fastAndSlow() : new ScriptedModel().says("Done.");

      RunResult resumed = recorded(rest, killed).resume(run).run();

      assertThat(resumed.text()).isEqualTo("Done.");
      assertThat(observed(resumed)).containsExactlyInAnyOrderElementsOf(observed(result));
      assertThat(killed.run(run).steps()).isEqualTo(resumed.run().steps());
    }
  }

  /** Its slow tool does not wait where the step goes on without growing. */
  private static Agent recorded(ScriptedModel model, Journals journals) {
    return Agent.builder()
        .model(model)
        .planner(new DagPlanner())
        .tools(fastAndSlow(new CountDownLatch(0), Effect.READ))
        .journal(journals)
        .build();
  }

  @Test
  void runsFourIndependentCallsAtOnceAndThenTheOneThatNeedsThem() {
    CyclicBarrier barrier = new CyclicBarrier(4);
    Toolbox tools =
        Tools.add(
                Tools.add(Toolbox.builder(), "length", of -> meet(barrier, of)),
                "sum",
                of -> "sum of " + of)
            .build();
    ScriptedModel model =
        new ScriptedModel()
            .says(
                """
                {"calls": [
                 {"id": 5, "tool": "sum", "arguments": {"of": "$1, $2, ${3} and $4"}},
                 {"id": 1, "tool": "length", "arguments": {"of": "a"}},
                 {"id": 2, "tool": "length", "arguments": {"of": "bb"}},
                 {"id": 3, "tool": "length", "arguments": {"of": "ccc"}},
                 {"id": 4, "tool": "length", "arguments": {"of": "dddd"}}]}\
                """)
            .says("Ten.");

    RunResult result =
        Agent.builder().model(model).planner(new DagPlanner()).tools(tools).build().run("Add up.");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Ten."));
    assertThat(calls(result)).hasSize(5).last().isEqualTo("sum {\"of\":\"1, 2, 3 and 4\"}");
    assertThat(Tools.question(model.requests().getLast())).contains("→ sum of 1, 2, 3 and 4");
    assertThat(model.requests()).hasSize(2);
  }

  @Test
  void startsACallWhenItsReferencesAreResolved() {
    Toolbox tools = Tools.add(Toolbox.builder(), "next", of -> of + "+").build();
    ScriptedModel model =
        new ScriptedModel()
            .says(
                """
                {"calls": [
                 {"id": "c", "tool": "next", "arguments": {"of": "$b"}},
                 {"id": "b", "tool": "next", "arguments": {"of": "$a"}},
                 {"id": "d", "tool": "next", "arguments": {"of": "costs $5"}},
                 {"id": "a", "tool": "next", "arguments": {"of": "1"}}]}\
                """)
            .says("1+++");

    RunResult result =
        Agent.builder().model(model).planner(new DagPlanner()).tools(tools).build().run("Go.");

    assertThat(calls(result))
        .containsExactly(
            "next {\"of\":\"costs $5\"}",
            "next {\"of\":\"1\"}",
            "next {\"of\":\"1+\"}",
            "next {\"of\":\"1++\"}");
  }

  @Test
  void plansAnewWhereACallFailsAndDoesNotRunWhatDependsOnIt() {
    Toolbox tools =
        Tools.add(
                Toolbox.builder(),
                "capital",
                of -> {
                  if (of.equals("Oz")) {
                    throw new IllegalArgumentException("no such country");
                  }
                  return "Oslo";
                })
            .build();
    ScriptedModel model =
        new ScriptedModel()
            .says(
                """
                {"calls": [
                 {"id": 1, "tool": "capital", "arguments": {"of": "Oz"}},
                 {"id": 2, "tool": "capital", "arguments": {"of": "$1"}}]}\
                """)
            .says(
                "{\"calls\": [{\"id\":1,\"tool\":\"capital\",\"arguments\":{\"of\":\"Norway\"}}]}")
            .says("Oslo.");

    RunResult result =
        Agent.builder().model(model).planner(new DagPlanner()).tools(tools).build().run("Where?");

    assertThat(result.text()).isEqualTo("Oslo.");
    assertThat(calls(result))
        .containsExactly("capital {\"of\":\"Oz\"}", "capital {\"of\":\"Norway\"}");
    assertThat(Tools.question(model.requests().get(1))).contains("✗", "no such country");
  }

  @Test
  void saysWhatIsWrongWithAPlanAndAnswersWithoutOneInTheEnd() {
    String circle =
        """
        {"calls": [{"id": 1, "tool": "t", "arguments": {"of": "$2"}},
         {"id": 2, "tool": "t", "arguments": {"of": "$1"}}]}\
        """;
    ScriptedModel model =
        new ScriptedModel().says("I think.").says(circle).says(circle).says("I don't know.");

    RunResult result = Agent.builder().model(model).planner(new DagPlanner()).build().run("Where?");

    assertThat(result.text()).isEqualTo("I don't know.");
    assertThat(Tools.question(model.requests().get(1)))
        .contains("expected a JSON object with an array \"calls\"");
    assertThat(Tools.question(model.requests().get(2)))
        .contains("these wait for each other: [1, 2]");
  }

  @Test
  void refusesCallsThatCannotBeToldApart() {
    assertThatThrownBy(
            () ->
                CallGraph.parse(
                    "{\"calls\":[{\"id\":1,\"tool\":\"t\",\"arguments\":{}},{\"id\":1,\"tool\":\"t\",\"arguments\":{}}]}"))
        .hasMessageContaining("a different \"id\" for each call");
  }
}

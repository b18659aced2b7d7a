package dev.zhixing.planner.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.agent.Action;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.planner.dialogue.Tools;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DagPlannerTest {

  private static List<List<String>> rounds(RunResult result) {
    return result.run().steps().stream()
        .map(Step::action)
        .filter(Action.CallTools.class::isInstance)
        .map(a -> ((Action.CallTools) a).calls().stream().map(ToolCall::toString).toList())
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
    assertThat(rounds(result).getFirst()).hasSize(4);
    assertThat(rounds(result).getLast()).containsExactly("sum {\"of\":\"1, 2, 3 and 4\"}");
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

    assertThat(rounds(result))
        .containsExactly(
            List.of("next {\"of\":\"costs $5\"}", "next {\"of\":\"1\"}"),
            List.of("next {\"of\":\"1+\"}"),
            List.of("next {\"of\":\"1++\"}"));
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
    assertThat(rounds(result))
        .containsExactly(
            List.of("capital {\"of\":\"Oz\"}"), List.of("capital {\"of\":\"Norway\"}"));
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

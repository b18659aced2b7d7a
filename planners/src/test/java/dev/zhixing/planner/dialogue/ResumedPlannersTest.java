package dev.zhixing.planner.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.agent.Action;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.ReplyForm;
import dev.zhixing.agent.Resumption;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.journal.CutRun;
import dev.zhixing.planner.dag.DagPlanner;
import dev.zhixing.planner.plan.PlanAndExecutePlanner;
import dev.zhixing.planner.reflexion.ReflexionPlanner;
import dev.zhixing.planner.supervisor.Specialist;
import dev.zhixing.planner.supervisor.SupervisorPlanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of every planner that are taken up again wherever their process died. */
class ResumedPlannersTest {
  @TempDir Path folder;

  private RunResult check(Planner planner, Supplier<ScriptedModel> script) throws IOException {
    return new CutRun(folder, script, model -> Agent.builder().model(model).planner(planner))
        .check(agent -> agent.run("Write a and b."), Resumption::run);
  }

  private static List<ReplyForm> forms(RunResult result) {
    return result.run().steps().stream()
        .flatMap(
            step ->
                step.action() instanceof Action.AskModel ask
                    ? List.of(ask.form()).stream()
                    : List.<ReplyForm>of().stream())
        .toList();
  }

  @Test
  void planAndExecuteGoesOnWithItsPlan() throws IOException {
    RunResult result =
        check(
            new PlanAndExecutePlanner(),
            () ->
                new ScriptedModel()
                    .says("no plan")
                    .says("{\"tasks\": [\"write a\", \"fly\"]}")
                    .calls("", "look", Setup.text("a"), "write", Setup.text("a"))
                    .says("a is written.")
                    .says("FAILED: I have no wings.")
                    .says("{\"tasks\": [\"write b\"]}")
                    .calls("", "write", Setup.text("b"))
                    .says("b is written.")
                    .says("Both are written."));

    assertThat(result.text()).isEqualTo("Both are written.");
    assertThat(forms(result)).hasAtLeastOneElementOfType(ReplyForm.Json.class);
  }

  @Test
  void dagGoesOnWithItsGraph() throws IOException {
    RunResult result =
        check(
            new DagPlanner(),
            () ->
                new ScriptedModel()
                    .says(
                        """
                        {"calls": [
                         {"id": "1", "tool": "look", "arguments": {"text": "x"}},
                         {"id": "2", "tool": "look", "arguments": {"text": "$1"}},
                         {"id": "3", "tool": "write", "arguments": {"text": "a after $2"}},
                         {"id": "4", "tool": "fly", "arguments": {"text": "$3"}}]}\
                        """)
                    .says(
                        """
                        {"calls": [{"id": "1", "tool": "write", "arguments": {"text": "b"}}]}\
                        """)
                    .says("Both are written."));

    assertThat(result.text()).isEqualTo("Both are written.");
  }

  @Test
  void reflexionGoesOnWithItsAdvice() throws IOException {
    RunResult result =
        check(
            new ReflexionPlanner(3),
            () ->
                new ScriptedModel()
                    .calls("", "write", Setup.text("a"))
                    .says("a is written.")
                    .says("{\"verdict\": \"revise\", \"advice\": \"Write b too.\"}")
                    .calls("", "write", Setup.text("b"))
                    .says("Both are written.")
                    .says("{\"verdict\": \"accept\", \"advice\": \"\"}"));

    assertThat(result.text()).isEqualTo("Both are written.");
    assertThat(forms(result)).hasAtLeastOneElementOfType(ReplyForm.Json.class);
  }

  @Test
  void supervisorGoesOnWithItsHandOffs() throws IOException {
    List<Specialist> team =
        List.of(
            new Specialist("first", "writes a", "", Set.of("write")),
            new Specialist("second", "writes b", "", Set.of("look", "write")));

    RunResult result =
        check(
            new SupervisorPlanner(team),
            () ->
                new ScriptedModel()
                    .says("{\"probabilities\": [0.8, 0.1, 0.1]}")
                    .calls("", "write", Setup.text("a"))
                    .calls("", "hand_off", "{\"agent\":\"second\",\"task\":\"write b\"}")
                    .calls("", "look", Setup.text("b"), "write", Setup.text("b"))
                    .says("b is written.")
                    .says("first")
                    .says("a is written.")
                    .says("done")
                    .says("Both are written."));

    assertThat(result.text()).isEqualTo("Both are written.");
    assertThat(forms(result)).hasAtLeastOneElementOfType(ReplyForm.OneOf.class);
  }
}

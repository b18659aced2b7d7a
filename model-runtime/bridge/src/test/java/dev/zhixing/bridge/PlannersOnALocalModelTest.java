package dev.zhixing.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.Budget;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.chat.LocalChatModel;
import dev.zhixing.engine.Model;
import dev.zhixing.planner.dag.DagPlanner;
import dev.zhixing.planner.plan.PlanAndExecutePlanner;
import dev.zhixing.planner.react.ReActPlanner;
import dev.zhixing.planner.react.TextReActPlanner;
import dev.zhixing.planner.reflexion.ReflexionPlanner;
import dev.zhixing.planner.supervisor.Specialist;
import dev.zhixing.planner.supervisor.SupervisorPlanner;
import dev.zhixing.planner.tree.TreeSearchPlanner;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a model writes, a planner goes on or ends within the run's budget. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlannersOnALocalModelTest {
  private static final Toolbox TOOLS =
      Toolbox.builder()
          .add(
              ToolSpecification.builder()
                  .name("light")
                  .parameters(
                      JsonObjectSchema.builder()
                          .addEnumProperty("room", List.of("hall", "attic"))
                          .required("room")
                          .build())
                  .build(),
              (_, _) -> "on",
              Effect.READ)
          .build();

  private Model model;

  @BeforeAll
  void load(@TempDir Path folder) {
    model = Model.load(RandomModel.write(folder), 2);
  }

  @AfterAll
  void unload() {
    model.close();
  }

  static Stream<Planner> planners() {
    return Stream.of(
        new ReActPlanner(),
        new TextReActPlanner(),
        new PlanAndExecutePlanner(),
        new DagPlanner(),
        new ReflexionPlanner(),
        TreeSearchPlanner.judgedByModel(new TreeSearchPlanner.Limits(3, 3, 4)),
        new SupervisorPlanner(
            List.of(
                new Specialist("home", "lights", "", Set.of("light")),
                new Specialist("talk", "small talk", "", Set.of()))));
  }

  @ParameterizedTest
  @MethodSource("planners")
  void endsWithinItsBudgetWhateverTheModelWrites(Planner planner) {
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      for (String request : List.of("Turn on the light in the hall.", "打开门厅的灯。")) {
        RunResult result =
            Agent.builder()
                .model(chat)
                .branching(new LocalBranchingModel(chat))
                .options(new LocalOptionScorer(chat))
                .planner(planner)
                .tools(TOOLS)
                .budget(Budget.STANDARD.withSteps(12).withOutputTokens(500))
                .build()
                .run(request);

        assertThat(result.reason()).doesNotContain("the agent itself failed", "the model failed");
        assertThat(result.run().usage().output()).isLessThanOrEqualTo(500);
        assertThat(result.run().overshoots()).isEmpty();
        assertThat(result.run().steps()).isNotEmpty();
      }
    }
  }
}

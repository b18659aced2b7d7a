package dev.zhixing.planner.react;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.Toolbox;
import org.junit.jupiter.api.Test;

class ReActPlannerTest {
  private static final Toolbox CLOCK =
      Toolbox.builder()
          .add(ToolSpecification.builder().name("clock").build(), (_, _) -> "noon", Effect.READ)
          .build();

  @Test
  void thinksActsAndObservesInTurnsUntilThereIsNoCall() {
    ScriptedModel model =
        new ScriptedModel()
            .calls("Look.", "clock", "{}")
            .calls("Again.", "clock", "{}")
            .says("It is noon.");
    Agent agent = Agent.builder().model(model).planner(new ReActPlanner()).tools(CLOCK).build();

    RunResult result = agent.run("What time is it?");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "It is noon."));
    assertThat(result.run().steps())
        .extracting(Step::action)
        .hasExactlyElementsOfTypes(
            Action.AskModel.class,
            Action.CallTools.class,
            Action.AskModel.class,
            Action.CallTools.class,
            Action.AskModel.class);
    assertThat(model.requests()).allMatch(request -> request.toolSpecifications().size() == 1);
  }
}

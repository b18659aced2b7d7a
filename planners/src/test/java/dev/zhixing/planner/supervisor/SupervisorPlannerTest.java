package dev.zhixing.planner.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.planner.dialogue.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SupervisorPlannerTest {
  private static final Toolbox TOOLS =
      Tools.add(Tools.add(Toolbox.builder(), "price", of -> "3 euros"), "stock", of -> "7 boxes")
          .build();
  private static final List<Specialist> TEAM =
      List.of(
          new Specialist("seller", "knows prices", "Be brief.", Set.of("price")),
          new Specialist("keeper", "knows the stock", "", Set.of("stock")));

  @Test
  void handsOverToTheAgentWhoCanAndStreamsWhatItSays() {
    ScriptedModel model =
        new ScriptedModel()
            .says("{\"probabilities\": [0.1, 0.8, 0.1]}")
            .calls("", "price", "{\"of\":\"tea\"}")
            .says("Tea is 3 euros.")
            .says("done");
    List<String> said = new ArrayList<>();

    RunResult result =
        Agent.builder()
            .model(model.streaming())
            .planner(new SupervisorPlanner(TEAM))
            .tools(TOOLS)
            .listener(
                event -> {
                  if (event instanceof AgentEvent.Said(int _, String text)) {
                    said.add(text);
                  }
                })
            .build()
            .run("What is tea?");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Tea is 3 euros."));
    assertThat(said).hasSizeGreaterThan(3);
    assertThat(String.join("", said)).isEqualTo("Tea is 3 euros.");
    assertThat(model.requests().get(1).toolSpecifications())
        .extracting(ToolSpecification::name)
        .containsExactly("price", "hand_off");
  }

  @Test
  void letsAnAgentPassOnToAnotherAndAnswersFromBothReports() {
    ScriptedModel model =
        new ScriptedModel()
            .says("seller")
            .says("Tea is 3 euros.")
            .says("keeper")
            .calls("", "hand_off", "{\"agent\":\"seller\",\"task\":\"price of a box\"}")
            .calls("", "price", "{\"of\":\"box\"}")
            .says("A box is 3 euros.")
            .says("done")
            .says("Tea and a box are 3 euros each.");

    RunResult result =
        Agent.builder()
            .model(model)
            .planner(new SupervisorPlanner(TEAM))
            .tools(TOOLS)
            .build()
            .run("What is tea, and a box?");

    assertThat(result.text()).isEqualTo("Tea and a box are 3 euros each.");
    assertThat(Tools.questions(model.requests()))
        .anyMatch(q -> q.contains("You are keeper"))
        .anyMatch(q -> q.contains("You are seller") && q.contains("Your task: price of a box"));
    assertThat(Tools.question(model.requests().getLast()))
        .contains("- seller: Tea is 3 euros.", "- seller: A box is 3 euros.");
  }

  @Test
  void handsOverNoMoreThanItsBoundAllows() {
    ScriptedModel model =
        new ScriptedModel().says("seller").says("Tea is 3 euros.").says("Answered.");

    RunResult result =
        Agent.builder()
            .model(model)
            .planner(new SupervisorPlanner(TEAM, 1))
            .tools(TOOLS)
            .build()
            .run("What is tea?");

    assertThat(result.text()).isEqualTo("Tea is 3 euros.");
    assertThat(model.requests()).hasSize(2);
    assertThat(model.requests().getLast().toolSpecifications())
        .extracting(ToolSpecification::name)
        .containsExactly("price");
  }
}

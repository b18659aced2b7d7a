package dev.zhixing.planner.reflexion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.agent.Agent;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.planner.dialogue.Tools;
import org.junit.jupiter.api.Test;

class ReflexionPlannerTest {
  private static final Toolbox TOOLS =
      Tools.add(Toolbox.builder(), "price", of -> "3 euros").build();

  private static RunResult run(ScriptedModel model, int rounds) {
    return Agent.builder()
        .model(model)
        .planner(new ReflexionPlanner(rounds))
        .tools(TOOLS)
        .build()
        .run("What is tea?");
  }

  @Test
  void answersBetterOnceTheCriticHasSaidWhatIsWrong() {
    ScriptedModel model =
        new ScriptedModel()
            .says("Tea is expensive.")
            .says("{\"verdict\": \"revise\", \"advice\": \"Name the price; use the tool.\"}")
            .does(
                request -> {
                  assertThat(Tools.question(request))
                      .contains("Tea is expensive.", "Name the price; use the tool.");
                  return new ScriptedModel()
                      .calls("Right.", "price", "{\"of\":\"tea\"}")
                      .doChat(request);
                })
            .says("Tea is 3 euros.")
            .says("```json\n{\"verdict\": \"accept\", \"advice\": \"\"}\n```");

    RunResult result = run(model, 3);

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Tea is 3 euros."));
    assertThat(Tools.question(model.requests().getLast()))
        .contains("price {\"of\":\"tea\"} → 3 euros", "Answer: Tea is 3 euros.");
  }

  @Test
  void endsWithTheLastAttemptThatTheBoundAllows() {
    ScriptedModel model =
        new ScriptedModel()
            .says("One.")
            .says("revise: wrong")
            .says("Two.")
            .says("{\"verdict\": \"revise\", \"advice\": \"still wrong\"}")
            .says("Three.");

    RunResult result = run(model, 3);

    assertThat(result.text()).isEqualTo("Three.");
    assertThat(Tools.question(model.requests().getLast()))
        .contains("One. → revise: wrong", "Two. → still wrong");
  }

  @Test
  void asksNoCriticWhereOnlyOneAttemptIsAllowed() {
    assertThat(run(new ScriptedModel().says("One."), 1).text()).isEqualTo("One.");
  }
}

package dev.zhixing.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.agent.Agent;
import dev.zhixing.agent.Conversation;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.planner.dialogue.Tools;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanAndExecutePlannerTest {
  private static final Toolbox TOOLS =
      Tools.add(
              Tools.add(Toolbox.builder(), "price", of -> of.equals("tea") ? "3 euros" : "2 euros"),
              "weather",
              of -> {
                throw new IllegalStateException("the weather service is down");
              })
          .build();

  private static Agent agent(ScriptedModel model, PlanAndExecutePlanner planner) {
    return Agent.builder().model(model).planner(planner).tools(TOOLS).build();
  }

  @Test
  void plansDoesOneTaskAfterTheOtherAndAnswersFromTheResults() {
    ScriptedModel model =
        new ScriptedModel()
            .says("{\"tasks\": [\"look up tea\", \"look up milk\"]}")
            .calls("", "price", "{\"of\":\"tea\"}")
            .says("Tea is 3 euros.")
            .calls("", "price", "{\"of\":\"milk\"}")
            .says("Milk is 2 euros.")
            .says("Together 5 euros.");
    PlanAndExecutePlanner planner = new PlanAndExecutePlanner();

    RunResult result = agent(model, planner).run("What do tea and milk cost?");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Together 5 euros."));
    assertThat(planner.progress(result.run()).plan())
        .contains(new Plan(List.of("look up tea", "look up milk")));
    assertThat(planner.progress(result.run()).reports())
        .containsExactly("- look up tea → Tea is 3 euros.", "- look up milk → Milk is 2 euros.");
    assertThat(Tools.question(model.requests().getLast()))
        .contains("Tea is 3 euros.", "Milk is 2 euros.", "What do tea and milk cost?");
    assertThat(model.requests().getFirst().toolSpecifications()).isEmpty();
  }

  @Test
  void plansAnewWhereACallFails() {
    ScriptedModel model =
        new ScriptedModel()
            .says("{\"tasks\": [\"ask for the weather\", \"buy an umbrella if it rains\"]}")
            .calls("", "weather", "{\"of\":\"Oslo\"}")
            .says("{\"tasks\": [\"look up the price of umbrellas\"]}")
            .calls("", "price", "{\"of\":\"umbrella\"}")
            .says("An umbrella is 2 euros.")
            .says("I can't see the weather, but an umbrella is 2 euros.");
    PlanAndExecutePlanner planner = new PlanAndExecutePlanner();

    RunResult result = agent(model, planner).run("Do I need an umbrella?");

    assertThat(result.text()).isEqualTo("I can't see the weather, but an umbrella is 2 euros.");
    assertThat(Tools.questions(model.requests()).get(2))
        .contains("failed", "the weather service is down", "1. ask for the weather");
    assertThat(planner.progress(result.run()).plans()).isEqualTo(2);
  }

  @Test
  void plansAnewWhereTheModelSaysThatATaskFailedButNotForEver() {
    ScriptedModel model = new ScriptedModel();
    for (int i = 0; i < 2; i++) {
      model.says("{\"tasks\": [\"fly\"]}").says("FAILED: I have no wings.");
    }
    model.says("I can't fly.");

    RunResult result = agent(model, new PlanAndExecutePlanner(plan -> plan, 1)).run("Fly!");

    assertThat(result.text()).isEqualTo("I can't fly.");
  }

  @Test
  void asksAgainForAPlanThatItCannotReadAndAnswersWithoutOneInTheEnd() {
    ScriptedModel model =
        new ScriptedModel().says("Sure!").says("{\"tasks\": []}").says("1. tea").says("3 euros.");

    RunResult result = agent(model, new PlanAndExecutePlanner()).run("What is tea?");

    assertThat(result.text()).isEqualTo("3 euros.");
    assertThat(Tools.questions(model.requests()).get(1)).contains("could not be read as a plan");
  }

  @Test
  void followsThePlanAsAReviewChangedIt() {
    ScriptedModel model =
        new ScriptedModel()
            .says("{\"tasks\": [\"delete everything\", \"look up tea\"]}")
            .says("Tea is 3 euros.")
            .says("3 euros.");

    RunResult result =
        agent(model, new PlanAndExecutePlanner(plan -> plan.without(1).with(1, "look up milk"), 0))
            .run("What is tea?");

    assertThat(result.text()).isEqualTo("3 euros.");
    assertThat(Tools.question(model.requests().get(1)))
        .contains("Do only this task now: look up milk")
        .doesNotContain("delete everything");
  }

  @Test
  void speaksChineseToThoseWhoDo() {
    ScriptedModel model =
        new ScriptedModel().says("{\"tasks\": [\"查茶的价格\"]}").says("茶三欧元。").says("三欧元。");

    RunResult result = agent(model, new PlanAndExecutePlanner()).run("茶多少钱？");

    assertThat(result.text()).isEqualTo("三欧元。");
    assertThat(Tools.questions(model.requests()))
        .allMatch(question -> question.contains("请求") && !question.contains("Request"));
  }

  @Test
  void leavesAConversationThatCanGoOn() {
    ScriptedModel model =
        new ScriptedModel()
            .says("{\"tasks\": [\"look up tea\"]}")
            .calls("", "price", "{\"of\":\"tea\"}")
            .says("Tea is 3 euros.")
            .says("3 euros.");
    Conversation conversation = agent(model, new PlanAndExecutePlanner()).converse();

    RunResult result = conversation.run("What is tea?");

    assertThat(result.text()).isEqualTo("3 euros.");
    assertThat(conversation.messages())
        .extracting(message -> message.type().name())
        .containsExactly("USER", "AI", "TOOL_EXECUTION_RESULT", "AI");
  }

  @Test
  void isReadAndWrittenAsJson() {
    Plan plan = new Plan(List.of("say \"hi\"", "再见"));

    assertThat(Plan.parse("Here it is:\n```json\n" + plan.toJson() + "\n```")).contains(plan);
    assertThat(Plan.parse("{\"tasks\": [1]}")).isEmpty();
    assertThatThrownBy(() -> new Plan(List.of("a", " ")))
        .hasMessage("plan: expected one task or more, each with some text, found [a,  ]");
  }
}

package dev.zhixing.planner.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.BranchingModel;
import dev.zhixing.agent.OptionScorer;
import dev.zhixing.agent.OptionScores;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Usage;
import dev.zhixing.planner.dialogue.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeSearchPlannerTest {

  /** Continues each thought in ways that are known beforehand. */
  private static final class Thoughts implements BranchingModel {
    private final Map<String, List<String>> byLastThought;
    private final List<String> grown = new ArrayList<>();

    Thoughts(Map<String, List<String>> byLastThought) {
      this.byLastThought = byLastThought;
    }

    @Override
    public List<ChatResponse> fork(ChatRequest request, int branches) {
      String last =
          request.messages().stream()
              .filter(AiMessage.class::isInstance)
              .map(m -> ((AiMessage) m).text())
              .reduce("", (_, b) -> b);
      grown.add(last);
      List<String> next = byLastThought.getOrDefault(last, List.of());
      assertThat(next).as("thoughts after '%s'", last).hasSize(branches);
      return next.stream()
          .map(text -> ChatResponse.builder().aiMessage(AiMessage.from(text)).build())
          .toList();
    }
  }

  private static final Map<String, List<String>> MAZE =
      Map.of(
          "", List.of("Go left.", "Go right."),
          "Go left.", List.of("A wall.", "A pit."),
          "Go right.", List.of("A door.", "A window."),
          "A door.", List.of("Final Answer: through the door", "Turn back."));

  private static double promise(String request, List<String> thoughts) {
    return switch (thoughts.getLast()) {
      case "Go left." -> 0.6;
      case "Go right." -> 0.5;
      case "A wall.", "A pit." -> 0.1;
      case "A door." -> 0.8;
      default -> thoughts.getLast().startsWith("Final Answer") ? 1 : 0.2;
    };
  }

  @Test
  void leavesTheFirstBranchWhereItProvesWrong() {
    Thoughts thoughts = new Thoughts(MAZE);
    TreeSearchPlanner planner =
        TreeSearchPlanner.judgedBy(
            TreeSearchPlannerTest::promise, new TreeSearchPlanner.Limits(2, 4, 10));

    RunResult result =
        Agent.builder()
            .model(new ScriptedModel())
            .branching(thoughts)
            .planner(planner)
            .build()
            .run("Which way out?");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "through the door"));
    assertThat(thoughts.grown).containsExactly("", "Go left.", "Go right.", "A door.");
  }

  @Test
  void answersFromItsBestThoughtsAtItsLimit() {
    ScriptedModel model = new ScriptedModel().says("Perhaps through the door.");
    TreeSearchPlanner planner =
        TreeSearchPlanner.judgedBy(
            TreeSearchPlannerTest::promise, new TreeSearchPlanner.Limits(2, 2, 10));

    RunResult result =
        Agent.builder()
            .model(model)
            .branching(new Thoughts(MAZE))
            .planner(planner)
            .build()
            .run("Which way out?");

    assertThat(result.text()).isEqualTo("Perhaps through the door.");
    assertThat(Tools.question(model.requests().getLast())).contains("Go right.\nA door.");
  }

  @Test
  void letsTheModelJudgeByTheProbabilitiesOfItsVerdicts() {
    OptionScorer judge =
        (messages, options) -> {
          String question =
              ((dev.langchain4j.data.message.UserMessage) messages.getLast()).singleText();
          String thoughts = question.substring(question.indexOf("Thoughts:"));
          double sure = thoughts.contains("door") ? 0.9 : thoughts.contains("left") ? 0.6 : 0.5;
          double hopeless = thoughts.contains("wall") || thoughts.contains("pit") ? 1 : 0;
          return new OptionScores(
              options,
              List.of(sure * (1 - hopeless), (1 - sure) * (1 - hopeless), hopeless),
              Usage.NONE);
        };
    Thoughts thoughts = new Thoughts(MAZE);

    RunResult result =
        Agent.builder()
            .model(new ScriptedModel())
            .branching(thoughts)
            .options(judge)
            .planner(TreeSearchPlanner.judgedByModel(new TreeSearchPlanner.Limits(2, 4, 10)))
            .build()
            .run("Which way out?");

    assertThat(result.text()).isEqualTo("through the door");
    assertThat(thoughts.grown).containsExactly("", "Go left.", "Go right.", "A door.");
  }

  @Test
  void asksAModelThatCannotForkAgain() {
    ScriptedModel model =
        new ScriptedModel().says("Final Answer: left").says("Final Answer: right");
    TreeSearchPlanner planner =
        TreeSearchPlanner.judgedBy(
            (_, thoughts) -> thoughts.getLast().contains("right") ? 1 : 0,
            new TreeSearchPlanner.Limits(2, 3, 3));

    RunResult result = Agent.builder().model(model).planner(planner).build().run("Which way?");

    assertThat(result.text()).isEqualTo("right");
    assertThat(model.requests()).hasSize(2);
    assertThat(result.run().usage().output()).isEqualTo(10);
  }
}

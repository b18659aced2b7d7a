package dev.zhixing.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import org.junit.jupiter.api.Test;

class AgentTest {
  static final class Sums {
    @Tool("adds two numbers")
    @ToolEffect(Effect.READ)
    int add(@P(name = "a", value = "a") int a, @P(name = "b", value = "b") int b) {
      return a + b;
    }
  }

  static final Planner REACT =
      run -> {
        if (run.steps().isEmpty() || run.steps().getLast().reply().isEmpty()) {
          return new Action.AskModel(run.messages(), run.tools());
        }
        var reply = run.steps().getLast().reply().get();
        return reply.hasToolExecutionRequests()
            ? new Action.CallTools(ToolCall.of(reply, run.steps().size()))
            : new Action.Finish(reply.text());
      };

  @Test
  void thinksActsObservesAndAnswers() {
    ScriptedModel model =
        new ScriptedModel().calls("Use add.", "add", "{\"a\":2,\"b\":3}").says("It is 5.");
    Agent agent = Agent.builder().model(model).planner(REACT).tools(Toolbox.of(new Sums())).build();

    RunResult result = agent.run("What is 2 + 3?");

    assertThat(result).isInstanceOf(RunResult.Answered.class);
    assertThat(result.text()).isEqualTo("It is 5.");
    assertThat(result.run().steps()).hasSize(3);
    assertThat(result.run().steps().get(1).observations().getFirst().text()).isEqualTo("5");
    assertThat(result.run().usage()).isEqualTo(new Usage(20, 10, 14, null, null));
  }
}

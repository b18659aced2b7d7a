package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.agent;
import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.supervisor.SupervisorAgent;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Agents as steps of the workflows of {@code langchain4j-agentic}, and its agents as tools. */
class AgenticWorkflowTest {
  private static final Toolbox ECHO = tool("echo", Effect.READ, t -> "<" + t + ">").build();

  /** An agent of ours as a step: a class with a method that runs it. */
  public static final class Researcher {
    private final Agent agent;

    Researcher(Agent agent) {
      this.agent = agent;
    }

    @dev.langchain4j.agentic.Agent(description = "Finds things out", outputKey = "facts")
    public String research(@V("topic") String topic) {
      return switch (agent.run("Find out about " + topic)) {
        case RunResult.Answered(Run _, String answer) -> answer;
        case RunResult other -> throw new IllegalStateException(other.reason());
      };
    }
  }

  /** One of LangChain4j's agents. */
  public interface Writer {
    @UserMessage("Write a line about these facts: {{facts}}")
    @dev.langchain4j.agentic.Agent(description = "Writes a line", outputKey = "line")
    String write(@V("facts") String facts);
  }

  /** A workflow as a tool of ours. */
  static final class Newsroom {
    private final UntypedAgent workflow;

    Newsroom(UntypedAgent workflow) {
      this.workflow = workflow;
    }

    @Tool("Writes a line about a topic")
    String report(@P("The topic") String topic) {
      return (String) workflow.invoke(Map.of("topic", topic));
    }
  }

  private static ScriptedModel researching() {
    return new ScriptedModel().calls("", "echo", text("tea")).says("Tea is <tea>.");
  }

  private static UntypedAgent sequence(ScriptedModel researcher, ScriptedModel writer) {
    return AgenticServices.sequenceBuilder()
        .subAgents(
            new Researcher(agent(researcher, ECHO).build()),
            AgenticServices.agentBuilder(Writer.class).chatModel(writer).build())
        .outputKey("line")
        .build();
  }

  @Test
  void anAgentIsAStepOfASequence() {
    ScriptedModel researcher = researching();
    ScriptedModel writer = new ScriptedModel().says("Tea!");

    Object line = sequence(researcher, writer).invoke(Map.of("topic", "tea"));

    assertThat(line).isEqualTo("Tea!");
    assertThat(researcher.requests().getFirst().messages().toString())
        .contains("Find out about tea");
    assertThat(writer.requests().getFirst().messages().toString()).contains("Tea is <tea>.");
  }

  @Test
  void anAgentThatDoesNotAnswerFailsItsStep() {
    assertThatThrownBy(
            () -> sequence(new ScriptedModel(), new ScriptedModel()).invoke(Map.of("topic", "tea")))
        .hasStackTraceContaining("the model failed: the script has no line 1");
  }

  @Test
  void aSupervisorHandsWorkToAnAgent() {
    ScriptedModel supervisor =
        new ScriptedModel()
            .says("{\"agentName\":\"research\",\"arguments\":{\"topic\":\"tea\"}}")
            .says("{\"agentName\":\"done\",\"arguments\":{\"response\":\"Tea it is.\"}}");
    SupervisorAgent whole =
        AgenticServices.supervisorBuilder()
            .chatModel(supervisor)
            .subAgents(new Researcher(agent(researching(), ECHO).build()))
            .build();

    String answer = whole.invoke("What is tea?");

    assertThat(answer).isEqualTo("Tea is <tea>.");
    assertThat(supervisor.requests().getFirst().messages().toString())
        .contains("Finds things out", "topic");
    assertThat(supervisor.requests().getLast().messages().toString()).contains("Tea is <tea>.");
  }

  @Test
  void aWorkflowIsAToolOfAnAgent() {
    Newsroom newsroom = new Newsroom(sequence(researching(), new ScriptedModel().says("Tea!")));
    ScriptedModel model =
        new ScriptedModel().calls("", "report", "{\"arg0\":\"tea\"}").says("It says Tea!");

    RunResult result = agent(model, Toolbox.of(newsroom)).build().run("Report on tea");

    assertThat(result.text()).isEqualTo("It says Tea!");
    assertThat(result.run().steps().get(1).observations().getFirst().text()).isEqualTo("Tea!");
  }
}

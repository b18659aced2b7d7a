package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.agent;
import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Agents in LangChain4j's apps, and its parts in agents. */
class AtHomeInLangChain4jTest {
  private static final Toolbox ECHO = tool("echo", Effect.READ, t -> t).build();

  /** An AI service as LangChain4j makes it. */
  interface Assistant {
    String chat(String message);
  }

  /** An AI service as a tool of an agent. */
  static final class AssistantTool {
    private final Assistant assistant;

    AssistantTool(Assistant assistant) {
      this.assistant = assistant;
    }

    @Tool("Asks the assistant")
    String ask(@P("What to ask") String question) {
      return assistant.chat(question);
    }
  }

  private static AgentTool helper(ScriptedModel model) {
    return AgentTool.of("helper", "Can say things", agent(model, ECHO).build());
  }

  @Test
  void anAgentIsAToolOfAnAiService() {
    ScriptedModel inner = new ScriptedModel().calls("Say.", "echo", text("hi")).says("It said hi.");
    ScriptedModel outer =
        new ScriptedModel().calls("", "helper", "{\"request\":\"Say hi\"}").says("The end.");

    Assistant assistant =
        AiServices.builder(Assistant.class).chatModel(outer).tools(helper(inner).asMap()).build();

    assertThat(assistant.chat("Have hi said")).isEqualTo("The end.");
    assertThat(lastResult(outer).text()).isEqualTo("It said hi.");
  }

  @Test
  void anAgentIsAToolOfAnAgent() {
    ScriptedModel inner = new ScriptedModel().says("It said hi.");
    ScriptedModel outer =
        new ScriptedModel().calls("", "helper", "{\"request\":\"Say hi\"}").says("The end.");
    AgentTool helper = helper(inner);
    Toolbox tools =
        Toolbox.builder().add(helper.specification(), helper.executor(), Effect.WRITE).build();

    RunResult result = agent(outer, tools).build().run("Have hi said");

    assertThat(result.text()).isEqualTo("The end.");
    assertThat(result.run().steps().get(1).observations().getFirst().text())
        .isEqualTo("It said hi.");
  }

  @Test
  void anAgentThatDoesNotFinishIsAToolThatFails() {
    ScriptedModel inner = new ScriptedModel();
    ScriptedModel outer =
        new ScriptedModel()
            .calls("", "helper", "{\"request\":\"Say hi\"}", "helper", "{}")
            .says("The end.");
    AgentTool helper = helper(inner);
    Toolbox tools =
        Toolbox.builder().add(helper.specification(), helper.executor(), Effect.WRITE).build();

    RunResult result = agent(outer, tools).build().run("Have hi said");

    List<Observation> observations = result.run().steps().get(1).observations();
    assertThat(observations).allMatch(Observation.Failure.class::isInstance);
    assertThat(observations.getFirst().text())
        .isEqualTo("helper did not finish: the model failed: the script has no line 1");
    assertThat(observations.getLast().text()).contains("request");
  }

  @Test
  void anAiServiceIsAToolOfAnAgent() {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(new ScriptedModel().says("Forty-two."))
            .build();
    ScriptedModel model =
        new ScriptedModel().calls("", "ask", "{\"arg0\":\"Why?\"}").says("The end.");

    RunResult result =
        agent(model, Toolbox.of(new AssistantTool(assistant))).build().run("Ask why");

    assertThat(result.run().steps().get(1).observations().getFirst().text())
        .isEqualTo("Forty-two.");
  }

  @Test
  void theModelsListenersHearOfEachQuestion() {
    List<String> heard = new ArrayList<>();
    ScriptedModel script = new ScriptedModel().calls("Say.", "echo", text("hi")).says("Done.");
    ChatModel model =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            return script.doChat(request);
          }

          @Override
          public List<ChatModelListener> listeners() {
            return List.of(
                new ChatModelListener() {
                  @Override
                  public void onRequest(ChatModelRequestContext context) {
                    heard.add("asked with " + context.chatRequest().messages().size());
                  }

                  @Override
                  public void onResponse(ChatModelResponseContext context) {
                    heard.add("replied " + context.chatResponse().aiMessage().text());
                  }
                });
          }
        };

    Agent.builder().model(model).planner(Setup.IN_TURNS).tools(ECHO).build().run("Say hi");

    assertThat(heard)
        .containsExactly("asked with 1", "replied Say.", "asked with 3", "replied Done.");
  }

  private static ToolExecutionResultMessage lastResult(ScriptedModel model) {
    return (ToolExecutionResultMessage) model.requests().getLast().messages().getLast();
  }
}

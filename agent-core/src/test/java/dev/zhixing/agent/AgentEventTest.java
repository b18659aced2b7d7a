package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentEventTest {
  private static final Toolbox ECHO = tool("echo", Effect.READ, t -> t).build();

  @Test
  void tellsWhatHappensInOrderPieceByPiece() {
    ScriptedModel model = new ScriptedModel().calls("Use echo.", "echo", text("hi")).says("Hi!");
    List<AgentEvent> events = new ArrayList<>();
    Agent agent =
        Agent.builder().model(model.streaming()).planner(Setup.IN_TURNS).tools(ECHO).build();

    agent.converse().run("Say hi", events::add);

    assertThat(events)
        .extracting(e -> e.getClass().getSimpleName())
        .containsExactly(
            "Started",
            "Asked",
            "Said",
            "Said",
            "Said",
            "Replied",
            "CallStarted",
            "Observed",
            "Asked",
            "Said",
            "Replied",
            "Ended");
    assertThat(events).contains(new AgentEvent.Said(1, "Use"), new AgentEvent.Said(1, " ec"));
  }

  @Test
  void saysAllAtOnceWithAModelThatDoesNotStream() {
    List<AgentEvent> events = new ArrayList<>();

    Setup.agent(new ScriptedModel().says("Hello there"), ECHO)
        .listener(events::add)
        .build()
        .run("hi");

    assertThat(events).contains(new AgentEvent.Said(1, "Hello there"));
  }

  @Test
  void isWrittenAsJsonWithItsNameInEvent() throws JsonProcessingException {
    AgentEvent event = new AgentEvent.CallStarted(2, new ToolCall("c1", "echo", "{}"), Effect.READ);

    assertThat(new ObjectMapper().writeValueAsString(event))
        .isEqualTo(
            "{\"event\":\"CallStarted\",\"step\":2,\"call\":{\"id\":\"c1\",\"name\":\"echo\",\"arguments\":\"{}\"},"
                + "\"effect\":\"READ\"}");
  }

  @Test
  void doesNotLetAListenerBreakTheRun() {
    RunResult result =
        Setup.agent(new ScriptedModel().says("Hello"), ECHO)
            .listener(
                _ -> {
                  throw new IllegalStateException("broken listener");
                })
            .build()
            .run("hi");

    assertThat(result.text()).isEqualTo("Hello");
  }
}

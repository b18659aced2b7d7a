package dev.zhixing.agent.testing;

import static dev.zhixing.agent.testing.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.ToolboxBuilder;
import dev.zhixing.agent.guardrail.ApprovalRail;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AgentAssertionsTest {

  private static final Planner IN_TURNS =
      run -> {
        List<Step> steps = run.steps();
        if (steps.isEmpty() || steps.getLast().reply().isEmpty()) {
          return new Action.AskModel(run.messages(), run.tools());
        }
        AiMessage reply = steps.getLast().reply().get();
        return reply.hasToolExecutionRequests()
            ? new Action.CallTools(ToolCall.of(reply, steps.size()))
            : new Action.Finish(reply.text());
      };

  private static final String KITCHEN = "{\"room\":\"kitchen\",\"brightness\":40.0}";
  private static final String STUDY = "{\"room\":\"study\"}";

  private final RunResult result =
      agent(
              new ScriptedModel()
                  .calls("Two lights.", "set_light", KITCHEN, "set_light", STUDY)
                  .calls("And the door.", "lock", "{\"door\":\"front\"}")
                  .says("Both lights are on, the door is locked."))
          .build()
          .run("lights and door");

  @Test
  void acceptsWhatTheAgentDid() {
    assertThat(result)
        .called("set_light")
        .with("room", "kitchen")
        .with("brightness", 40)
        .thatSucceeded()
        .thatBrought("done")
        .times(1)
        .called("set_light")
        .times(2)
        .called("set_light")
        .without("brightness")
        .withArguments(Map.of("room", "study"))
        .called("set_light")
        .with("room", "that is a room", room -> room.asText().length() > 3)
        .called("lock")
        .thatFailed()
        .neverCalled("unlock")
        .calledInOrder("set_light", "lock")
        .calledExactly("set_light", "set_light", "lock")
        .answered()
        .answered("Both lights are on, the door is locked.")
        .answerContains("lights", "door")
        .answerDoesNotContain("window")
        .usedAtMostSteps(5)
        .usedAtMostTokens(45)
        .usedAtMostOutputTokens(15);
  }

  @Test
  void refusesWhatTheAgentDidNotDo() {
    refuses(() -> assertThat(result).called("unlock"), "Expected a call of unlock");
    refuses(() -> assertThat(result).neverCalled("lock"), "Expected no call of lock");
    refuses(() -> assertThat(result).calledNothing(), "Expected no call at all");
    refuses(() -> assertThat(result).calledInOrder("lock", "set_light"), "found no set_light");
    refuses(() -> assertThat(result).calledInOrder("lock", "lock"), "found no lock");
    refuses(() -> assertThat(result).calledExactly("set_light", "lock"), "exactly the calls");
    refuses(() -> assertThat(result).answered("Done."), "Expected the answer 'Done.'");
    refuses(() -> assertThat(result).answerContains("window"), "Expected 'window' in the answer");
    refuses(() -> assertThat(result).answerDoesNotContain("door"), "Expected no 'door'");
    refuses(() -> assertThat(result).refused(), "to end as Refused, found Answered");
    refuses(() -> assertThat(result).needsApprovalFor("lock"), "to need approval, found none");
  }

  @Test
  void refusesCallsThatAreOnlyAlmostRight() {
    refuses(
        () -> assertThat(result).called("set_light").with("room", "study").with("brightness", 40),
        "Expected a call of set_light with room = study with brightness = 40",
        "found [set_light {\"room\":\"study\"}]");
    refuses(() -> assertThat(result).called("set_light").with("brightness", "40"), "found [");
    refuses(
        () -> assertThat(result).called("set_light").withArguments(Map.of("room", "kitchen")),
        "with the arguments {room=kitchen}");
    refuses(() -> assertThat(result).called("set_light").times(3), "Expected 3 times");
    refuses(() -> assertThat(result).called("lock").thatSucceeded(), "that succeeded");
    refuses(() -> assertThat(result).called("set_light").thatFailed(), "that failed");
    refuses(() -> assertThat(result).called("lock").without("door"), "without door");
    refuses(() -> assertThat(result).called("lock").thatBrought("done"), "that brought 'done'");
  }

  @Test
  void refusesOneMoreThanTheLimit() {
    refuses(() -> assertThat(result).usedAtMostSteps(4), "at most 4 steps, found 5");
    refuses(() -> assertThat(result).usedAtMostTokens(44), "at most 44 tokens, found 45");
    refuses(() -> assertThat(result).usedAtMostOutputTokens(14), "generated tokens, found 15");
  }

  @Test
  void showsTheTrajectoryWhereItFails() {
    refuses(
        () -> assertThat(result).as("the evening").called("unlock"),
        "[the evening]",
        "request  lights and door",
        "1 model   Two lights. [set_light {\"room\":\"kitchen\",\"brightness\":40.0}]",
        "(10 tokens in, 5 out)",
        "2 tool    set_light {\"room\":\"study\"} -> done",
        "4 tool    lock {\"door\":\"front\"} FAILED: ",
        "Answered  Both lights are on");
  }

  @Test
  void seesCallsThatWaitForAPerson() {
    RunResult waiting =
        agent(new ScriptedModel().calls("Lock it.", "lock", "{\"door\":\"back\"}"))
            .guardrail(new ApprovalRail("lock"))
            .build()
            .run("lock the back door");

    assertThat(waiting)
        .needsApprovalFor("lock")
        .with("door", "back")
        .endedAs(RunResult.NeedsApproval.class)
        .neverCalled("lock")
        .calledNothing();
    refuses(() -> assertThat(waiting).answered(), "to end as Answered, found NeedsApproval");
  }

  @Test
  void waitsForARunThatIsUnderWay() {
    Agent agent = agent(new ScriptedModel().says("Hello.")).build();

    assertThat(agent.converse().start("hi", AgentListener.NONE)).answered("Hello.").calledNothing();
  }

  @Test
  void takesArgumentsThatAreNoJsonForNone() {
    RunResult broken =
        agent(new ScriptedModel().calls("", "set_light", "{room").says("Sorry.")).build().run("hi");

    assertThat(broken).called("set_light").thatFailed().without("room");
  }

  private static void refuses(ThrowingCallable assertion, String... parts) {
    assertThatThrownBy(assertion)
        .isInstanceOf(AssertionError.class)
        .message()
        .contains(parts)
        .contains("The run was:");
  }

  private static AgentBuilder agent(ScriptedModel model) {
    Toolbox tools = tool(tool(Toolbox.builder(), "set_light", "room"), "lock", "door").build();
    return Agent.builder().model(model).planner(IN_TURNS).tools(tools);
  }

  /** A light works, a lock is stuck. */
  private static ToolboxBuilder tool(ToolboxBuilder tools, String name, String parameter) {
    JsonObjectSchema.Builder parameters =
        JsonObjectSchema.builder().addStringProperty(parameter).required(parameter);
    if (name.equals("set_light")) {
      parameters.addNumberProperty("brightness");
    }
    return tools.add(
        ToolSpecification.builder().name(name).parameters(parameters.build()).build(),
        (request, _) -> {
          if (name.equals("lock")) {
            throw new IllegalStateException("the bolt is stuck");
          }
          return "done";
        },
        Effect.WRITE);
  }
}

package dev.zhixing.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.Approver;
import dev.zhixing.agent.Budget;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.RecordedRun;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.guardrail.ApprovalRail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  @TempDir Path folder;

  @Test
  void tellsTheVeryEventsOfAHundredRunsWithNoModelAndNoTool() {
    Journals journals = new Journals(folder);
    for (int seed = 0; seed < 100; seed++) {
      List<AgentEvent> heard = new ArrayList<>();
      RunResult result = randomAgent(seed, journals).converse().run("Do " + seed, heard::add);
      List<AgentEvent> replayed = new ArrayList<>();

      RecordedRun recorded = journals.run(result.run().id());
      recorded.replay(replayed::add);

      assertThat(replayed).as("seed %d", seed).isEqualTo(heard);
      assertThat(recorded.steps()).isEqualTo(result.run().steps());
      assertThat(recorded.end().orElseThrow().result())
          .isEqualTo(result.getClass().getSimpleName());
    }
  }

  @Test
  void goesOnLiveFromAnEditedStepWithTheMessagesBeforeIt() {
    Journals journals = new Journals(folder);
    List<String> ran = new ArrayList<>();
    ScriptedModel model =
        new ScriptedModel()
            .calls("Look.", "look", Setup.text("lamp"))
            .says("It is on.")
            .says("It is off.");
    Toolbox tools =
        Setup.tool(
                "look",
                Effect.READ,
                t -> {
                  ran.add(t);
                  return "on";
                })
            .build();
    Agent agent = Setup.agent(model, tools).journal(journals).build();
    RunResult first = agent.run("Is the lamp on?");

    RunResult second =
        agent.replay(first.run().id(), 2).editing(step -> step.withResults(List.of("off"))).run();

    assertThat(second.text()).isEqualTo("It is off.");
    assertThat(second.run().id()).isNotEqualTo(first.run().id());
    assertThat(ran).hasSize(1);
    List<ChatMessage> before = model.requests().get(1).messages();
    List<ChatMessage> after = model.requests().get(2).messages();
    assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
    assertThat(model.requests().get(2).toolSpecifications())
        .isEqualTo(model.requests().get(1).toolSpecifications());
    assertThat(journals.run(second.run().id()).steps()).isEqualTo(second.run().steps());
  }

  @Test
  void goesOnLiveFromAStepAsItWas() {
    Journals journals = new Journals(folder);
    ScriptedModel model =
        new ScriptedModel()
            .calls("Look.", "look", Setup.text("lamp"))
            .says("On.")
            .says("Still on.");
    List<String> ran = new ArrayList<>();
    Toolbox tools =
        Setup.tool(
                "look",
                Effect.READ,
                t -> {
                  ran.add(t);
                  return "on";
                })
            .build();
    Agent agent = Setup.agent(model, tools).journal(journals).build();
    String id = agent.run("Is the lamp on?").run().id();
    List<AgentEvent> heard = new ArrayList<>();

    RunResult again = agent.replay(id, 2).run(heard::add);

    assertThat(again.text()).isEqualTo("Still on.");
    assertThat(ran).hasSize(2);
    assertThat(journals.run(again.run().id()).events()).isEqualTo(heard);
  }

  @Test
  void editsWhatTheModelReplied() {
    Journals journals = new Journals(folder);
    ScriptedModel model = new ScriptedModel().says("Four.");
    Agent agent = Setup.agent(model, Toolbox.of()).journal(journals).build();
    String id = agent.run("2 + 2?").run().id();

    RunResult edited =
        agent.replay(id, 1).editing(step -> step.withReply(AiMessage.from("Five."))).run();

    assertThat(edited.text()).isEqualTo("Five.");
  }

  @Test
  void asksTheModelTheVerySameWhereItGoesOnFromTheFirstStep() {
    Journals journals = new Journals(folder);
    ScriptedModel model = new ScriptedModel().says("Four.").says("4.");
    Agent agent = Setup.agent(model, Toolbox.of()).journal(journals).build();
    String id = agent.run("2 + 2?").run().id();

    assertThat(agent.replay(id, 1).run().text()).isEqualTo("4.");

    assertThat(model.requests().get(1).messages()).isEqualTo(model.requests().get(0).messages());
  }

  @Test
  void refusesStepsThatAreNotThere() {
    Journals journals = new Journals(folder);
    Agent agent =
        Setup.agent(new ScriptedModel().says("Hi."), Toolbox.of()).journal(journals).build();
    String id = agent.run("Hi").run().id();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> agent.replay(id, 3))
        .withMessageContaining("from 1 to 2");
  }

  /** An agent whose model, tools, person and limits follow from the seed. */
  private static Agent randomAgent(int seed, Journals journals) {
    SplittableRandom random = new SplittableRandom(seed);
    ScriptedModel model = new ScriptedModel();
    String[] names = {"read", "write", "wipe", "fail", "unknown"};
    for (int turn = random.nextInt(5); turn > 0; turn--) {
      List<String> calls = new ArrayList<>();
      for (int call = random.nextInt(1, 4); call > 0; call--) {
        calls.add(names[random.nextInt(names.length)]);
        calls.add(random.nextInt(8) == 0 ? "{}" : Setup.text("t" + random.nextInt(3) + "\\n灯"));
      }
      model.calls(random.nextBoolean() ? "Thinking of it… 好" : "", calls.toArray(String[]::new));
    }
    if (random.nextInt(6) > 0) {
      model.says(random.nextInt(10) == 0 ? " " : "The answer\nis “" + seed + "”.");
    }
    Toolbox tools =
        Setup.with(
                Setup.with(
                    Setup.with(
                        Setup.tool("read", Effect.READ, t -> t + t),
                        "write",
                        Effect.WRITE,
                        t -> "wrote " + t),
                    "wipe",
                    Effect.DANGEROUS,
                    t -> "x".repeat(20_000)),
                "fail",
                Effect.WRITE,
                t -> {
                  throw new IllegalStateException("no " + t);
                })
            .build();
    var builder =
        Agent.builder()
            .planner(
                run ->
                    run.steps().size() == 3 && seed % 9 == 0
                        ? new Action.Finish("early")
                        : Setup.IN_TURNS.next(run))
            .tools(tools)
            .budget(Budget.STANDARD.withSteps(random.nextInt(3, 12)))
            .guardrail(new ApprovalRail())
            .journal(journals);
    if (random.nextInt(4) > 0) {
      builder.approver(
          (call, _) ->
              call.arguments().contains("t1")
                  ? new Approver.Decision.Deny("not t1")
                  : new Approver.Decision.Approve());
    }
    return (random.nextBoolean() ? builder.model(model) : builder.model(model.streaming())).build();
  }
}

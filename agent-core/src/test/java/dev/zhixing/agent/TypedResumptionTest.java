package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.agent.journal.CutRun;
import dev.zhixing.agent.journal.Journals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are to give an answer of a type, and are taken up again. */
class TypedResumptionTest {
  record Inner(String password, double part) {}

  record Report(String room, int count, List<Inner> inner) {}

  record Place(String name, int count) {}

  record Other(String room, int count) {}

  private static final String JSON =
      "{\"room\":\"hall\",\"count\":1,\"inner\":[{\"password\":\"hunter2\",\"part\":0.5}]}";
  private static final Report REPORT = new Report("hall", 1, List.of(new Inner("hunter2", 0.5)));

  private final List<String> wiped = new ArrayList<>();
  private final Toolbox tools =
      Setup.tool(
              "wipe",
              Effect.DANGEROUS,
              t -> {
                wiped.add(t);
                return "wiped " + t;
              })
          .build();

  @TempDir Path folder;

  private AgentBuilder agent(ScriptedModel model) {
    return Setup.agent(model, tools).guardrail(new ApprovalRail()).journal(new Journals(folder));
  }

  private RunResult.NeedsApproval waiting() {
    ScriptedModel model = new ScriptedModel().calls("", "wipe", text("hall"));
    return (RunResult.NeedsApproval)
        agent(model).build().run("Wipe the hall", Report.class).result();
  }

  @Test
  void givesTheTypedAnswerAfterAnApprovalInAnotherProcess() {
    RunResult.NeedsApproval waiting = waiting();
    ScriptedModel later = new ScriptedModel().says("Wiped.").says(JSON);

    TypedResult<Report> result =
        agent(later).build().resume(waiting.run().id()).with(waiting.approve()).run(Report.class);

    assertThat(result.get()).isEqualTo(REPORT);
    assertThat(result.result().text()).isEqualTo(JSON);
    assertThat(wiped).containsExactly("hall");
  }

  @Test
  void givesTheTypedAnswerAfterAnApprovalInTheSameProcess() {
    ScriptedModel model =
        new ScriptedModel().calls("", "wipe", text("hall")).says("Wiped.").says(JSON);
    Agent agent =
        Setup.agent(model, tools).guardrail(new ApprovalRail()).build(); // without a journal
    RunResult.NeedsApproval waiting =
        (RunResult.NeedsApproval) agent.run("Wipe the hall", Report.class).result();
    List<AgentEvent> heard = new ArrayList<>();

    TypedResult<Report> result =
        agent.resume(waiting).with(waiting.approve()).run(Report.class, heard::add);

    assertThat(result.get()).isEqualTo(REPORT);
    assertThat(heard).hasAtLeastOneElementOfType(AgentEvent.Ended.class);
  }

  @Test
  void givesTheTypedAnswerWhereverTheProcessDied() throws IOException {
    CutRun run =
        new CutRun(
            folder,
            () ->
                new ScriptedModel()
                    .calls("Look.", "look", text("hall"), "write", text("a"))
                    .calls("", "write", text("b"))
                    .says("Done.")
                    .says("{\"name\":\"hall\",\"count\":\"many\"}")
                    .says("{\"name\":\"hall\",\"count\":2}"),
            model -> Agent.builder().model(model).planner(Setup.IN_TURNS));

    run.check(
        agent -> {
          TypedResult<Place> whole = agent.run("Write a and b", Place.class);
          assertThat(whole.get()).isEqualTo(new Place("hall", 2));
          return whole.result();
        },
        resumption -> {
          TypedResult<Place> result = resumption.run(Place.class);
          assertThat(result.get()).isEqualTo(new Place("hall", 2));
          return result.result();
        });
  }

  @Test
  void asksAgainForAnAnswerWithASecretWhichTheJournalDoesNotKeep() throws IOException {
    ScriptedModel model = new ScriptedModel().says("Clean.").says(JSON);
    String id = agent(model).build().run("Is it clean?", Report.class).result().run().id();
    Path journal = folder.resolve(id + ".jsonl");
    List<String> lines = Files.readAllLines(journal);
    Files.write(journal, lines.subList(0, lines.size() - 1)); // without its end
    ScriptedModel later = new ScriptedModel().says(JSON);

    TypedResult<Report> result = agent(later).build().resume(id).run(Report.class);

    assertThat(result.get()).isEqualTo(REPORT);
    assertThat(later.requests().getFirst().messages())
        .isEqualTo(model.requests().getLast().messages());
  }

  @Test
  void refusesATypeOfAnotherSchemaAndCanStillBeTakenUp() {
    RunResult.NeedsApproval waiting = waiting();
    Agent later = agent(new ScriptedModel().says("Wiped.").says(JSON)).build();
    String id = waiting.run().id();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> later.resume(id).with(waiting.approve()).run(Other.class))
        .withMessageContainingAll(id, "\"inner\"", Other.class.getName());

    assertThat(wiped).isEmpty();
    assertThat(later.resume(id).with(waiting.approve()).run(Report.class).get()).isEqualTo(REPORT);
  }

  @Test
  void refusesATypeForARunThatAnswersWithText() {
    ScriptedModel model = new ScriptedModel().calls("", "wipe", text("hall"));
    String id = agent(model).build().run("Wipe the hall").run().id();
    Resumption resumption = agent(new ScriptedModel()).build().resume(id);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> resumption.run(Report.class))
        .withMessageContainingAll(id, "answers with text");
  }

  @Test
  void givesTheTypedAnswerOfAReplay() {
    ScriptedModel model = new ScriptedModel().says("Clean.").says(JSON);
    String id = agent(model).build().run("Is it clean?", Report.class).result().run().id();

    Agent later = agent(new ScriptedModel().says(JSON)).build();

    assertThat(later.replay(id, 2).run(Report.class).get()).isEqualTo(REPORT);
  }
}

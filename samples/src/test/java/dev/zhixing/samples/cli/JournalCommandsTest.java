package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.agent.Agent;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.agent.journal.Journals;
import dev.zhixing.planner.react.ReActPlanner;
import dev.zhixing.tool.ToolCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands agent --journal, runs, resume and replay. */
class JournalCommandsTest {

  @TempDir Path folder;

  @Test
  void listsTheRunsThatAgentRecorded() {
    calculate();

    CommandLineRun runs = new CommandLineRun(folder);
    assertThat(runs.run("runs")).isZero();
    assertThat(runs.out().lines())
        .singleElement()
        .asString()
        .startsWith(id().substring(0, 8))
        .contains("Answered", "What is 17% of 2350?");
  }

  @Test
  void deletesOldRunsAndKeepsThoseThatWait() {
    calculate();
    String waiting = waiting().run().id();
    CommandLineRun early = new CommandLineRun(folder);
    assertThat(early.run("runs", "--prune", "--older-than", "1d")).isZero();
    assertThat(early.out()).isEmpty();
    assertThat(early.err()).contains("runs deleted: 0");

    CommandLineRun now = new CommandLineRun(folder);
    assertThat(now.run("runs", "--prune", "--older-than", "0m")).isZero();

    assertThat(now.out().lines()).singleElement().asString().contains("Answered");
    assertThat(id()).isEqualTo(waiting);
    assertThat(new CommandLineRun(folder).run("runs", "--prune", "--older-than=0d", "--unfinished"))
        .isZero();
    assertThat(folder.resolve("runs")).isEmptyDirectory();
  }

  @Test
  void deletesNothingWithoutAnAge() {
    calculate();

    for (List<String> options :
        List.of(
            List.of("--prune"),
            List.of("--prune", "--older-than", "30"),
            List.of("--older-than", "0d"),
            List.of("--unfinished"))) {
      List<String> arguments = new ArrayList<>(options);
      arguments.addFirst("runs");
      assertThat(new CommandLineRun(folder).run(arguments.toArray(String[]::new)))
          .as(options.toString())
          .isEqualTo(ExitStatus.USAGE);
    }
    assertThat(id()).isNotEmpty();
  }

  @Test
  void recordsWhereItIsTold() {
    Path elsewhere = folder.resolve("elsewhere");

    new CommandLineRun(folder, ScriptedChat.says("Hello."))
        .run("agent", "--journal", elsewhere.toString(), "hi");

    assertThat(new Journals(elsewhere).list()).hasSize(1);
    assertThat(new Journals(folder.resolve("runs")).list()).isEmpty();
  }

  @Test
  void replaysARunAsItWasShown() {
    CommandLineRun first = calculate();

    CommandLineRun replay = new CommandLineRun(folder);
    assertThat(replay.run("replay", id().substring(0, 8))).isZero();
    assertThat(replay.out()).isEqualTo(first.out());
    assertThat(replay.err()).contains("ended as Answered");
  }

  @Test
  void replaysFromAStepWithAnotherResult() {
    calculate();

    CommandLineRun replay = new CommandLineRun(folder, ScriptedChat.says("It is 400."));
    assertThat(replay.run("replay", id(), "--from", "2", "--instead", "400")).isZero();
    assertThat(replay.out()).contains("observe  400", "answer   It is 400.");
    assertThat(new Journals(folder.resolve("runs")).list()).hasSize(2);
  }

  @Test
  void resumesARunWhoseProcessEnded() throws IOException {
    calculate();
    Path file = folder.resolve("runs").resolve(id() + ".jsonl");
    List<String> lines = Files.readAllLines(file);
    int observed =
        lines.indexOf(lines.stream().filter(l -> l.contains("Called")).findFirst().get());
    Files.writeString(file, String.join("\n", lines.subList(0, observed + 1)) + "\n{\"n\":");

    CommandLineRun resume = new CommandLineRun(folder, ScriptedChat.says("17% of 2350 is 399.5."));

    assertThat(resume.run("resume", id())).isZero();
    assertThat(resume.out()).contains("after 2 finished steps", "answer   17% of 2350 is 399.5.");
  }

  @Test
  void doesNotResumeWhatWasAnswered() {
    calculate();
    CommandLineRun resume = new CommandLineRun(folder);

    assertThat(resume.run("resume", id())).isEqualTo(ExitStatus.FAILED);
    assertThat(resume.err()).contains("ended as Answered");
  }

  @Test
  void saysHowToApproveWhatWaitsAndRunsNothing() {
    RunResult.NeedsApproval waiting = waiting();
    CommandLineRun resume = new CommandLineRun(folder);

    assertThat(resume.run("resume", waiting.run().id())).isEqualTo(ExitStatus.NEEDS_APPROVAL);
    assertThat(resume.err())
        .contains("cancel_order {\"order_id\":\"1\"}", waiting.hash().substring(0, 16));
  }

  @Test
  void refusesAHashOfOtherCalls() {
    String id = waiting().run().id();
    CommandLineRun resume = new CommandLineRun(folder);

    assertThat(resume.run("resume", id, "--approve", "auto", "--hash", "0123456789"))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(resume.err()).contains("not those that were shown");
  }

  @Test
  void goesOnWithADenial() {
    String id = waiting().run().id();
    CommandLineRun resume = new CommandLineRun(folder, ScriptedChat.says("I did not cancel it."));

    assertThat(resume.run("resume", id, "--approve", "deny")).isZero();
    assertThat(resume.out()).contains("answer   I did not cancel it.");
  }

  @Test
  void saysThatNothingWaitsWhereAHashIsGivenTwice() {
    calculate();
    CommandLineRun resume = new CommandLineRun(folder);

    assertThat(resume.run("resume", id(), "--approve", "auto", "--hash", "0123456789"))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(resume.err()).contains("calls that wait for approval, found none", "Answered");
  }

  @Test
  void refusesAJournalWhoseArgumentsWereChanged() throws IOException {
    String id = waiting().run().id();
    Path file = folder.resolve("runs").resolve(id + ".jsonl");
    Files.writeString(
        file, Files.readString(file).replace("order_id\\\":\\\"1", "order_id\\\":\\\"2"));

    for (String command : List.of("resume", "replay")) {
      CommandLineRun run = new CommandLineRun(folder);
      assertThat(run.run(command, id)).isEqualTo(ExitStatus.FAILED);
      assertThat(run.err()).contains(id + ".jsonl, line ", "damaged");
    }
  }

  @Test
  void saysThatARunDidNothingWhereItsJournalIsEmpty() throws IOException {
    Files.createDirectories(folder.resolve("runs"));
    Files.createFile(folder.resolve("runs").resolve("a1.jsonl"));
    CommandLineRun resume = new CommandLineRun(folder);

    assertThat(resume.run("resume", "a1")).isEqualTo(ExitStatus.FAILED);
    assertThat(resume.err()).contains("a1.jsonl: expected a run, found nothing");
  }

  @Test
  void refusesAFolderOfJournalsThatIsNone() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    for (List<String> line :
        List.of(
            List.of("runs", "--journal", folder.resolve("nowhere").toString()),
            List.of("resume", "a1", "--journal", file.toString()),
            List.of("replay", "a1", "--journal", file.toString()),
            List.of("agent", "hi", "--journal", file.toString()))) {
      CommandLineRun run = new CommandLineRun(folder);
      assertThat(run.run(line.toArray(String[]::new))).as(line.toString()).isEqualTo(1);
      assertThat(run.err()).contains("expected a folder of journals");
    }
  }

  @Test
  void refusesAStepThatTheRunDoesNotHave() {
    calculate();

    for (String step : List.of("0", "5", "-1")) {
      CommandLineRun replay = new CommandLineRun(folder);
      assertThat(replay.run("replay", id(), "--from=" + step)).isEqualTo(ExitStatus.FAILED);
      assertThat(replay.err()).contains("expected a step from 1 to 4, found " + step);
    }
  }

  @Test
  void doesNotKnowRunsThatAreNotThere() {
    CommandLineRun resume = new CommandLineRun(folder);

    assertThat(resume.run("resume", "nothing")).isEqualTo(ExitStatus.FAILED);
    assertThat(resume.err()).contains("begins with 'nothing', found none");
  }

  private CommandLineRun calculate() {
    CommandLineRun run =
        new CommandLineRun(
            folder,
            ScriptedChat.calls("Use calculator.", "calculator", "{\"expression\":\"2350*17%\"}"),
            ScriptedChat.says("17% of 2350 is 399.5."));
    assertThat(run.run("agent", "What is 17% of 2350?")).isZero();
    return run;
  }

  /** A run of another program in the same folder, whose tool needs approval. */
  private RunResult.NeedsApproval waiting() {
    return (RunResult.NeedsApproval)
        Agent.builder()
            .model(new ScriptedChat(ScriptedChat.calls("", "cancel_order", "{\"order_id\":\"1\"}")))
            .planner(new ReActPlanner())
            .guardrail(new ApprovalRail("cancel_order"))
            .tools(
                Toolbox.builder()
                    .add(
                        ToolCatalog.standard().get("cancel_order"),
                        (request, id) -> "{\"ok\":true}",
                        Effect.WRITE)
                    .build())
            .journal(new Journals(folder.resolve("runs")))
            .build()
            .run("cancel order 1");
  }

  private String id() {
    return new Journals(folder.resolve("runs")).list().getFirst().id();
  }
}

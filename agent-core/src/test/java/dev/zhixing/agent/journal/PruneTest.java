package dev.zhixing.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Journal;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.agent.redaction.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old journals are deleted. */
class PruneTest {
  private static final Instant NOW = Instant.parse("2030-06-30T12:00:00Z");
  private static final Instant MONTH_AGO = NOW.minus(Duration.ofDays(30));
  private static final Toolbox WIPE = Setup.tool("wipe", Effect.DANGEROUS, t -> t).build();

  @TempDir Path folder;

  private Journals journals() {
    return at(NOW);
  }

  private Journals at(Instant time) {
    return new Journals(folder, Redaction.standard(), () -> time, end -> end);
  }

  private String answered(Instant time) {
    return run(new ScriptedModel().says("Hi."), time);
  }

  private String waiting(Instant time) {
    return run(new ScriptedModel().calls("", "wipe", Setup.text("a")), time);
  }

  private String killed(Instant time) throws IOException {
    String run = answered(time);
    List<String> lines = Files.readAllLines(journal(run));
    Files.write(journal(run), lines.subList(0, lines.size() - 1));
    return run;
  }

  private String run(ScriptedModel model, Instant time) {
    RunResult result =
        Setup.agent(model, WIPE)
            .guardrail(new ApprovalRail())
            .journal(at(time))
            .build()
            .run("Do it");
    return result.run().id();
  }

  private Path journal(String run) {
    return folder.resolve(run + ".jsonl");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
    }
  }

  @Test
  void deletesJournalsAndLocksOfOldRunsOnly() throws IOException {
    String old = answered(MONTH_AGO.minusSeconds(1));
    String young = answered(MONTH_AGO);

    assertThat(journals().prune(MONTH_AGO, false)).containsExactly(old);

    assertThat(names()).containsExactly(young + ".jsonl", young + ".lock");
    assertThat(journals().prune(MONTH_AGO, false)).isEmpty();
  }

  @Test
  void keepsRunsThatCanOnlyGoOnFromTheirJournalUnlessAskedNotTo() throws IOException {
    String waiting = waiting(MONTH_AGO.minusSeconds(1));
    String killed = killed(MONTH_AGO.minusSeconds(1));

    assertThat(journals().prune(MONTH_AGO, false)).isEmpty();
    assertThat(journals().list()).hasSize(2);
    assertThat(journals().prune(MONTH_AGO, true)).containsExactlyInAnyOrder(waiting, killed);
    assertThat(names()).isEmpty();
  }

  @Test
  void keepsARunThatGoesOnJustNow() throws IOException {
    String run = answered(MONTH_AGO.minusSeconds(1));

    try (Journal open = journals().reopen(run)) {
      assertThat(open).isNotNull();
      assertThat(journals().prune(MONTH_AGO, true)).isEmpty();
    }
    assertThat(names()).containsExactly(run + ".jsonl", run + ".lock");
  }

  @Test
  void keepsAnOldRunThatWentOnLately() {
    String run = waiting(MONTH_AGO.minusSeconds(1));
    Setup.agent(new ScriptedModel().says("Done."), WIPE)
        .guardrail(new ApprovalRail())
        .journal(journals())
        .approver((_, _) -> new dev.zhixing.agent.Approver.Decision.Approve())
        .build()
        .resume(run)
        .run();

    assertThat(journals().run(run).end().orElseThrow().result()).isEqualTo("Answered");
    assertThat(journals().prune(MONTH_AGO, true)).isEmpty();
  }

  @Test
  void keepsWhatIsNoJournalOrDamaged() throws IOException {
    String damaged = answered(MONTH_AGO.minusSeconds(1));
    Files.writeString(journal(damaged), "{}\n");
    Files.writeString(folder.resolve("data.jsonl"), "{\"a\":1}\n");
    Files.createFile(folder.resolve("other.lock"));
    Files.setLastModifiedTime(folder.resolve("other.lock"), FileTime.from(Instant.EPOCH));
    List<String> before = names();

    assertThat(journals().prune(MONTH_AGO, true)).isEmpty();

    assertThat(names()).isEqualTo(before);
  }

  @Test
  void deletesOldLocksWithoutAJournal() throws IOException {
    Path old = Files.createFile(folder.resolve(UUID.randomUUID() + ".lock"));
    Files.setLastModifiedTime(old, FileTime.from(MONTH_AGO.minusSeconds(1)));
    Path young = Files.createFile(folder.resolve(UUID.randomUUID() + ".lock"));
    Files.setLastModifiedTime(young, FileTime.from(NOW));

    assertThat(journals().prune(MONTH_AGO, false)).isEmpty();

    assertThat(names()).containsExactly(String.valueOf(young.getFileName()));
  }

  @Test
  void leavesAFolderThatIsCalledLikeAJournal() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other.jsonl"));
    String old = answered(MONTH_AGO.minusSeconds(1));

    assertThat(journals().prune(MONTH_AGO, true)).containsExactly(old);
    assertThat(other).isDirectory();
  }

  @Test
  void deletesNothingWhereThereIsNoFolder() {
    assertThat(new Journals(folder.resolve("none")).prune(NOW, true)).isEmpty();
  }
}

package dev.zhixing.samples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhixing.agent.RecordedRun;
import dev.zhixing.agent.Usage;
import dev.zhixing.agent.journal.Journals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands agent, replay, resume and runs on the embedded model, each as in a process of its
 * own: what the model has read comes from beside the run's journal.
 */
class RunsInOtherProcessesTest {
  private static final String REQUEST = "What is 17% of 2350, then turn on the living room lights?";

  @TempDir Path folder;

  @Test
  void replayReadsOneTokenOfAStepAndSaysTheSame() throws IOException {
    String shown = zhixing(ExitStatus.ANSWERED, "agent", REQUEST);
    String run = only();

    String again = zhixing(ExitStatus.ANSWERED, "replay", run, "--from", "1");
    Usage first = asked(other(run)).getFirst();
    assertThat(first.input()).isGreaterThan(200);
    assertThat(first.prefilled()).isEqualTo(1);
    assertThat(again).endsWith(shown);

    Files.delete(session(run));
    String without = zhixing(ExitStatus.ANSWERED, "replay", run, "--from", "1");
    assertThat(without).isEqualTo(again);
  }

  @Test
  void replayReadsOneTokenWhereTheModelSplitItsWordsInItsOwnWay() throws IOException {
    zhixing(ExitStatus.ANSWERED, "agent", "搜一下《三体》英文版是谁翻的");
    String run = only();
    assumeTrue(Files.readString(journal(run)).contains(Usage.TURN_IDS), "it is split as usual");

    zhixing(ExitStatus.ANSWERED, "replay", run, "--from", "3");

    assertThat(asked(other(run)).getLast().prefilled()).isEqualTo(1);
  }

  @Test
  void resumeReadsWhatWasApprovedAndBroughtAlone() {
    zhixing(ExitStatus.NEEDS_APPROVAL, "agent", "--approve", "ask", "unlock the front door");
    String run = only();
    Usage before = asked(run).getFirst();
    String hash = journals().run(run).waitingHash();

    zhixing(ExitStatus.ANSWERED, "resume", run, "--approve", "auto", "--hash", hash);

    Usage after = asked(run).getLast();
    assertThat(after.cached()).isGreaterThanOrEqualTo(before.input());
    assertThat(after.prefilled()).isLessThan(60);
  }

  @Test
  void nothingIsKeptOfASecret() throws IOException {
    zhixing(ExitStatus.ANSWERED, "agent", "hello, my password is Tr0ub4dor-9f3");

    assertThat(session(only())).doesNotExist();
    assertThat(Files.readString(folder.resolve("runs").resolve(only() + ".jsonl")))
        .contains("«redacted»")
        .doesNotContain("Tr0ub4dor");
  }

  @Test
  void runsPruneDeletesIt() throws IOException {
    zhixing(ExitStatus.ANSWERED, "agent", REQUEST);
    assertThat(session(only())).exists();

    zhixing(ExitStatus.ANSWERED, "runs", "--prune", "--older-than", "0m");

    try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
      assertThat(files).isEmpty();
    }
  }

  /** Runs a command line with models of its own; what it shows. */
  private String zhixing(int expected, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Path cache = folder.resolve("cache");
    int status =
        Program.run(
            new Surroundings(
                new Directories(folder, cache),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                false,
                false,
                false,
                new HouseModels(new LocalModels(cache), null)),
            arguments);
    assertThat(status).as(err.toString(UTF_8)).isEqualTo(expected);
    return out.toString(UTF_8);
  }

  private Journals journals() {
    return new Journals(folder.resolve("runs"));
  }

  private String only() {
    assertThat(journals().list()).hasSize(1);
    return journals().list().getFirst().id();
  }

  /** The other of two runs. */
  private String other(String run) {
    List<String> others = new ArrayList<>(journals().list().stream().map(r -> r.id()).toList());
    others.remove(run);
    return others.getFirst();
  }

  private List<Usage> asked(String run) {
    RecordedRun recorded = journals().run(run);
    return recorded.steps().stream()
        .filter(step -> step.reply().isPresent())
        .map(step -> step.usage())
        .toList();
  }

  private Path journal(String run) {
    return folder.resolve("runs").resolve(run + ".jsonl");
  }

  private Path session(String run) {
    return folder.resolve("runs").resolve(run + ".tokens");
  }
}

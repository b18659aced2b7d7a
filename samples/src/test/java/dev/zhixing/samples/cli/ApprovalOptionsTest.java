package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.zhixing.agent.journal.Journals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What --approve does to calls that change something, and how such a run goes on later. */
class ApprovalOptionsTest {

  private static final String RAN = "act      set_light";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'', true, 0",
    "--approve auto, true, 0",
    "--approve-all, true, 0",
    "--approve ask, false, 4",
    "--approve deny, false, 0",
    "--approve ask --approve set_light, true, 0",
    "--approve ask --approve set_lock, false, 4"
  })
  void decidesAboutACallThatChangesSomething(String options, boolean runs, int status) {
    CommandLineRun run = run(light("bedroom"), ScriptedChat.says("Done."));

    assertThat(run.run(line("agent turn on " + options))).isEqualTo(status);

    assertThat(run.out().contains(RAN)).isEqualTo(runs);
  }

  @Test
  void runsWhatChangesNothingWithoutAsking() {
    CommandLineRun run =
        run(
            ScriptedChat.calls("", "calculator", "{\"expression\":\"1+1\"}"),
            ScriptedChat.says("2"));

    assertThat(run.run("agent", "--approve", "ask", "1+1")).isZero();
  }

  @Test
  void asksThePersonAtTheTerminal() {
    CommandLineRun run =
        run(light("bedroom"), light("kitchen"), ScriptedChat.says("Done."))
            .withPerson()
            .typing("y\nn\n");

    assertThat(run.run("agent", "--approve", "ask", "turn on")).isZero();

    assertThat(run.err()).contains("bedroom", "kitchen", "[y/N]");
    assertThat(run.out().lines().filter(line -> line.startsWith(RAN)))
        .singleElement()
        .asString()
        .contains("bedroom");
  }

  @Test
  void printsTheCommandThatApprovesAndWorks() {
    Path journals = folder.resolve("my runs");
    CommandLineRun first = run(light("bedroom"));
    assertThat(first.run("agent", "--journal", journals.toString(), "--approve=ask", "turn on"))
        .isEqualTo(ExitStatus.NEEDS_APPROVAL);
    Matcher command =
        Pattern.compile("zhixing (resume \\w+) --journal '(.*)' (--approve auto --hash \\w+)")
            .matcher(first.err());
    assertThat(command.find()).isTrue();

    CommandLineRun second = run(ScriptedChat.says("Done."));
    List<String> printed =
        new ArrayList<>(Arrays.asList((command.group(1) + " " + command.group(3)).split(" ")));
    printed.addAll(List.of("--journal", command.group(2)));

    assertThat(second.run(printed.toArray(String[]::new))).isZero();
    assertThat(second.out()).contains(RAN, "answer   Done.");
  }

  @Test
  void approvesWithAHashThoseCallsOnly() {
    String hash = waits();

    CommandLineRun resume = run(light("kitchen"));
    assertThat(resume.run("resume", id(), "--approve", "auto", "--hash", hash))
        .isEqualTo(ExitStatus.NEEDS_APPROVAL);

    assertThat(resume.out()).contains(RAN, "bedroom").doesNotContain("kitchen");
    assertThat(resume.err()).contains("kitchen", "zhixing resume");
  }

  @Test
  void goesOnAskingWhereTheRunBeganSo() {
    waits();
    assertThat(run().run("resume", id())).isEqualTo(ExitStatus.NEEDS_APPROVAL);

    CommandLineRun resume =
        run(light("kitchen"), ScriptedChat.says("Done.")).withPerson().typing("y\nn\n");
    assertThat(resume.run("resume", id())).isZero();

    assertThat(resume.out().lines().filter(line -> line.startsWith(RAN))).hasSize(1);
  }

  @Test
  void approvesTheCallsOfANamedToolWhenItGoesOn() {
    waits();

    assertThat(run(ScriptedChat.says("Done.")).run("resume", id(), "--approve", "set_light"))
        .isZero();
  }

  @Test
  void refusesAWordThatMeansNothing() {
    CommandLineRun run = run();

    assertThat(run.run("agent", "--approve", "yes", "hi")).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("expected ask, auto, deny or the name of a tool", "found 'yes'");
  }

  @Test
  void refusesTwoWaysAtOnce() {
    CommandLineRun run = run();

    assertThat(run.run("agent", "--approve", "ask", "--approve-all", "hi"))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("--approve: expected one of ask, auto, deny, found several");
  }

  @Test
  void refusesAFolderOfDocumentsThatIsNone() {
    CommandLineRun run = run();

    assertThat(run.run("agent", "--documents", "nowhere", "hi")).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("nowhere: expected a folder of documents, found none");
  }

  /** A run that waits for approval to turn on the bedroom's light; the calls' hash. */
  private String waits() {
    CommandLineRun run = run(light("bedroom"));
    assertThat(run.run("agent", "--approve", "ask", "turn on"))
        .isEqualTo(ExitStatus.NEEDS_APPROVAL);
    Matcher hash = Pattern.compile("--hash (\\w+)").matcher(run.err());
    assertThat(hash.find()).isTrue();
    return hash.group(1);
  }

  private CommandLineRun run(AiMessage... replies) {
    return new CommandLineRun(folder, replies);
  }

  private static AiMessage light(String room) {
    return ScriptedChat.calls(
        "", "set_light", "{\"room\":\"%s\",\"state\":\"on\"}".formatted(room));
  }

  private static String[] line(String text) {
    return text.strip().split(" +");
  }

  private String id() {
    return new Journals(folder.resolve("runs")).list().getFirst().id();
  }

  @Test
  void showsOneNameForWhatApprovesAllCalls() {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("agent", "--help")).isZero();

    assertThat(run.out()).contains("--approve=HOW").doesNotContain("--approve-all");
  }
}

package dev.zhixing.agent.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.Approver;
import dev.zhixing.agent.Budget;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Guardrail;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.SessionKeeper;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.Verdict;
import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.agent.redaction.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model has read of a run lies beside the run's journal. */
class SessionFilesTest {
  private static final String SECRET = "Tr0ub4dor-9f3";
  private static final Toolbox ECHO = Setup.tool("echo", Effect.READ, t -> "It is " + t).build();

  @TempDir Path folder;

  private final List<Path> broughtBack = new ArrayList<>();

  /** Writes what was said as text, which is how a test can see what would be on the disk. */
  private final SessionKeeper keeper =
      new SessionKeeper() {
        @Override
        public void keep(ChatRequest conversation, Path file, long mostBytes) {
          write(file, conversation.messages().toString());
        }

        @Override
        public void bringBack(Path file) {
          broughtBack.add(file);
        }
      };

  @Test
  void isKeptHoweverARunEnds() throws IOException {
    ScriptedModel calls = new ScriptedModel().calls("", "echo", Setup.text("one"));
    Guardrail blocking =
        new Guardrail() {
          @Override
          public Verdict onOutput(String answer, Run run) {
            return new Verdict.Block("No.", "a test");
          }
        };

    assertKept(agent(script()), RunResult.Answered.class);
    assertKept(agent(script()).guardrail(blocking), RunResult.Refused.class);
    assertKept(agent(script()).budget(Budget.STANDARD.withSteps(2)), RunResult.OutOfBudget.class);
    assertKept(
        agent(new ScriptedModel().calls("", "wipe", Setup.text("one")), wipe())
            .guardrail(new ApprovalRail()),
        RunResult.NeedsApproval.class);
    assertKept(agent(calls), RunResult.Failed.class); // it has no more lines
  }

  @Test
  void isKeptWhereARunIsCancelled() throws IOException {
    AgentBuilder builder =
        agent(script())
            .listener(
                event -> {
                  if (event instanceof AgentEvent.Observed) {
                    Thread.currentThread().interrupt();
                  }
                });

    RunResult result = builder.build().run("Say one");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result).isInstanceOf(RunResult.Cancelled.class);
    assertThat(session(result)).content().contains("Say one");
  }

  @Test
  void isNotThereWhereTheModelWasNotAsked() {
    Guardrail blocking =
        new Guardrail() {
          @Override
          public Verdict onInput(String request, List<ChatMessage> history) {
            return new Verdict.Block("No.", "a test");
          }
        };

    RunResult result = agent(script()).guardrail(blocking).build().run("Say one");

    assertThat(result).isInstanceOf(RunResult.Refused.class);
    assertThat(session(result)).doesNotExist();
  }

  @Test
  void isNotKeptOfARunWithASecretWhereverThatWas() throws IOException {
    ScriptedModel[] models = {
      new ScriptedModel().calls("", "echo", Setup.text("password=" + SECRET)).says("Done."),
      new ScriptedModel().calls("password: " + SECRET, "echo", Setup.text("a")).says("Done."),
      new ScriptedModel().says("The password is " + SECRET),
    };
    for (ScriptedModel model : models) {
      RunResult result = agent(model).build().run("Say one");

      assertThat(result).isInstanceOf(RunResult.Answered.class);
      assertThat(session(result)).doesNotExist();
    }
    Toolbox leaking =
        Setup.tool("echo", Effect.READ, _ -> "{\"token\":\"" + SECRET + "\"}").build();
    agent(script(), leaking).build().run("Say one");
    agent(script()).build().run("My password is " + SECRET);

    assertThat(everything()).doesNotContain(SECRET).contains("«redacted»");
    assertThat(names()).noneMatch(name -> name.contains(".tokens"));
  }

  @Test
  void goesWhereASecretComesLater() throws IOException {
    Toolbox leaking = Setup.tool("wipe", Effect.DANGEROUS, _ -> "password=" + SECRET).build();
    ScriptedModel first = new ScriptedModel().calls("", "wipe", Setup.text("a"));
    RunResult waiting = agent(first, leaking).guardrail(new ApprovalRail()).build().run("Wipe");
    assertThat(session(waiting)).exists();

    RunResult result =
        agent(new ScriptedModel().says("Done."), leaking)
            .guardrail(new ApprovalRail())
            .approver((_, _) -> new Approver.Decision.Approve())
            .build()
            .resume(waiting.run().id())
            .run();

    assertThat(result).isInstanceOf(RunResult.Answered.class);
    assertThat(session(waiting)).doesNotExist();
    assertThat(everything()).doesNotContain(SECRET);
  }

  @Test
  void isBroughtBackWhereARunGoesOn() {
    RunResult answered = agent(script()).build().run("Say one");
    AgentBuilder again = agent(new ScriptedModel().says("Again."));

    RunResult replayed = again.build().replay(answered.run().id(), 3).run();

    assertThat(broughtBack).containsExactly(session(answered));
    assertThat(session(replayed)).exists();
  }

  @Test
  void costsARunNothingWhereItCannotBeWrittenOrRead() throws IOException {
    SessionKeeper broken =
        new SessionKeeper() {
          @Override
          public void keep(ChatRequest conversation, Path file, long mostBytes) {
            throw new UncheckedIOException(new IOException("no room"));
          }

          @Override
          public void bringBack(Path file) {
            throw new IllegalStateException("no model");
          }
        };

    RunResult result = agent(script()).sessions(broken).build().run("Say one");
    write(session(result), "anything");
    RunResult replayed =
        agent(new ScriptedModel().says("Again."))
            .sessions(broken)
            .build()
            .replay(result.run().id(), 3)
            .run();

    assertThat(result).isInstanceOf(RunResult.Answered.class);
    assertThat(replayed.text()).isEqualTo("Again.");
    assertThat(journals().run(replayed.run().id()).end()).isPresent();
  }

  @Test
  void goesWithItsJournal() throws IOException {
    RunResult result = agent(script()).build().run("Say one");
    write(folder.resolve(result.run().id() + ".tokens-123.part"), "half of it");

    assertThat(journals().prune(Instant.now().plusSeconds(60), false)).hasSize(1);

    assertThat(names()).isEmpty();
  }

  @Test
  void goesWhereItsJournalIsGoneAlready() throws IOException {
    RunResult result = agent(script()).build().run("Say one");
    write(folder.resolve(result.run().id() + ".tokens-123.part"), "half of it");
    write(folder.resolve("mine.tokens"), "a file of someone else");
    Files.delete(folder.resolve(result.run().id() + ".jsonl"));

    journals().prune(Instant.now().minusSeconds(60), true);
    assertThat(session(result)).exists();
    journals().prune(Instant.now().plusSeconds(60), true);

    assertThat(names()).containsExactly("mine.tokens");
  }

  @Test
  void staysWhileItsJournalStays() {
    RunResult result = agent(script()).build().run("Say one");

    assertThat(journals().prune(Instant.now().minusSeconds(60), true)).isEmpty();

    assertThat(session(result)).exists();
  }

  @Test
  void takesThePlaceOfWhatAKilledProcessLeft() throws IOException {
    ScriptedModel first = new ScriptedModel().calls("", "wipe", Setup.text("a"));
    RunResult waiting = agent(first, wipe()).guardrail(new ApprovalRail()).build().run("Wipe");
    Path part = write(folder.resolve(waiting.run().id() + ".tokens-77.part"), "half of it");

    agent(new ScriptedModel().says("Done."), wipe())
        .guardrail(new ApprovalRail())
        .approver((_, _) -> new Approver.Decision.Approve())
        .build()
        .resume(waiting.run().id())
        .run();

    assertThat(part).doesNotExist();
    assertThat(session(waiting)).content().contains("wiped");
  }

  @Test
  void makesRoomForLaterOnes() throws IOException {
    SessionFiles files = new SessionFiles(folder, 10, 25);
    List<String> runs = List.of("a", "b", "c", "d");
    for (String run : runs) {
      Path journal = write(folder.resolve(run + ".jsonl"), "{}\n");
      files.keep(run, journal, (file, mostBytes) -> write(file, "x".repeat((int) mostBytes)));
      Files.setLastModifiedTime(
          files.find(run).orElseThrow(), FileTime.fromMillis(1000L * runs.indexOf(run)));
    }

    assertThat(runs.stream().filter(run -> files.find(run).isPresent())).containsExactly("c", "d");
    assertThat(names()).contains("a.jsonl", "b.jsonl");
  }

  @Test
  void isNotAskedForWhereNothingIsRecorded() {
    RunResult result = Setup.agent(script(), ECHO).sessions(keeper).build().run("Say one");

    assertThat(result).isInstanceOf(RunResult.Answered.class);
    assertThat(folder).isEmptyDirectory();
    assertThat(journals().session(UUID.randomUUID().toString())).isEmpty();
  }

  @Test
  void isNotWrittenWhereTheJournalCouldNotBe() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "there is no device that is always full");
    Journals full =
        new Journals(
            folder,
            Redaction.standard(),
            Instant::now,
            end ->
                new Appender() {
                  private int left = 8;

                  @Override
                  public void append(byte[] bytes, boolean lasting) throws IOException {
                    if (left-- <= 0) {
                      throw new IOException("No space left on device");
                    }
                    end.append(bytes, lasting);
                  }

                  @Override
                  public void close() throws IOException {
                    end.close();
                  }
                });

    RunResult result = agent(script()).journal(full).build().run("Say one");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(session(result)).doesNotExist();
  }

  private void assertKept(AgentBuilder agent, Class<? extends RunResult> end) {
    RunResult result = agent.build().run("Say one");

    assertThat(result).isInstanceOf(end);
    AiMessage last =
        result.run().steps().stream().flatMap(step -> step.reply().stream()).toList().getLast();
    assertThat(session(result)).content().contains("Say one", last.toString());
  }

  private static ScriptedModel script() {
    return new ScriptedModel().calls("", "echo", Setup.text("one")).says("It is one.");
  }

  private static Toolbox wipe() {
    return Setup.tool("wipe", Effect.DANGEROUS, t -> "wiped " + t).build();
  }

  private AgentBuilder agent(ScriptedModel model) {
    return agent(model, ECHO);
  }

  private AgentBuilder agent(ScriptedModel model, Toolbox tools) {
    return Setup.agent(model, tools).journal(journals()).sessions(keeper);
  }

  private Journals journals() {
    return new Journals(folder);
  }

  private Path session(RunResult of) {
    return folder.resolve(of.run().id() + ".tokens");
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private String everything() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : names()) {
      all.append(new String(Files.readAllBytes(folder.resolve(name)), UTF_8));
    }
    return all.toString();
  }
}

package dev.zhixing.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.JournalEntry;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.guardrail.ApprovalRail;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Journals for which the disk has no room, or where nobody may write. */
@Timeout(120)
class NoRoomTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  /** Writes so many lines, then half a line, and then finds the disk full. */
  private static final class FillingAppender implements Appender {
    private final Appender end;
    private int left;

    FillingAppender(Appender end, int left) {
      this.end = end;
      this.left = left;
    }

    @Override
    public void append(byte[] bytes, boolean lasting) throws IOException {
      if (left-- > 0) {
        end.append(bytes, lasting);
        return;
      }
      end.append(Arrays.copyOf(bytes, bytes.length / 2), false);
      try (FileChannel full = FileChannel.open(FULL, StandardOpenOption.WRITE);
          FileAppender rest = new FileAppender(full, () -> {})) {
        rest.append(bytes, lasting);
      }
    }

    @Override
    public void close() throws IOException {
      end.close();
    }
  }

  @Test
  void writesNothingWithoutItsIntentWhereverTheDiskIsFull() throws IOException {
    assumeTrue(Files.exists(FULL), "there is no device that is always full");
    int lines = lines(folder.resolve("whole"), Integer.MAX_VALUE);
    assertThat(lines).isGreaterThan(15);

    for (int room = 0; room < lines; room++) {
      Path at = folder.resolve("room-" + room);
      ThreeWrites run = new ThreeWrites(at.resolve("world"));
      int lasting = room;
      Journals journals = ThreeWrites.journals(at, end -> new FillingAppender(end, lasting));

      RunResult result = run.agent(journals).build().run(ThreeWrites.REQUEST);

      assertThat(intended(journals, result)).containsAll(run.written());
      if (room == lines - 1) { // all was done, only the end could not be noted
        assertThat(result).isInstanceOf(RunResult.Answered.class);
      } else {
        assertThat(result).isInstanceOf(RunResult.Failed.class);
        assertThat(result.reason())
            .contains(at.resolve("runs").resolve(result.run().id() + ".jsonl").toString())
            .contains("No space left on device; make room, then resume the run");
      }
      if (room > 0) {
        resume(at, result.run().id());
      }
    }
  }

  /** With room again, it is done to its end, each write at most once. */
  private static void resume(Path at, String id) {
    ThreeWrites run = new ThreeWrites(at.resolve("world"));

    RunResult result = run.agent(ThreeWrites.journals(at, end -> end)).build().resume(id).run();

    assertThat(result).isInstanceOf(RunResult.Answered.class);
    assertThat(run.written()).doesNotHaveDuplicates();
    assertThat(run.written().size() + result.run().inDoubt().size()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void asksAgainWhereWhatWaitsForApprovalCouldNotBeNoted() {
    assumeTrue(Files.exists(FULL), "there is no device that is always full");
    List<String> wiped = new ArrayList<>();
    Function<Integer, Agent> agent =
        room ->
            Setup.agent(
                    new ScriptedModel().calls("", "wipe", Setup.text("a")).says("Gone."),
                    Setup.tool(
                            "wipe",
                            Effect.DANGEROUS,
                            t -> {
                              wiped.add(t);
                              return "gone";
                            })
                        .build())
                .guardrail(new ApprovalRail())
                .journal(ThreeWrites.journals(folder, end -> new FillingAppender(end, room)))
                .build();
    RunResult whole = agent.apply(Integer.MAX_VALUE).run("wipe a");
    Journals journals = ThreeWrites.journals(folder, end -> end);
    int lines = journals.read(whole.run().id()).size();

    RunResult result = agent.apply(lines - 1).run("wipe a");

    assertThat(whole).isInstanceOf(RunResult.NeedsApproval.class);
    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(result.run().await()).isSameAs(result);
    assertThat(result.reason()).contains("make room, then resume the run");
    Agent withRoom = agent.apply(Integer.MAX_VALUE);
    RunResult asked = withRoom.resume(result.run().id()).run();
    assertThat(asked).isInstanceOf(RunResult.NeedsApproval.class);
    assertThat(wiped).isEmpty();
  }

  private static List<String> intended(Journals journals, RunResult result) {
    return journals.read(result.run().id()).stream()
        .filter(
            entry ->
                entry instanceof JournalEntry.Intended intended
                    && intended.effect() == Effect.WRITE)
        .map(entry -> ((JournalEntry.Intended) entry).call().call().arguments())
        .map(arguments -> arguments.replaceAll(".*:\"|\"}", ""))
        .toList();
  }

  private static int lines(Path at, int room) {
    Journals journals = ThreeWrites.journals(at, end -> new FillingAppender(end, room));
    RunResult whole =
        new ThreeWrites(at.resolve("world")).agent(journals).build().run(ThreeWrites.REQUEST);
    return journals.read(whole.run().id()).size();
  }

  @Test
  void leavesNoModelAndNoToolBehind() throws InterruptedException {
    assumeTrue(Files.exists(FULL), "there is no device that is always full");
    CountDownLatch stopped = new CountDownLatch(2);
    Toolbox reading = Setup.tool("look", Effect.READ, t -> waitForAnInterrupt(stopped)).build();
    StreamingChatModel speaking =
        new StreamingChatModel() {
          @Override
          public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            for (int i = 0; i < 2; i++) { // for the second there is no room
              handler.onCompleteToolCall(
                  new CompleteToolCall(
                      i,
                      ToolExecutionRequest.builder()
                          .id("c" + i)
                          .name("look")
                          .arguments(Setup.text("t" + i))
                          .build()));
            }
            waitForAnInterrupt(stopped);
          }
        };
    Journals journals = ThreeWrites.journals(folder, end -> new FillingAppender(end, 4));

    RunResult result =
        Agent.builder()
            .model(speaking)
            .planner(Setup.IN_TURNS)
            .tools(reading)
            .journal(journals)
            .build()
            .run("Look!");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(result.reason()).contains("No space left on device");
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void leavesNoCallsBehindThatRunTogether() throws InterruptedException {
    assumeTrue(Files.exists(FULL), "there is no device that is always full");
    CountDownLatch stopped = new CountDownLatch(1);
    Toolbox reading = Setup.tool("look", Effect.READ, t -> waitForAnInterrupt(stopped)).build();
    ScriptedModel model =
        new ScriptedModel().calls("", "look", Setup.text("a"), "look", Setup.text("b"));
    // room for: begun, opened, asked, told, acting and the first intent
    Journals journals = ThreeWrites.journals(folder, end -> new FillingAppender(end, 6));

    RunResult result = Setup.agent(model, reading).journal(journals).build().run("Look!");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(journals.read(result.run().id()).getLast())
        .isInstanceOf(JournalEntry.Intended.class);
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static String waitForAnInterrupt(CountDownLatch stopped) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      stopped.countDown();
    }
    return "";
  }

  @Test
  void saysWhereNoFolderCanBeMade() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertCannotBeMade(file.resolve("runs"));
    assertCannotBeMade(file);
  }

  @Test
  void saysWhereNobodyMayWrite() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(closed), "this user may write everywhere");

    assertCannotBeMade(closed);
    assertCannotBeMade(closed.resolve("runs"));
    assertThat(closed).isEmptyDirectory();
  }

  @Test
  void doesNotResumeARunWhoseJournalMayOnlyBeRead() throws IOException {
    ScriptedModel model = new ScriptedModel().calls("", "write", Setup.text("x"));
    Toolbox tools = Setup.tool("write", Effect.WRITE, t -> t).build();
    Journals journals = new Journals(folder);
    String id = Setup.agent(model, tools).journal(journals).build().run("write x").run().id();
    Path file = folder.resolve(id + ".jsonl");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assumeFalse(Files.isWritable(file), "this user may write everywhere");

    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> Setup.agent(model, tools).journal(journals).build().resume(id).run())
        .withMessageContainingAll(
            file.toString(), "access denied", "give the right to write there");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    journals.reopen(id).close(); // the lock is free again
  }

  private static void assertCannotBeMade(Path at) throws IOException {
    ScriptedModel model = new ScriptedModel().says("Hi.");

    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(
            () -> Setup.agent(model, Toolbox.of()).journal(new Journals(at)).build().run("say hi"))
        .withMessageContainingAll(
            at.toString(), "cannot be made", "give the right to write there", "another folder");
    assertThat(model.requests()).isEmpty();
    if (Files.isDirectory(at)) {
      try (Stream<Path> files = Files.list(at)) {
        assertThat(files).isEmpty();
      }
    }
  }
}

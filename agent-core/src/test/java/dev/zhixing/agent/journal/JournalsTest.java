package dev.zhixing.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Journal;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.redaction.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalsTest {
  private static final Toolbox ECHO = Setup.tool("echo", Effect.WRITE, t -> t).build();

  @TempDir Path folder;

  @Test
  void letsOnlyTheOwnerReadAJournal() throws IOException {
    Path file = recorded();

    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "", "a/b", "-rf", "a.b", "C:x"})
  void refusesNamesThatAreNoNamesOfRuns(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Journals(folder).read(name));
  }

  @Test
  void dropsALineThatWasNotWrittenToItsEnd() throws IOException {
    Path file = recorded();
    int whole = new Journals(folder).read(id(file)).size();
    Files.writeString(file, "{\"n\":99,\"at\":\"20", StandardOpenOption.APPEND);

    assertThat(new Journals(folder).read(id(file))).hasSize(whole);
  }

  @Test
  void namesFileAndLineOfADamage() throws IOException {
    Path file = recorded();
    List<String> lines = Files.readAllLines(file);
    String third = lines.get(2);

    for (String damaged : List.of("", "x", third.replace('1', '2'), lines.get(3), third + " ")) {
      lines.set(2, damaged);
      Files.write(file, lines);
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> new Journals(folder).read(id(file)))
          .withMessageContainingAll(file.toString(), "line 3");
    }
    assertThat(new Journals(folder).list())
        .extracting(Journals.Summary::state)
        .containsExactly(Journals.Summary.DAMAGED);
  }

  @Test
  void listsRunsWithTheirRequestsAndStates() throws IOException {
    Path answered = recorded();
    Path killed = recorded();
    List<String> lines = Files.readAllLines(killed);
    Files.write(killed, lines.subList(0, lines.size() - 1));

    assertThat(new Journals(folder).list())
        .extracting(s -> s.id() + " " + s.request() + " " + s.state())
        .containsExactlyInAnyOrder(
            id(answered) + " say hi Answered", id(killed) + " say hi Unfinished");
  }

  @Test
  void findsARunByTheBeginningOfItsName() throws IOException {
    Path file = recorded();
    Journals journals = new Journals(folder);

    assertThat(journals.find(id(file).substring(0, 8))).isEqualTo(id(file));
    assertThatIllegalArgumentException().isThrownBy(() -> journals.find("x"));
  }

  @Test
  void isWrittenByOneAtATime() throws IOException {
    Path file = recorded();
    Journals journals = new Journals(folder);

    try (Journal open = journals.reopen(id(file))) {
      assertThatIllegalStateException().isThrownBy(() -> journals.reopen(id(file)));
      assertThat(open).isNotNull();
    }
    journals.reopen(id(file)).close();
  }

  @Test
  void survivesAnInterruptOfTheRun() {
    Thread caller = Thread.currentThread();
    Toolbox tools =
        Setup.tool(
                "stop",
                Effect.WRITE,
                t -> {
                  caller.interrupt();
                  return t;
                })
            .build();
    Journals journals = new Journals(folder);

    RunResult result =
        Setup.agent(new ScriptedModel().calls("", "stop", Setup.text("x")).says("Hi"), tools)
            .journal(journals)
            .build()
            .run("stop");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(journals.run(result.run().id()).end()).isPresent();
    assertThat(journals.run(result.run().id()).steps()).isEqualTo(result.run().steps());
  }

  @Test
  void endsTheRunBeforeACallThatItCannotRecord() {
    List<String> ran = new java.util.ArrayList<>();
    Toolbox tools =
        Setup.tool(
                "write",
                Effect.WRITE,
                t -> {
                  ran.add(t);
                  return t;
                })
            .build();
    Journals full =
        new Journals(
            folder,
            Redaction.standard(),
            java.time.InstantSource.system(),
            end ->
                new Appender() {
                  @Override
                  public void append(byte[] bytes, boolean lasting) throws IOException {
                    if (new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                        .contains("Intended")) {
                      throw new IOException("no space left on device");
                    }
                    end.append(bytes, lasting);
                  }

                  @Override
                  public void close() throws IOException {
                    end.close();
                  }
                });

    RunResult result =
        Setup.agent(new ScriptedModel().calls("", "write", Setup.text("x")), tools)
            .journal(full)
            .build()
            .run("write x");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(result.reason()).contains("cannot be written", "no space left on device");
    assertThat(ran).isEmpty();
  }

  private Path recorded() throws IOException {
    ScriptedModel model = new ScriptedModel().calls("", "echo", Setup.text("hi")).says("Hi");
    RunResult result = Setup.agent(model, ECHO).journal(new Journals(folder)).build().run("say hi");
    return folder.resolve(result.run().id() + ".jsonl");
  }

  private static String id(Path file) {
    return String.valueOf(file.getFileName()).replace(".jsonl", "");
  }
}

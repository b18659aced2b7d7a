package dev.zhixing.agent.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.agent.CallCheck;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.JournalEntry;
import dev.zhixing.agent.Observation;
import dev.zhixing.agent.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Resumes runs whose process died. Processes really die after each line of the journal and in the
 * middle of each that matters to a resumed run, and within the tools; what a death at any other
 * byte leaves is made by cutting a whole journal there, which a test shows to be the same.
 */
class KilledProcessTest {
  @TempDir Path folder;

  @Test
  void writesAtMostOnceAndTellsTheTruthWhereverAProcessDies() throws Exception {
    byte[] whole = wholeJournal();
    List<JournalEntry> entries = Lines.read(Path.of("whole"), whole).entries();
    int start = 0;
    for (JournalEntry entry : entries) {
      int end = start + 1 + new String(whole, start, whole.length - start, UTF_8).indexOf('\n');
      boolean torn = !(entry instanceof JournalEntry.Happened);
      for (int offset : torn ? List.of((start + end) / 2, end) : List.of(end)) {
        Path at = folder.resolve("killed-" + offset);
        kill(at, Integer.toString(offset));
        assertThat(Files.size(journal(at))).isEqualTo(offset);
        checkResumed(at);
      }
      start = end;
    }
  }

  @Test
  void writesAtMostOnceAndTellsTheTruthWhereAProcessDiesInATool() throws Exception {
    for (int write = 1; write <= 3; write++) {
      for (String moment : List.of("before", "after")) {
        Path at = folder.resolve(moment + write);
        kill(at, "1000000", Integer.toString(write), moment);

        RunResult result = checkResumed(at);

        assertThat(result.run().inDoubt())
            .singleElement()
            .asString()
            .contains(ThreeWrites.WRITES.get(write - 1));
      }
    }
  }

  @Test
  void writesAtMostOnceAndTellsTheTruthWhereverTheJournalIsCut() throws IOException {
    byte[] whole = wholeJournal();
    IntFunction<List<String>> world = worldAt(whole);
    int first = lineEnds(whole).getFirst();
    Path at = folder.resolve("cut");
    for (int offset = first; offset < whole.length; offset++) {
      lay(at, id(folder.resolve("whole")), Arrays.copyOf(whole, offset), world.apply(offset));
      checkResumed(at);
    }
  }

  @Test
  void writesAtMostOnceAndTellsTheTruthWhereTheResumedRunDiesToo() throws Exception {
    Path first = folder.resolve("first");
    kill(first, "1000000", "2", "before");
    checkResumed(first);
    byte[] whole = Files.readAllBytes(journal(first));
    IntFunction<List<String>> world = worldAt(whole);
    Path at = folder.resolve("again");
    for (int end : lineEnds(whole)) {
      if (end < whole.length) {
        lay(at, id(first), Arrays.copyOf(whole, end), world.apply(end));
        checkResumed(at);
      }
    }
  }

  @Test
  void leavesWhatACutLeaves() throws Exception {
    byte[] whole = wholeJournal();
    int offset = whole.length / 2;
    Path killed = folder.resolve("killed");
    kill(killed, Integer.toString(offset));

    assertThat(Files.size(journal(killed))).isEqualTo(offset);
    assertThat(new ThreeWrites(killed.resolve("world")).written())
        .isEqualTo(worldAt(whole).apply(offset));
  }

  @Test
  void writesExactlyOnceWhereTheToolSaysHowToCheck() throws Exception {
    for (String moment : List.of("before", "after")) {
      Path at = folder.resolve(moment);
      kill(at, "1000000", "2", moment);
      ThreeWrites run = new ThreeWrites(at.resolve("world"));
      Journals journals = ThreeWrites.journals(at, end -> end);
      CallCheck check =
          call ->
              run.written().stream().anyMatch(w -> call.arguments().contains("\"" + w + "\""))
                  ? CallCheck.Finding.DONE
                  : CallCheck.Finding.NOT_DONE;

      RunResult result =
          run.agent(journals)
              .tools(run.tools().check("write", check).build())
              .build()
              .resume(id(at))
              .run();

      assertThat(result).isInstanceOf(RunResult.Answered.class);
      assertThat(result.run().inDoubt()).isEmpty();
      assertThat(run.written()).isEqualTo(ThreeWrites.WRITES);
    }
  }

  @Test
  void repeatsACallInDoubtWhereTheToolIsIdempotent() throws Exception {
    kill(folder, "1000000", "2", "after");
    ThreeWrites run = new ThreeWrites(folder.resolve("world"));

    RunResult result =
        run.agent(ThreeWrites.journals(folder, end -> end))
            .tools(run.tools().idempotent("write").build())
            .build()
            .resume(id(folder))
            .run();

    assertThat(result.run().inDoubt()).isEmpty();
    assertThat(run.written()).containsExactly("a", "b", "b", "c");
  }

  /** Resumes what lies in {@code at}; each write must be where it is said to be. */
  private static RunResult checkResumed(Path at) throws IOException {
    ThreeWrites run = new ThreeWrites(at.resolve("world"));
    Journals journals = ThreeWrites.journals(at, KilledProcessTest::withoutForce);
    String id = id(at);
    if (journals.read(id).isEmpty()) { // it died before its first line: nothing was done
      assertThat(run.written()).isEmpty();
      return run.agent(journals).build().run(ThreeWrites.REQUEST);
    }
    if (journals.run(id).end().isPresent()) {
      assertThat(run.written()).isEqualTo(ThreeWrites.WRITES);
      return run.agent(journals).build().replay(id, 1).run();
    }
    long known = journals.run(id).steps().stream().filter(s -> s.reply().isPresent()).count();

    RunResult result = run.agent(journals).build().resume(id).run();

    assertThat(result).isInstanceOf(RunResult.Answered.class);
    assertThat(run.questions.get() + known).isEqualTo(3);
    assertThat(run.written()).doesNotHaveDuplicates().isSubsetOf(ThreeWrites.WRITES);
    List<Observation> writes =
        result.run().steps().stream()
            .flatMap(step -> step.observations().stream())
            .filter(o -> o.call().name().equals("write"))
            .toList();
    assertThat(writes).hasSize(3);
    for (int i = 0; i < 3; i++) {
      String text = ThreeWrites.WRITES.get(i);
      switch (writes.get(i)) {
        case Observation.Success done -> {
          assertThat(done.text()).isEqualTo("wrote " + text);
          assertThat(run.written()).contains(text);
        }
        case Observation.InDoubt doubt -> assertThat(doubt.text()).contains("in doubt");
        case Observation.Failure failure -> assertThat(failure).isNull();
      }
    }
    assertThat(journals.run(id).steps()).isEqualTo(result.run().steps());
    return result;
  }

  /** For tests that resume thousands of times: a killed process needs no disk. */
  private static Appender withoutForce(Appender end) {
    return new Appender() {
      @Override
      public void append(byte[] bytes, boolean lasting) throws IOException {
        end.append(bytes, false);
      }

      @Override
      public void close() throws IOException {
        end.close();
      }
    };
  }

  private byte[] wholeJournal() throws IOException {
    Path at = folder.resolve("whole");
    ThreeWrites run = new ThreeWrites(at.resolve("world"));
    run.agent(ThreeWrites.journals(at, end -> end)).build().run(ThreeWrites.REQUEST);
    return Files.readAllBytes(journal(at));
  }

  private static List<Integer> lineEnds(byte[] journal) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < journal.length; i++) {
      if (journal[i] == '\n') {
        ends.add(i + 1);
      }
    }
    return ends;
  }

  /** What is written in the world when the journal has so many bytes. */
  private static IntFunction<List<String>> worldAt(byte[] whole) {
    List<Integer> ends = lineEnds(whole);
    List<JournalEntry> entries = Lines.read(Path.of("whole"), whole).entries();
    return offset -> {
      List<String> written = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        if (entries.get(i) instanceof JournalEntry.Intended intended
            && intended.effect() == Effect.WRITE
            && ends.get(i) < offset
            && entries.get(i + 1) instanceof JournalEntry.Brought) {
          written.add(intended.call().call().arguments().replaceAll(".*:\"|\"}", ""));
        }
      }
      return written;
    };
  }

  private static void lay(Path at, String id, byte[] journal, List<String> world)
      throws IOException {
    Files.createDirectories(at.resolve("runs"));
    Files.write(at.resolve("runs").resolve(id + ".jsonl"), journal);
    Files.write(at.resolve("world"), world);
  }

  private static void kill(Path at, String... arguments) throws Exception {
    Files.createDirectories(at);
    List<String> all = new ArrayList<>(List.of(at.toString()));
    Collections.addAll(all, arguments);
    ChildJvm child = ChildJvm.start(ThreeWrites.class, at.resolve("output"), all);
    assertThat(child.exitValue()).as(child.output()).isEqualTo(9);
  }

  private static Path journal(Path at) throws IOException {
    try (Stream<Path> files = Files.list(at.resolve("runs"))) {
      return files.filter(f -> f.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }

  private static String id(Path at) throws IOException {
    return String.valueOf(journal(at).getFileName()).replace(".jsonl", "");
  }
}

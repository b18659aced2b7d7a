package dev.zhixing.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.zhixing.agent.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run is held by one at a time, whatever other processes try. */
@Timeout(600)
class RivalsTest {
  private static final int ROUNDS = 1000;

  @TempDir Path folder;

  @RepeatedTest(3)
  void oneOfTwoProcessesResumesARun() throws Exception {
    String run = killed();
    ChildJvm first = rival("first", "resume", run);
    ChildJvm second = rival("second", "resume", run);

    Files.createFile(folder.resolve("go"));

    List<Integer> ends = List.of(first.exitValue(), second.exitValue());
    assertThat(ends)
        .as(first.output() + second.output())
        .containsExactlyInAnyOrder(Rival.WON, Rival.LOST);
    assertThat((ends.getFirst() == Rival.LOST ? first : second).output())
        .contains(run + ".lock", "found one that runs just now");
    assertThat(new ThreeWrites(folder.resolve("world")).written())
        .doesNotHaveDuplicates()
        .contains("b", "c");
    assertThat(journals().run(run).end().orElseThrow().result()).isEqualTo("Answered");
  }

  @Test
  void anAttemptRefusedInThisProcessDoesNotLetAnotherIn() throws Exception {
    String run = killed();
    Files.createFile(folder.resolve("go"));

    try (Journal held = journals().reopen(run)) {
      assertThat(held).isNotNull();
      assertThatIllegalStateException().isThrownBy(() -> journals().reopen(run));
      assertThatIllegalStateException()
          .isThrownBy(() -> new Journals(folder.resolve("runs/../runs")).reopen(run));

      ChildJvm child = rival("child", "resume", run);
      assertThat(child.exitValue()).as(child.output()).isEqualTo(Rival.LOST);
    }
    journals().reopen(run).close();
  }

  @Test
  void aLockHasOneHolderAlthoughItsFileIsDeleted() throws Exception {
    List<ChildJvm> rivals = new ArrayList<>();
    for (String name : List.of("first", "second", "third")) {
      rivals.add(rival(name, "lock", Integer.toString(ROUNDS)));
    }

    Files.createFile(folder.resolve("go"));

    for (ChildJvm rival : rivals) {
      assertThat(rival.exitValue()).as(rival.output()).isEqualTo(Rival.WON);
    }
  }

  @Test
  void aLockThatIsClosedTwiceDoesNotFreeTheNextHolders() throws IOException {
    Path file = folder.resolve("run.lock");
    RunLock first = RunLock.of(file);
    first.close();

    try (RunLock second = RunLock.of(file)) {
      first.close();
      assertThat(second).isNotNull();
      assertThatIllegalStateException().isThrownBy(() -> RunLock.of(file));
    }
  }

  /** A run whose process died in its first write. */
  private String killed() throws Exception {
    ChildJvm child =
        ChildJvm.start(
            ThreeWrites.class,
            folder.resolve("killed"),
            List.of(folder.toString(), "1000000", "1", "before"));
    assertThat(child.exitValue()).as(child.output()).isEqualTo(9);
    return journals().list().getFirst().id();
  }

  private ChildJvm rival(String name, String... what) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(folder.toString()));
    arguments.addAll(List.of(what));
    return ChildJvm.start(Rival.class, folder.resolve(name), arguments);
  }

  private Journals journals() {
    return ThreeWrites.journals(folder, end -> end);
  }
}

package dev.zhixing.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TeamTest {
  @Test
  void doesEveryTaskOnce() {
    try (Team team = new Team(3)) {
      for (int tasks = 0; tasks < 200; tasks++) {
        int[] done = new int[tasks];

        team.run(tasks, new Scratch(), (task, scratch) -> done[task]++);

        assertThat(Arrays.stream(done).allMatch(n -> n == 1)).isTrue();
      }
    }
  }

  @Test
  void anotherCallerDoesItsTasksAlone() {
    try (Team team = new Team(2)) {
      AtomicInteger inner = new AtomicInteger();

      team.run(
          4,
          new Scratch(),
          (task, scratch) -> team.run(5, new Scratch(), (nested, own) -> inner.incrementAndGet()));

      assertThat(inner).hasValue(20);
    }
  }

  @Test
  void throwsWhatATaskThrows() {
    try (Team team = new Team(2)) {
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(
                () ->
                    team.run(
                        10,
                        new Scratch(),
                        (task, scratch) -> {
                          throw new UnsupportedOperationException("task " + task);
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasCauseInstanceOf(UnsupportedOperationException.class);
      }
      AtomicInteger done = new AtomicInteger();

      team.run(10, new Scratch(), (task, scratch) -> done.incrementAndGet());

      assertThat(done).hasValue(10);
    }
  }

  @Test
  void worksAloneAfterClosing() {
    Team team = new Team(2);
    team.close();
    team.close();
    AtomicInteger done = new AtomicInteger();

    team.run(10, new Scratch(), (task, scratch) -> done.incrementAndGet());

    assertThat(done).hasValue(10);
  }

  @Test
  void refusesATeamOfNobody() {
    assertThatThrownBy(() -> new Team(0).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: expected 1 or more, found 0");
  }
}

package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.agent;
import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Many runs at once in one process. */
@Isolated("it counts threads")
class ManyRunsTest {
  private static final int RUNS = 200;
  private static final Duration SLOW = Duration.ofMillis(100);

  private final AtomicInteger called = new AtomicInteger();
  private final Toolbox tools =
      tool(
              "slow",
              Effect.READ,
              t -> {
                called.incrementAndGet();
                sleep();
                return t + "!";
              })
          .build();

  private static void sleep() {
    try {
      Thread.sleep(SLOW);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Agent newAgent(int number) {
    String mine = "run" + number;
    ScriptedModel model =
        new ScriptedModel()
            .calls("One.", "slow", text(mine), "slow", text(mine))
            .calls("Two.", "slow", text(mine))
            .says("Done " + mine);
    return agent(model, tools).build();
  }

  @Test
  void twoHundredRunsWithSlowToolsAllEndAndLeaveNothingBehind() throws Exception {
    newAgent(-1).run("Go"); // threads that the first run of a process starts for good
    Set<Thread> before = threads();
    called.set(0);
    Instant started = Instant.now();

    List<WeakReference<Run>> ended = runAll();

    assertThat(called).hasValue(3 * RUNS);
    // One after another their tools alone would take 40 seconds; none had to wait for the others.
    assertThat(Duration.between(started, Instant.now())).isLessThan(SLOW.multipliedBy(2 * RUNS));
    awaitNoneBut(before);
    awaitCleared(ended);
  }

  private List<WeakReference<Run>> runAll() {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      runs.add(newAgent(i).converse().start("Go", AgentListener.NONE));
    }
    List<WeakReference<Run>> references = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      Run run = runs.get(i);
      assertThat(run.await()).isEqualTo(new RunResult.Answered(run, "Done run" + i));
      references.add(new WeakReference<>(run));
    }
    return references;
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("zhixing"))
        .collect(Collectors.toSet());
  }

  private static void awaitNoneBut(Set<Thread> expected) throws InterruptedException {
    Set<Thread> found = threads();
    for (int i = 0; i < 200 && !expected.containsAll(found); i++) {
      Thread.sleep(50);
      found = threads();
    }
    assertThat(expected).containsAll(found);
  }

  private static void awaitCleared(List<WeakReference<Run>> runs) throws InterruptedException {
    for (int i = 0; i < 100 && runs.stream().anyMatch(run -> run.get() != null); i++) {
      System.gc();
      Thread.sleep(50);
    }
    assertThat(runs).allMatch(run -> run.get() == null, "is left behind");
  }
}

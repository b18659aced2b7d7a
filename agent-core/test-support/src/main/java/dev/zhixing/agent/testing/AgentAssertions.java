package dev.zhixing.agent.testing;

import dev.zhixing.agent.Run;
import dev.zhixing.agent.RunResult;
import org.assertj.core.util.CheckReturnValue;

/**
 * Where assertions on an agent begin:
 *
 * <pre>{@code
 * RunResult result = agent.run("Turn on the kitchen light");
 *
 * assertThat(result)
 *     .called("set_light").with("room", "kitchen").with("state", "on").times(1)
 *     .neverCalled("unlock")
 *     .answerContains("kitchen")
 *     .usedAtMostSteps(4);
 * }</pre>
 *
 * <p>Where one fails, its message shows the whole trajectory.
 */
public final class AgentAssertions {

  private AgentAssertions() {}

  /** What a run that is over did. */
  @CheckReturnValue
  public static RunAssert assertThat(RunResult result) {
    return new RunAssert(result);
  }

  /** What a run did; waits for its end, which its budget bounds. */
  @CheckReturnValue
  public static RunAssert assertThat(Run run) {
    return new RunAssert(run.await());
  }
}

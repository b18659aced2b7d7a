package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.agent;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.zhixing.agent.AgentEvent.ModelFailed;
import dev.zhixing.agent.AgentEvent.ModelFailed.Remedy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of a run whose model fails. */
class RetryTest {
  private static final Toolbox ECHO = tool("echo", Effect.READ, t -> t).build();
  private static final RandomGenerator LONGEST = () -> 0;
  private static final Retry QUICK =
      new Retry(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20));

  private final List<AgentEvent> events = new ArrayList<>();

  private static ScriptedModel failing(int times, RuntimeException failure) {
    ScriptedModel model = new ScriptedModel();
    for (int i = 0; i < times; i++) {
      model.does(
          _ -> {
            throw failure;
          });
    }
    return model;
  }

  private List<Remedy> remedies() {
    return events.stream()
        .filter(ModelFailed.class::isInstance)
        .map(event -> ((ModelFailed) event).then())
        .toList();
  }

  @Test
  void asksAgainAfterAFailureThatMayPass() {
    ScriptedModel model = failing(2, new RateLimitException("too many")).says("Here.");

    RunResult result = agent(model, ECHO).retry(QUICK).listener(events::add).build().run("Go");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Here."));
    assertThat(remedies()).containsExactly(Remedy.RETRY, Remedy.RETRY);
    assertThat(result.run().steps()).hasSize(1);
  }

  @Test
  void doesNotAskAgainAfterAFailureThatSaysThatItStays() {
    IOException missing = new IOException("no such file");
    ScriptedModel model = failing(1, new ModelNotFoundException("m.gguf: not there", missing));

    RunResult result = agent(model, ECHO).retry(QUICK).listener(events::add).build().run("Go");

    assertThat(result.reason()).contains("m.gguf: not there");
    assertThat(remedies()).containsExactly(Remedy.END);
  }

  @Test
  void letsTheNextModelTakeOver() {
    ScriptedModel first = failing(3, new RateLimitException("too many"));
    ScriptedModel second = failing(1, new AuthenticationException("no key"));
    ScriptedModel third = new ScriptedModel().says("Here.");

    RunResult result =
        agent(first, ECHO)
            .fallback(second)
            .fallback(third.streaming())
            .retry(QUICK)
            .listener(events::add)
            .build()
            .run("Go");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Here."));
    assertThat(remedies())
        .containsExactly(Remedy.RETRY, Remedy.RETRY, Remedy.NEXT_MODEL, Remedy.NEXT_MODEL);
    assertThat(events)
        .contains(new ModelFailed(1, "ScriptedModel", 1, "no key", Remedy.NEXT_MODEL, false, 0));
  }

  @Test
  void failsWithTheLastReasonWhenNoModelIsLeft() {
    ScriptedModel model = failing(9, new RateLimitException("too many"));

    RunResult result = agent(model, ECHO).retry(QUICK).listener(events::add).build().run("Go");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(result.reason()).isEqualTo("the model failed: too many");
    assertThat(remedies()).containsExactly(Remedy.RETRY, Remedy.RETRY, Remedy.END);
    assertThat(model.requests()).hasSize(3);
  }

  @Test
  void doesNotRepeatWhatCannotPass() {
    ScriptedModel model = failing(9, new AuthenticationException("no key"));

    RunResult result = agent(model, ECHO).retry(QUICK).build().run("Go");

    assertThat(result.reason()).isEqualTo("the model failed: no key");
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void aCallThatTakesTooLongCountsAsFailed() {
    Retry impatient = new Retry(2, Duration.ZERO, Duration.ZERO, Duration.ofMillis(50));
    ScriptedModel model =
        new ScriptedModel()
            .does(
                _ -> {
                  Setup.forever();
                  throw new AssertionError("not reached");
                })
            .says("Here.");

    RunResult result = agent(model, ECHO).retry(impatient).listener(events::add).build().run("Go");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Here."));
    assertThat(events.toString()).contains("no reply within 0.05 s");
  }

  @Test
  void waitsNoLongerThanTheRunMay() {
    Retry slow = new Retry(3, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(20));
    ScriptedModel model = failing(9, new RateLimitException("too many"));

    RunResult result =
        agent(model, ECHO)
            .retry(slow)
            .budget(Budget.STANDARD.withTime(Duration.ofMillis(200)))
            .build()
            .run("Go");

    assertThat(result).isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.TIME, ""));
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void stopsWaitingWhenTheRunIsCancelled() {
    Retry slow = new Retry(3, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(20));
    ScriptedModel model = failing(9, new RateLimitException("too many"));
    Run[] run = new Run[1];
    Conversation conversation = agent(model, ECHO).retry(slow).build().converse();

    run[0] =
        conversation.start(
            "Go",
            event -> {
              if (event instanceof ModelFailed) {
                run[0].cancel();
              }
            });

    assertThat(run[0].await()).isInstanceOf(RunResult.Cancelled.class);
  }

  /** A refusal that says when to ask again, behind another one as clients wrap it. */
  private static RuntimeException askingToWait(Duration time) {
    class Refusal extends RuntimeException implements RetryAfter {
      @java.io.Serial private static final long serialVersionUID = 1L;

      @Override
      public Duration retryAfter() {
        return time;
      }
    }

    return new RateLimitException("too many", new Refusal());
  }

  @Test
  void waitsForAsLongAsAFailureAsks() {
    ScriptedModel model = failing(1, askingToWait(Duration.ofMillis(30))).says("Here.");
    Retry slow = new Retry(3, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(20));

    RunResult result = agent(model, ECHO).retry(slow).listener(events::add).build().run("Go");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Here."));
    assertThat(events)
        .contains(new ModelFailed(1, "ScriptedModel", 1, "too many", Remedy.RETRY, false, 30));
  }

  @Test
  void letsTheNextModelTakeOverWhereTheFirstAsksForTooLongAWait() {
    ScriptedModel first = failing(9, askingToWait(Duration.ofHours(1)));
    ScriptedModel second = new ScriptedModel().says("Here.");

    RunResult result = agent(first, ECHO).fallback(second).listener(events::add).build().run("Go");

    assertThat(result).isEqualTo(new RunResult.Answered(result.run(), "Here."));
    assertThat(remedies()).containsExactly(Remedy.NEXT_MODEL);
    assertThat(first.requests()).hasSize(1);
  }

  @Test
  void failsAtOnceWhereTheWaitIsLongerThanTheRunMay() {
    ScriptedModel model = failing(9, askingToWait(Duration.ofSeconds(30)));

    RunResult result =
        agent(model, ECHO)
            .budget(Budget.STANDARD.withTime(Duration.ofSeconds(20)))
            .build()
            .run("Go");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(result.reason())
        .startsWith("the model failed: too many; it asks to wait for 30.0 s, but the run has ")
        .endsWith(" s left");
  }

  @Test
  void doublesTheDelayUpToTheMost() {
    Retry retry =
        new Retry(9, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(1));

    assertThat(Stream.of(1, 2, 3, 60).map(attempt -> retry.delayAfter(attempt, LONGEST)))
        .containsExactly(
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(400),
            Duration.ofMillis(500));
  }

  @Test
  void leavesTheUpperHalfOfADelayToChance() {
    Retry retry = Retry.STANDARD;
    Random chance = new Random(7);

    LongSummaryStatistics waits =
        LongStream.generate(() -> retry.delayAfter(2, chance).toMillis())
            .limit(10_000)
            .summaryStatistics();

    assertThat(waits.getMin()).isBetween(500L, 510L);
    assertThat(waits.getMax()).isBetween(990L, 1000L);
    assertThat(waits.getAverage()).isBetween(740.0, 760.0);
  }

  @Test
  void leavesNothingToChanceWhereThereIsNoDelay() {
    Retry retry = new Retry(3, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));

    assertThat(retry.delayAfter(1, new Random(7))).isEqualTo(Duration.ZERO);
  }

  @Test
  void waitsTheSameEachTimeWithOneSeed() {
    assertThat(waits(5)).isEqualTo(waits(5)).hasSize(8);
    assertThat(waits(5)).isNotEqualTo(waits(6));
  }

  private static List<Long> waits(long seed) {
    List<Long> waits = new ArrayList<>();
    Retry retry = new Retry(9, Duration.ofMillis(8), Duration.ofMillis(16), Duration.ofSeconds(20));
    agent(failing(8, new RateLimitException("too many")).says("Here."), ECHO)
        .retry(retry, seed)
        .listener(
            e -> waits.addAll(e instanceof ModelFailed f ? List.of(f.waitMillis()) : List.of()))
        .build()
        .run("Go");
    return waits;
  }

  @Test
  void refusesNoAttemptAndNegativeWaits() {
    assertThatThrownBy(() -> new Retry(0, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("attempts >= 1");
    assertThatThrownBy(
            () ->
                new Retry(
                    1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mostAsked >= 0");
  }
}

package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.agent;
import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The events of a run as a stream. */
class RunPublisherTest {
  private static final Toolbox ECHO = tool("echo", Effect.READ, t -> t).build();

  /** Takes so many events at first, and what the test asks for later. */
  private static final class Taker implements Flow.Subscriber<AgentEvent> {
    private final long first;
    private final List<AgentEvent> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    private Taker(long first) {
      this.first = first;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
      given.request(first);
    }

    @Override
    public void onNext(AgentEvent event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }

  @Test
  void publishesEveryEventInOrderUntilTheEnd() throws Exception {
    ScriptedModel model = new ScriptedModel().calls("Look.", "echo", text("hi")).says("Done.");
    Taker taker = new Taker(Long.MAX_VALUE);

    agent(model, ECHO).build().stream("Go").subscribe(taker);

    taker.end.get(20, TimeUnit.SECONDS);
    assertThat(taker.events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "Started",
            "Asked",
            "Said",
            "Replied",
            "CallStarted",
            "Observed",
            "Asked",
            "Said",
            "Replied",
            "Ended");
  }

  @Test
  void runsAnewForEachSubscriber() throws Exception {
    ScriptedModel model = new ScriptedModel().says("One.").says("Two.");
    Flow.Publisher<AgentEvent> events = agent(model, ECHO).build().stream("Go");
    Taker first = new Taker(Long.MAX_VALUE);
    Taker second = new Taker(Long.MAX_VALUE);

    events.subscribe(first);
    first.end.get(20, TimeUnit.SECONDS);
    events.subscribe(second);
    second.end.get(20, TimeUnit.SECONDS);

    assertThat(first.events.toString()).contains("One.");
    assertThat(second.events.toString()).contains("Two.");
  }

  @Test
  void aRunWaitsForASlowSubscriber() throws Exception {
    String long400 = "abc".repeat(400); // said in 400 pieces, more than the buffer holds
    ScriptedModel model = new ScriptedModel().says(long400);
    Taker taker = new Taker(1);

    Agent.builder().model(model.streaming()).planner(Setup.IN_TURNS).build().stream("Go")
        .subscribe(taker);
    taker.subscription.get(20, TimeUnit.SECONDS).request(Long.MAX_VALUE);

    taker.end.get(20, TimeUnit.SECONDS);
    long pieces = taker.events.stream().filter(AgentEvent.Said.class::isInstance).count();
    assertThat(pieces).isEqualTo(400);
  }

  @Test
  void aSubscriberThatTakesNothingEndsTheRunWhenItsTimeIsOver() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    ScriptedModel model = new ScriptedModel().says("abc".repeat(400));
    Taker taker = new Taker(1);

    Agent.builder()
        .model(model.streaming())
        .planner(Setup.IN_TURNS)
        .budget(Budget.STANDARD.withTime(Duration.ofMillis(300)))
        .listener(
            event -> {
              if (event instanceof AgentEvent.Ended) {
                ended.countDown();
              }
            })
        .build()
        .stream("Go")
        .subscribe(taker);

    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void cancellingEndsTheRun() throws Exception {
    AtomicInteger interrupted = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Toolbox slow =
        tool(
                "wait",
                Effect.READ,
                t -> {
                  started.countDown();
                  try {
                    return Setup.forever();
                  } finally {
                    interrupted.incrementAndGet();
                    stopped.countDown();
                  }
                })
            .build();
    Taker taker = new Taker(Long.MAX_VALUE);
    ScriptedModel model = new ScriptedModel().calls("Wait.", "wait", text("x"));

    agent(model, slow).build().stream("Go").subscribe(taker);
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    taker.subscription.get(20, TimeUnit.SECONDS).cancel();

    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted).hasValue(1);
  }
}

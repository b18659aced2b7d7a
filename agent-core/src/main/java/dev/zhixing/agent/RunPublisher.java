package dev.zhixing.agent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs a request once for each subscriber and publishes its events. At most {@value #BUFFER} of
 * them wait for a slow subscriber; then the run waits, too, until its time is over. A subscriber
 * that cancels, or takes nothing for so long, ends the run.
 */
final class RunPublisher implements Flow.Publisher<AgentEvent> {
  private static final int BUFFER = 256;

  private final Function<AgentListener, Run> start;

  /** Publishes the events of runs that {@code start} starts on a thread of their own. */
  RunPublisher(Function<AgentListener, Run> start) {
    this.start = start;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super AgentEvent> subscriber) {
    SubmissionPublisher<AgentEvent> events =
        new SubmissionPublisher<>(Thread::startVirtualThread, BUFFER);
    CompletableFuture<Run> run = new CompletableFuture<>();
    events.subscribe(new Cancelling(subscriber, run));
    try {
      run.complete(start.apply(event -> publish(event, events, run.join())));
    } catch (RuntimeException e) {
      events.closeExceptionally(e);
    }
  }

  private static void publish(AgentEvent event, SubmissionPublisher<AgentEvent> events, Run run) {
    long patience = Math.max(1, run.timeLeft().toNanos());
    if (events.offer(event, patience, TimeUnit.NANOSECONDS, null) < 0) {
      run.cancel();
    }
    if (event instanceof AgentEvent.Ended) {
      events.close();
    }
  }

  /** Passes everything on, and cancels the run with the subscription. */
  private record Cancelling(
      Flow.Subscriber<? super AgentEvent> subscriber, CompletableFuture<Run> run)
      implements Flow.Subscriber<AgentEvent> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long n) {
              subscription.request(n);
            }

            @Override
            public void cancel() {
              subscription.cancel();
              var _ = run.thenAccept(Run::cancel);
            }
          });
    }

    @Override
    public void onNext(AgentEvent event) {
      subscriber.onNext(event);
    }

    @Override
    public void onError(Throwable error) {
      subscriber.onError(error);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}

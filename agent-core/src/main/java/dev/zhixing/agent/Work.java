package dev.zhixing.agent;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Work on a thread of its own, which can be waited for up to a limit and then be given up. */
final class Work<T> {
  private final CompletableFuture<T> value = new CompletableFuture<>();
  private final long started = System.nanoTime();
  private final Thread thread;

  /** How waiting for work ended. */
  sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {}

    record Broken<T>(Throwable cause) implements Outcome<T> {}

    record TimedOut<T>() implements Outcome<T> {}

    record Cancelled<T>() implements Outcome<T> {}
  }

  private Work(Thread.Builder builder, String name, Callable<T> body) {
    thread =
        builder
            .name(name)
            .start(
                () -> {
                  try {
                    value.complete(body.call());
                  } catch (
                      Throwable e) { // a StackOverflowError of a tool must not lose the run either
                    value.completeExceptionally(e);
                  }
                });
  }

  static <T> Work<T> start(String name, Callable<T> body) {
    return new Work<>(Thread.ofVirtual(), name, body);
  }

  /** On a platform thread: a local model computes and would hold a virtual thread's carrier. */
  static <T> Work<T> compute(String name, Callable<T> body) {
    return new Work<>(Thread.ofPlatform().daemon(), name, body);
  }

  /**
   * Waits until {@code limit} after the start, or for ever if null; whoever waits in vain
   * interrupts the work and leaves it alone.
   */
  Outcome<T> await(@Nullable Duration limit, Run run) {
    CompletableFuture<Object> first = CompletableFuture.anyOf(value, run.cancellation());
    try {
      if (limit == null) {
        first.get();
      } else {
        first.get(limit.toNanos() - (System.nanoTime() - started), TimeUnit.NANOSECONDS);
      }
      return value.isDone() ? new Outcome.Done<>(value.get()) : new Outcome.Cancelled<>();
    } catch (ExecutionException e) {
      return new Outcome.Broken<>(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      return new Outcome.TimedOut<>();
    } catch (InterruptedException e) {
      run.interrupted();
      return new Outcome.Cancelled<>();
    } finally {
      if (!value.isDone()) {
        thread.interrupt();
      }
    }
  }

  /** Interrupts the work, of which nothing is expected any more. */
  void stop() {
    thread.interrupt();
  }

  long millis() {
    return (System.nanoTime() - started) / 1_000_000;
  }
}

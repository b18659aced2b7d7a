package dev.zhixing.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** A fixed number of threads, the caller among them, that do one thing together and then meet. */
final class Team implements AutoCloseable {
  private final int size;
  private final ExecutorService others;

  Team(int size) {
    this.size = size;
    others =
        Executors.newFixedThreadPool(
            Math.max(1, size - 1),
            Thread.ofPlatform().daemon().name("zhixing-trainer-", 1).factory());
  }

  int size() {
    return size;
  }

  /** Runs the task once per member, with the member's number, and waits for all. */
  void run(IntConsumer task) {
    List<Future<?>> running = new ArrayList<>(size);
    for (int i = 1; i < size; i++) {
      int member = i;
      running.add(others.submit(() -> task.accept(member)));
    }
    try {
      task.accept(0);
    } finally {
      running.forEach(Team::await);
    }
  }

  private static void await(Future<?> future) {
    boolean interrupted = false;
    while (true) {
      try {
        future.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the step is finished first: the run ends between steps
      } catch (ExecutionException e) {
        throw new IllegalStateException("a training thread failed: " + e.getCause(), e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    others.shutdownNow();
  }
}

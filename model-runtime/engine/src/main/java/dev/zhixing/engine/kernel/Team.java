package dev.zhixing.engine.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads for short parallel loops: the caller and some daemon threads, which spin
 * a little while between loops and park when nothing comes.
 *
 * <p>Safe for all threads. Only one caller has the team at a time; another one that comes meanwhile
 * does its tasks by itself. {@link #close()} ends the threads.
 */
public final class Team implements AutoCloseable {
  /** One task of a loop. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does a task.
     *
     * @param task from 0 to the number of tasks - 1
     * @param scratch memory that only this thread uses
     */
    void run(int task, Scratch scratch);
  }

  /**
   * Rounds of spinning before a thread parks: some hundred microseconds. Waking a parked one takes
   * some tens of them, and one that has done its tasks first waits for another's last one.
   */
  private static final int SPINS = 100_000;

  /**
   * Rounds after which a spinning thread tells the processor so. Hypervisors take it away from one
   * that does so all the time (Intel calls it pause-loop exiting), for tens of microseconds.
   */
  private static final int HINT_ROUNDS = 64;

  private final Thread[] threads;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger round = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  private @Nullable Task task;
  private int count;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /**
   * Creates a team.
   *
   * @param size threads including the caller, 1 or more
   */
  public Team(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("threads: expected 1 or more, found " + size);
    }
    threads = new Thread[size - 1];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofPlatform().daemon().name("zhixing-team-" + (i + 1)).unstarted(this::work);
    }
    for (Thread thread : threads) {
      thread.start();
    }
  }

  /** Returns the number of threads including the caller. */
  public int size() {
    return threads.length + 1;
  }

  /**
   * Does tasks 0 to {@code tasks} - 1 and returns when all are done; what they wrote is visible to
   * the caller. Throws {@link IllegalStateException} if a task has thrown.
   *
   * @param own the caller's scratch memory
   */
  public void run(int tasks, Scratch own, Task work) {
    if (tasks > 1 && threads.length > 0 && taken.compareAndSet(false, true)) {
      try {
        share(tasks, own, work);
      } finally {
        taken.set(false);
      }
    } else {
      for (int i = 0; i < tasks; i++) {
        work.run(i, own);
      }
    }
  }

  private void share(int tasks, Scratch own, Task work) {
    task = work;
    count = tasks;
    next.set(0);
    busy.set(threads.length);
    round.incrementAndGet(); // publishes the fields above
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    doTasks(work, tasks, own);
    int spins = 0;
    while (busy.get() > 0) {
      if (++spins > SPINS) {
        LockSupport.parkNanos(this, 20_000);
      } else {
        spin(spins);
      }
    }
    task = null;
    @Nullable Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("a task of the team failed: " + thrown, thrown);
    }
  }

  private void doTasks(Task work, int tasks, Scratch scratch) {
    try {
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        work.run(i, scratch);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      next.set(tasks);
    }
  }

  private void work() {
    Scratch scratch = new Scratch();
    int seen = 0;
    while (awaitRound(seen)) {
      seen++;
      @Nullable Task work = task;
      if (work != null) {
        doTasks(work, count, scratch);
      }
      busy.decrementAndGet();
    }
  }

  /** Waits for the next round; false when the team is closed. */
  private boolean awaitRound(int seen) {
    int spins = 0;
    while (round.get() == seen) {
      if (closed) {
        return false;
      }
      if (++spins > SPINS) {
        LockSupport.park(this);
      } else {
        spin(spins);
      }
    }
    return true;
  }

  private static void spin(int spins) {
    if (spins % HINT_ROUNDS == 0) {
      Thread.onSpinWait();
    }
  }

  /** Ends the threads after the loop in progress. Later loops run on their caller alone. */
  @Override
  public void close() {
    while (!closed) {
      if (taken.compareAndSet(false, true)) { // never given back
        closed = true;
      } else {
        LockSupport.parkNanos(this, 20_000);
      }
    }
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }
}

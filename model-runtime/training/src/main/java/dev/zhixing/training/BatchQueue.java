package dev.zhixing.training;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Packs batches ahead of the training on a thread of its own. */
final class BatchQueue implements AutoCloseable {
  private static final int AHEAD = 3;

  private final BlockingQueue<PackedBatch> ready = new ArrayBlockingQueue<>(AHEAD);
  private final Thread producer;
  private volatile @Nullable Throwable failure;

  BatchQueue(Packer packer) {
    producer = Thread.ofPlatform().daemon().name("zhixing-data").unstarted(() -> produce(packer));
    producer.start();
  }

  private void produce(Packer packer) {
    try {
      while (true) {
        ready.put(packer.next());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /**
   * The next batch, in the packer's order.
   *
   * @throws IllegalStateException if the source failed
   */
  PackedBatch take() throws InterruptedException {
    while (true) {
      Throwable cause = failure;
      PackedBatch batch = ready.poll(cause == null ? 100 : 0, TimeUnit.MILLISECONDS);
      if (batch != null) {
        return batch;
      }
      if (cause != null) {
        throw new IllegalStateException("the document source failed: " + cause, cause);
      }
    }
  }

  @Override
  public void close() {
    producer.interrupt();
  }
}

package dev.zhixing.training;

import dev.zhixing.training.layer.PackedRow;
import dev.zhixing.training.layer.Weights;
import dev.zhixing.training.optimizer.AdamW;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model. A run lives in a directory: started again with the same configuration and data it
 * goes on from its last checkpoint, bit for bit as if it had not stopped. While a file {@code
 * pause} lies in the directory, it waits. One thread calls {@link #run} and {@link #evaluate}; any
 * thread may call {@link #stop}.
 */
public final class Trainer implements AutoCloseable {
  private final TrainingConfig config;
  private final DocumentSource source;
  private final RunDirectory directory;
  private final Weights weights;
  private final AdamW optimizer;
  private final Team team;
  private final Step step;
  private final Clock clock = new Clock();
  private int taken;
  private DataPosition position;
  private volatile boolean stopping;
  private volatile @Nullable Thread runner;
  private volatile CountDownLatch idle = new CountDownLatch(0);

  private Trainer(TrainingConfig config, DocumentSource source, Weights initial) {
    this.config = config;
    this.source = source;
    directory = new RunDirectory(config.directory());
    Path file = directory.checkpoint();
    optimizer = new AdamW(initial.layout(), config.optimizer());
    if (Files.exists(file)) {
      Checkpoint saved = Checkpoint.read(file);
      checkShape(file, saved);
      weights = saved.weights();
      System.arraycopy(saved.means(), 0, optimizer.means(), 0, saved.means().length);
      System.arraycopy(saved.squares(), 0, optimizer.squares(), 0, saved.squares().length);
      taken = saved.step();
      position = saved.position();
    } else {
      weights = new Weights(initial.layout(), initial.values().clone());
      position = DataPosition.START;
    }
    team = new Team(config.threads());
    step = new Step(config, weights, optimizer, team);
  }

  /**
   * Goes on from the checkpoint in the run's directory, or starts from random weights.
   *
   * @throws TrainingException if the directory cannot be used or holds a run of another shape
   */
  public static Trainer startOrResume(TrainingConfig config, DocumentSource source) {
    return startOrResume(config, source, Weights.random(config.model(), config.seed()));
  }

  /** Goes on from the checkpoint in the run's directory, or starts from a copy of these weights. */
  public static Trainer startOrResume(
      TrainingConfig config, DocumentSource source, Weights initial) {
    return new Trainer(config, source, initial);
  }

  /** The weights in the checkpoint of a run's directory, for export. */
  public static Weights savedWeights(Path directory) {
    return Checkpoint.read(directory.resolve(Checkpoint.FILE)).weights();
  }

  private void checkShape(Path file, Checkpoint saved) {
    if (!saved.weights().layout().shape().equals(config.model())) {
      throw new TrainingException(
          "%s: expected a run of %s, found %s; choose another directory"
              .formatted(file, config.model(), saved.weights().layout().shape()));
    }
  }

  /** Steps taken since the run began, resumed ones included. */
  public int stepsTaken() {
    return taken;
  }

  /** The weights, live: read them only while no step runs. */
  public Weights weights() {
    return weights;
  }

  /**
   * Trains until the last step, {@link #stop}, or an interrupt of this thread. Writes a checkpoint
   * from time to time and at the end.
   *
   * @param listener called after each step, on this thread
   * @throws TrainingException if a file cannot be written or the loss is not a number
   * @throws IllegalStateException if the document source failed
   */
  public void run(Consumer<Progress> listener) {
    idle = new CountDownLatch(1);
    runner = Thread.currentThread();
    try (BatchQueue batches = new BatchQueue(new Packer(source, config, position))) {
      long saved = System.nanoTime();
      clock.skip();
      while (taken < config.schedule().steps() && !stopping && waitWhilePaused()) {
        Progress progress = train(batches.take());
        directory.record(progress);
        listener.accept(progress);
        if (System.nanoTime() - saved >= config.checkpointInterval().toNanos()) {
          save();
          saved = System.nanoTime();
        }
      }
      save();
    } catch (InterruptedException e) {
      save();
      Thread.currentThread().interrupt();
    } finally {
      runner = null;
      idle.countDown();
    }
  }

  private boolean waitWhilePaused() throws InterruptedException {
    while (directory.isPaused() && !stopping) {
      Thread.sleep(Duration.ofMillis(500));
      clock.skip();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return !stopping;
  }

  private Progress train(PackedBatch batch) {
    double rate = config.schedule().rate(taken);
    Step.Outcome outcome = step.run(batch.rows(), batch.totalWeight(), taken, rate);
    taken++;
    position = batch.after();
    double seconds = clock.lap();
    double operations =
        config.model().operations(batch.tokens(), batch.predictions(), batch.pairs());
    int steps = config.schedule().steps();
    return new Progress(
        taken,
        steps,
        outcome.loss(),
        rate,
        outcome.gradientNorm(),
        batch.tokens(),
        batch.predictions(),
        seconds,
        operations / seconds / 1e9,
        clock.left(steps - taken));
  }

  private void save() {
    new Checkpoint(taken, position, weights, optimizer.means(), optimizer.squares())
        .write(directory.checkpoint());
  }

  /**
   * The mean loss over the learned tokens of some documents, in nats, without learning from them.
   */
  public double evaluate(List<TokenDocument> documents) {
    List<PackedRow> rows = new ArrayList<>();
    PackedRow row = new PackedRow(config.rowLength());
    for (TokenDocument document : documents) {
      int length = Math.min(document.ids().length, config.longestDocument());
      if (length > row.room()) {
        rows.add(row);
        row = new PackedRow(config.rowLength());
      }
      row.add(document.ids(), document.lossWeights(), length);
    }
    rows.add(row);
    return step.evaluate(rows);
  }

  /**
   * Asks the run to end after the current step and waits until its checkpoint is written. Fit for a
   * shutdown hook. Called from the run's own listener, it does not wait.
   */
  public void stop() {
    stopping = true;
    if (Thread.currentThread() == runner) {
      return;
    }
    try {
      idle.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the threads. The run must have ended. */
  @Override
  public void close() {
    team.close();
  }
}

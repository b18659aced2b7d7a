package dev.zhixing.training;

import dev.zhixing.training.layer.ModelShape;
import dev.zhixing.training.optimizer.AdamW;
import dev.zhixing.training.optimizer.Schedule;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that determines a run, but the data.
 *
 * @param model sizes of the model
 * @param tokensPerStep tokens of a step at most, a multiple of {@code rowLength}
 * @param rowLength tokens that pass through the model at once per thread
 * @param schedule number of steps and learning rates
 * @param optimizer settings of AdamW
 * @param seed of the initial weights
 * @param checkpointInterval time between checkpoints
 * @param directory the run's folder: checkpoint, progress, pause switch; made if missing
 * @param threads threads that train, at least 1; results depend on their number, not on timing
 */
public record TrainingConfig(
    ModelShape model,
    int tokensPerStep,
    int rowLength,
    Schedule schedule,
    AdamW.Settings optimizer,
    long seed,
    Duration checkpointInterval,
    Path directory,
    int threads) {

  /** Checks the ranges. */
  public TrainingConfig {
    if (rowLength < 2 || tokensPerStep < rowLength || tokensPerStep % rowLength != 0) {
      throw new IllegalArgumentException(
          "tokensPerStep: expected a multiple of rowLength >= 2, found %d of %d"
              .formatted(tokensPerStep, rowLength));
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
  }

  /** Rows of a step. */
  public int rowsPerStep() {
    return tokensPerStep / rowLength;
  }

  /** Documents are cut to this many tokens. */
  public int longestDocument() {
    return Math.min(rowLength, model.contextLength());
  }
}

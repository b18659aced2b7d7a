package dev.zhixing.engine.encoder;

import dev.zhixing.engine.kernel.Dense;
import dev.zhixing.engine.kernel.DenseKernels;
import dev.zhixing.engine.kernel.Scratch;
import dev.zhixing.engine.kernel.Team;
import java.util.Arrays;

/**
 * Attention of each token of a sentence to all tokens of the same sentence, head by head. Sums run
 * by position, so a row's result depends on its own sentence only. Safe for all threads.
 */
final class SelfAttention {
  private static final int WIDTH = DenseKernels.WIDTH;
  private static final int INPUTS = DenseKernels.INPUTS;

  private final DenseKernels kernels;
  private final Team team;
  private final int width;
  private final int heads;
  private final int headSize;
  private final int headRoom;
  private final float scale;

  SelfAttention(EncoderConfig config, DenseKernels kernels, Team team) {
    this.kernels = kernels;
    this.team = team;
    this.width = config.width();
    this.heads = config.heads();
    this.headSize = config.headSize();
    this.headRoom = whole(headSize);
    this.scale = (float) (1 / Math.sqrt(headSize));
  }

  /** Attends from each row of the pass; results are left in {@link Pass#attended}. */
  void apply(Pass pass, Scratch own) {
    team.run(
        pass.sentences() * heads,
        own,
        (task, scratch) -> attend(pass, task / heads, task % heads, scratch));
  }

  private void attend(Pass pass, int sentence, int head, Scratch scratch) {
    int start = pass.starts[sentence];
    int length = pass.length(sentence);
    int positions = whole(length);
    int queries = Dense.room(length);
    float[] panel = scratch.panel(Math.max(positions * headSize, length * headRoom));
    float[] numbers = scratch.floats(queries * (positions + headRoom));
    int results = queries * positions; // behind the scores
    Arrays.fill(numbers, 0, queries * (positions + headRoom), 0);

    packKeys(pass, start, length, head, panel);
    for (int p = 0; p < positions; p += WIDTH) {
      for (int c = 0; c < queries; c += INPUTS) {
        kernels.addTile(
            panel,
            p * headSize,
            headSize,
            pass.queryKeyValue,
            (start + c) * pass.queryStride + head * headSize,
            pass.queryStride,
            numbers,
            c * positions + p,
            positions);
      }
    }
    packValues(pass, start, length, head, panel);
    for (int row = 0; row < length; row++) {
      int at = row * positions;
      float sum = kernels.expAndSum(numbers, at, length, positions, scale);
      multiply(numbers, at, length, 1 / sum);
    }
    for (int d = 0; d < headRoom; d += WIDTH) {
      for (int c = 0; c < queries; c += INPUTS) {
        kernels.addTile(
            panel,
            d * length,
            length,
            numbers,
            c * positions,
            positions,
            numbers,
            results + c * headRoom + d,
            headRoom);
      }
    }
    for (int row = 0; row < length; row++) {
      int to = (start + row) * pass.stride + head * headSize;
      System.arraycopy(numbers, results + row * headRoom, pass.attended, to, headSize);
    }
  }

  /** Writes keys as [position / WIDTH][number][position % WIDTH]. */
  private void packKeys(Pass pass, int start, int length, int head, float[] panel) {
    float[] keys = pass.queryKeyValue;
    for (int i = 0; i < length; i++) {
      int from = (start + i) * pass.queryStride + width + head * headSize;
      int to = i / WIDTH * WIDTH * headSize + i % WIDTH;
      for (int d = 0; d < headSize; d++) {
        panel[to + d * WIDTH] = keys[from + d];
      }
    }
  }

  /** Writes values as [number / WIDTH][position][number % WIDTH]. */
  private void packValues(Pass pass, int start, int length, int head, float[] panel) {
    float[] values = pass.queryKeyValue;
    for (int i = 0; i < length; i++) {
      int from = (start + i) * pass.queryStride + 2 * width + head * headSize;
      for (int d = 0; d < headRoom; d += WIDTH) {
        int count = Math.min(WIDTH, headSize - d);
        int to = (d * length) + i * WIDTH;
        System.arraycopy(values, from + d, panel, to, count);
        Arrays.fill(panel, to + count, to + WIDTH, 0);
      }
    }
  }

  private static void multiply(float[] x, int offset, int count, float factor) {
    for (int i = 0; i < count; i++) {
      x[offset + i] *= factor;
    }
  }

  private static int whole(int numbers) {
    return (numbers + WIDTH - 1) / WIDTH * WIDTH;
  }
}

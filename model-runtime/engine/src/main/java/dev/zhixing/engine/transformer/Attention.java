package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.kernel.Panel;
import dev.zhixing.engine.kernel.Scratch;
import dev.zhixing.engine.kernel.Team;
import java.util.Arrays;

/**
 * Causal attention of a chunk of queries over the pages of the cache, with groups of query heads on
 * each key-value head. Sums run by position within a page and page by page, so a row's result
 * depends on its own position only. Safe for all threads.
 */
final class Attention {
  private final Kernels kernels;
  private final int heads;
  private final int keyValueHeads;
  private final int headSize;
  private final float scale;

  Attention(Kernels kernels, ModelConfig config) {
    this.kernels = kernels;
    this.heads = config.heads();
    this.keyValueHeads = config.keyValueHeads();
    this.headSize = config.headSize();
    this.scale = (float) (1 / Math.sqrt(headSize));
  }

  /**
   * Attends from each query to all positions of its own sequence up to its own.
   *
   * @param batch the queries; their caches hold this layer's keys and values of all of them
   * @param query [rows][heads][head size]
   * @param result as {@code query}
   */
  void apply(Batch batch, int layer, float[] query, float[] result, Team team, Scratch own) {
    int blocks = batch.blocks();
    team.run(
        blocks * keyValueHeads,
        own,
        (task, scratch) -> {
          int block = blocks - 1 - task / keyValueHeads; // of a sequence, the longest first
          attend(batch, block, layer, task % keyValueHeads, query, result, scratch);
        });
  }

  private void attend(
      Batch batch,
      int block,
      int layer,
      int group,
      float[] query,
      float[] result,
      Scratch scratch) {
    int from = batch.blockRow(block);
    int size = batch.blockSize(block);
    int first = batch.position(from);
    KeyValueCache cache = batch.cache(from);
    int groupSize = heads / keyValueHeads;
    int pages = (first + size - 1) / KeyValueCache.PAGE + 1;
    int length = pages * KeyValueCache.PAGE;
    int rows = groupSize * size;
    float[] scores = scratch.floats(rows * length + rows); // [head][query][position], then sums
    Arrays.fill(scores, 0, rows * length, 0);
    float[] page = scratch.panel(headSize * KeyValueCache.PAGE);
    int width = heads * headSize;
    int start = from * width + group * groupSize * headSize;

    for (int p = 0; p < pages; p++) {
      cache.readKeys(layer, p, group, page);
      for (int h = 0; h < groupSize; h++) {
        int y = h * size * length + p * KeyValueCache.PAGE;
        kernels.addProducts(
            page,
            new Panel(
                KeyValueCache.PAGE,
                1,
                headSize,
                0,
                size,
                start + h * headSize,
                width,
                0,
                1,
                y,
                length),
            query,
            scores);
      }
    }
    for (int row = 0; row < rows; row++) {
      int limit = first + row % size + 1;
      int at = row * length;
      scores[rows * length + row] = kernels.expAndSum(scores, at, limit, scale);
      Arrays.fill(scores, at + limit, at + length, 0);
    }
    clear(result, start, size, width, groupSize * headSize);
    for (int p = 0; p < pages; p++) {
      cache.readValues(layer, p, group, page);
      int terms = Math.min(KeyValueCache.PAGE, first + size - p * KeyValueCache.PAGE);
      for (int h = 0; h < groupSize; h++) {
        int x = h * size * length + p * KeyValueCache.PAGE;
        kernels.addProducts(
            page,
            new Panel(headSize, 1, terms, 0, size, x, length, 0, 1, start + h * headSize, width),
            scores,
            result);
      }
    }
    for (int row = 0; row < rows; row++) {
      float inverse = 1 / scores[rows * length + row];
      int at = start + row % size * width + row / size * headSize;
      multiply(result, at, headSize, inverse);
    }
  }

  private static void clear(float[] x, int offset, int rows, int stride, int count) {
    for (int row = 0; row < rows; row++) {
      Arrays.fill(x, offset + row * stride, offset + row * stride + count, 0);
    }
  }

  private static void multiply(float[] x, int offset, int count, float factor) {
    for (int i = 0; i < count; i++) {
      x[offset + i] *= factor;
    }
  }
}

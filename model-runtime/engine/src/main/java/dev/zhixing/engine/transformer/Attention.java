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
  private final float cap;

  Attention(Kernels kernels, ModelConfig config, Scales scales) {
    this.kernels = kernels;
    this.heads = config.heads();
    this.keyValueHeads = config.keyValueHeads();
    this.headSize = config.headSize();
    this.scale = scales.attention();
    this.cap = scales.attentionCap();
  }

  /**
   * Attends from each query to the positions of its own sequence up to its own.
   *
   * @param batch the queries; their caches hold this layer's keys and values of all of them
   * @param window how many positions a query sees, its own included; 0 for all
   * @param query [rows][heads][head size]
   * @param result as {@code query}
   */
  void apply(
      Batch batch, int layer, int window, float[] query, float[] result, Team team, Scratch own) {
    int seen = window > 0 ? window : Integer.MAX_VALUE;
    int blocks = batch.blocks();
    team.run(
        blocks * keyValueHeads,
        own,
        (task, scratch) -> {
          int block = blocks - 1 - task / keyValueHeads; // of a sequence, the longest first
          attend(batch, block, layer, seen, task % keyValueHeads, query, result, scratch);
        });
  }

  private void attend(
      Batch batch,
      int block,
      int layer,
      int seen,
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
    int firstPage = Math.max(0, first - seen + 1) / KeyValueCache.PAGE;
    int length = (pages - firstPage) * KeyValueCache.PAGE;
    int rows = groupSize * size;
    float[] scores = scratch.floats(rows * length + rows); // [head][query][position], then sums
    Arrays.fill(scores, 0, rows * length, 0);
    float[] page = scratch.panel(headSize * KeyValueCache.PAGE);
    int width = heads * headSize;
    int start = from * width + group * groupSize * headSize;
    boolean isOne = size == 1; // then its heads go together
    int calls = isOne ? 1 : groupSize;
    int count = isOne ? groupSize : size;
    int stride = isOne ? headSize : width;

    for (int p = firstPage; p < pages; p++) {
      cache.readKeys(layer, p, group, page);
      for (int h = 0; h < calls; h++) {
        int y = h * size * length + (p - firstPage) * KeyValueCache.PAGE;
        kernels.addProducts(
            page,
            new Panel(
                KeyValueCache.PAGE,
                1,
                headSize,
                0,
                count,
                start + h * headSize,
                stride,
                0,
                1,
                y,
                length),
            query,
            scores);
      }
    }
    for (int row = 0; row < rows; row++) {
      int position = first + row % size;
      int low = Math.max(0, position - seen + 1) - firstPage * KeyValueCache.PAGE;
      int limit = position + 1 - firstPage * KeyValueCache.PAGE;
      int at = row * length;
      scores[rows * length + row] = weigh(scores, at + low, limit - low);
      Arrays.fill(scores, at, at + low, 0);
      Arrays.fill(scores, at + limit, at + length, 0);
    }
    clear(result, start, size, width, groupSize * headSize);
    for (int p = firstPage; p < pages; p++) {
      cache.readValues(layer, p, group, page);
      int terms = Math.min(KeyValueCache.PAGE, first + size - p * KeyValueCache.PAGE);
      for (int h = 0; h < calls; h++) {
        int x = h * size * length + (p - firstPage) * KeyValueCache.PAGE;
        kernels.addProducts(
            page,
            new Panel(headSize, 1, terms, 0, count, x, length, 0, 1, start + h * headSize, stride),
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

  /** Replaces the products of a query with keys by weights, and returns their sum. */
  private float weigh(float[] scores, int offset, int count) {
    if (cap == 0) {
      return kernels.expAndSum(scores, offset, count, scale);
    }
    SoftCap.apply(kernels, scores, offset, count, scale, cap);
    return kernels.expAndSum(scores, offset, count, 1);
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

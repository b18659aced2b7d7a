package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.kernel.Linear;
import dev.zhixing.engine.kernel.Team;
import java.util.function.IntConsumer;

/**
 * A decoder: embedding, layers of attention and gated feed-forward blocks, output norm and head.
 * Immutable, shared by all sessions; the mutable parts are the cache and the workspace that come
 * with each call.
 */
public final class Transformer {
  /** Rows of a task in the steps between the matrices. */
  private static final int TASK_ROWS = 16;

  private final ModelConfig config;
  private final Weights weights;
  private final Rope rope;
  private final Kernels kernels;
  private final Linear linear;
  private final Attention attention;
  private final Team team;

  /** Composes a decoder from its parts. */
  public Transformer(ModelConfig config, Weights weights, Rope rope, Kernels kernels, Team team) {
    this.config = config;
    this.weights = weights;
    this.rope = rope;
    this.kernels = kernels;
    this.linear = new Linear(kernels);
    this.attention = new Attention(kernels, config);
    this.team = team;
  }

  /** Returns the sizes and constants. */
  public ModelConfig config() {
    return config;
  }

  /**
   * Runs a chunk of tokens through the layers. The rows that {@link #logits} needs are left in the
   * workspace; the cache holds the chunk's keys and values afterwards.
   *
   * @param cache holds the positions before {@code position}; what lies beyond is overwritten
   * @param position the first token's position
   * @param ids token ids
   * @param from first id to use
   * @param count ids to use, at most {@link Workspace#capacity()}
   */
  public void forward(
      KeyValueCache cache, int position, int[] ids, int from, int count, Workspace work) {
    cache.reserve(position + count);
    eachRow(
        count,
        work,
        row -> {
          weights.embedding().copyRow(ids[from + row], work.x, row * config.width());
          rope.turns(position + row, work.turns, row * 2 * rope.pairs());
        });
    for (int layer = 0; layer < config.layers(); layer++) {
      Weights.Layer w = weights.layers().get(layer);
      attend(w, cache, layer, position, count, work);
      feedForward(w, count, work);
    }
  }

  /**
   * Computes the logits of one row of the chunk that {@link #forward} has just run.
   *
   * @param row from 0 to the chunk's count - 1
   * @param logits [vocabulary]
   */
  public void logits(int row, float[] logits, Workspace work) {
    int at = row * config.width();
    weights.outputNorm().apply(work.x, work.normed, at);
    System.arraycopy(work.normed, at, work.last, 0, config.width());
    linear.apply(weights.output(), work.last, 1, logits, team, work.scratch);
  }

  private void attend(
      Weights.Layer w, KeyValueCache cache, int layer, int position, int count, Workspace work) {
    normalise(w.attentionNorm(), count, work);
    linear.apply(w.query(), work.normed, count, work.query, team, work.scratch);
    linear.apply(w.key(), work.normed, count, work.key, team, work.scratch);
    linear.apply(w.value(), work.normed, count, work.value, team, work.scratch);
    eachRow(count, work, row -> turnAndStore(cache, layer, position, row, work));
    attention.apply(cache, layer, position, count, work.query, work.attended, team, work.scratch);
    linear.apply(w.attentionOutput(), work.attended, count, work.change, team, work.scratch);
    add(count, work);
  }

  private void feedForward(Weights.Layer w, int count, Workspace work) {
    normalise(w.feedForwardNorm(), count, work);
    linear.apply(w.gate(), work.normed, count, work.gate, team, work.scratch);
    linear.apply(w.up(), work.normed, count, work.up, team, work.scratch);
    int inner = config.feedForwardWidth();
    eachRow(count, work, row -> kernels.gate(work.gate, work.up, row * inner, inner));
    linear.apply(w.down(), work.gate, count, work.change, team, work.scratch);
    add(count, work);
  }

  private void turnAndStore(KeyValueCache cache, int layer, int position, int row, Workspace work) {
    int headSize = config.headSize();
    int turn = row * 2 * rope.pairs();
    int query = row * config.queryWidth();
    int key = row * config.keyValueWidth();
    rope.apply(work.query, query, config.heads(), headSize, work.turns, turn);
    rope.apply(work.key, key, config.keyValueHeads(), headSize, work.turns, turn);
    cache.store(layer, position + row, work.key, work.value, key);
  }

  private void normalise(Norm norm, int count, Workspace work) {
    eachRow(count, work, row -> norm.apply(work.x, work.normed, row * config.width()));
  }

  private void add(int count, Workspace work) {
    int width = config.width();
    eachRow(count, work, row -> add(work.x, work.change, row * width, width));
  }

  private static void add(float[] x, float[] change, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      x[i] += change[i];
    }
  }

  /** Does a step for each row of the chunk, some rows a task. */
  private void eachRow(int count, Workspace work, IntConsumer step) {
    team.run(
        (count + TASK_ROWS - 1) / TASK_ROWS,
        work.scratch,
        (task, scratch) -> {
          int end = Math.min(count, (task + 1) * TASK_ROWS);
          for (int row = task * TASK_ROWS; row < end; row++) {
            step.accept(row);
          }
        });
  }
}

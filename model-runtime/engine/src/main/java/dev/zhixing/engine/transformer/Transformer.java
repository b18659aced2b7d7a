package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.kernel.Linear;
import dev.zhixing.engine.kernel.Team;
import java.util.List;
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
   * Runs tokens of one or several sequences through the layers: the rows of all spans, one span
   * after another. The rows that {@link #logits} needs are left in the workspace; the caches hold
   * the tokens' keys and values afterwards. A row's result depends on its own sequence only, and
   * its bits on nothing but that sequence's tokens up to it.
   *
   * @param spans at most {@link Workspace#capacity()} tokens in all, each of another cache
   */
  public void forward(List<Span> spans, Workspace work) {
    work.begin(spans);
    eachRow(
        work,
        row -> {
          weights.embedding().copyRow(work.batch.id(row), work.x, row * config.width());
          rope.turns(work.batch.position(row), work.turns, row * 2 * rope.pairs());
        });
    for (int layer = 0; layer < config.layers(); layer++) {
      Weights.Layer w = weights.layers().get(layer);
      attend(w, layer, work);
      feedForward(w, work);
    }
    work.batch.clear();
  }

  /**
   * Computes the logits of one row of those that {@link #forward} has just run.
   *
   * @param row from 0 to the number of rows - 1
   * @param logits [vocabulary]
   */
  public void logits(int row, float[] logits, Workspace work) {
    float[] last = work.last(1);
    normaliseLast(row, work, last, 0);
    linear.apply(weights.output(), last, 1, logits, team, work.scratch);
  }

  /**
   * Computes the logits of several rows of those that {@link #forward} has just run, with one
   * reading of the head's weights.
   *
   * @param rows each from 0 to the number of rows - 1
   * @param logits [rows.length][vocabulary]
   */
  public void logits(int[] rows, float[] logits, Workspace work) {
    float[] last = work.last(rows.length);
    for (int i = 0; i < rows.length; i++) {
      normaliseLast(rows[i], work, last, i);
    }
    linear.apply(weights.output(), last, rows.length, logits, team, work.scratch);
  }

  private void normaliseLast(int row, Workspace work, float[] last, int to) {
    int width = config.width();
    weights.outputNorm().apply(work.x, work.normed, row * width);
    System.arraycopy(work.normed, row * width, last, to * width, width);
  }

  private void attend(Weights.Layer w, int layer, Workspace work) {
    int count = work.batch.rows();
    normalise(w.attentionNorm(), work);
    linear.apply(w.query(), work.normed, count, work.query, team, work.scratch);
    linear.apply(w.key(), work.normed, count, work.key, team, work.scratch);
    linear.apply(w.value(), work.normed, count, work.value, team, work.scratch);
    eachRow(work, row -> turnAndStore(layer, row, work));
    attention.apply(work.batch, layer, work.query, work.attended, team, work.scratch);
    linear.apply(w.attentionOutput(), work.attended, count, work.change, team, work.scratch);
    add(work);
  }

  private void feedForward(Weights.Layer w, Workspace work) {
    int count = work.batch.rows();
    normalise(w.feedForwardNorm(), work);
    linear.apply(w.gate(), work.normed, count, work.gate, team, work.scratch);
    linear.apply(w.up(), work.normed, count, work.up, team, work.scratch);
    int inner = config.feedForwardWidth();
    eachRow(work, row -> kernels.gate(work.gate, work.up, row * inner, inner));
    linear.apply(w.down(), work.gate, count, work.change, team, work.scratch);
    add(work);
  }

  private void turnAndStore(int layer, int row, Workspace work) {
    int headSize = config.headSize();
    int turn = row * 2 * rope.pairs();
    int query = row * config.queryWidth();
    int key = row * config.keyValueWidth();
    rope.apply(work.query, query, config.heads(), headSize, work.turns, turn);
    rope.apply(work.key, key, config.keyValueHeads(), headSize, work.turns, turn);
    work.batch.cache(row).store(layer, work.batch.position(row), work.key, work.value, key);
  }

  private void normalise(Norm norm, Workspace work) {
    eachRow(work, row -> norm.apply(work.x, work.normed, row * config.width()));
  }

  private void add(Workspace work) {
    int width = config.width();
    eachRow(work, row -> add(work.x, work.change, row * width, width));
  }

  private static void add(float[] x, float[] change, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      x[i] += change[i];
    }
  }

  /** Does a step for each row of the pass, some rows a task. */
  private void eachRow(Workspace work, IntConsumer step) {
    int count = work.batch.rows();
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

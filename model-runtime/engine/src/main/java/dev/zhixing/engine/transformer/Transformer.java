package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.kernel.Linear;
import dev.zhixing.engine.kernel.Team;
import dev.zhixing.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder: embedding, layers of attention and feed-forward blocks, output norm and head; the
 * weights say which parts each layer has. Immutable, shared by all sessions; the mutable parts are
 * the caches and the workspace that come with each call.
 */
public final class Transformer {
  /** Logits of a task that bounds them. */
  private static final int CAP_TASK = 4096;

  private final ModelConfig config;
  private final Weights weights;
  private final Scales scales;
  private final Compute compute;
  private final Attention attention;
  private final FeedForwardBlock feedForward;
  private final List<Rope> ropes = new ArrayList<>(); // each once

  /** Composes a decoder from its parts. */
  public Transformer(
      ModelConfig config, Weights weights, Scales scales, Kernels kernels, Team team) {
    this.config = config;
    this.weights = weights;
    this.scales = scales;
    this.compute = new Compute(kernels, new Linear(kernels), team);
    this.attention = new Attention(kernels, config, scales);
    this.feedForward = new FeedForwardBlock(compute, config);
    for (Weights.Layer layer : weights.layers()) {
      @Nullable Rope rope = layer.attention().rope();
      if (rope != null && !ropes.contains(rope)) {
        ropes.add(rope);
      }
    }
  }

  /** Returns the sizes and constants. */
  public ModelConfig config() {
    return config;
  }

  /**
   * Says whether keys and values of a sequence that becomes at most so long are others than those
   * of a longer one.
   */
  public boolean isShort(int contextLength) {
    for (Rope rope : ropes) {
      if (rope.isShort(contextLength)) {
        return true;
      }
    }
    return false;
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
    work.begin(spans, ropes.size());
    compute.eachRow(work.batch.rows(), work, row -> embed(row, work));
    for (int layer = 0; layer < config.layers(); layer++) {
      Weights.Layer w = weights.layers().get(layer);
      normalise(w.attentionNorm(), work);
      attend(w.attention(), layer, work);
      add(w.attention().output(), w.attentionPostNorm(), work);
      normalise(w.feedForwardNorm(), work);
      feedForward.apply(w.feedForward(), work);
      add(null, w.feedForwardPostNorm(), work);
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
    head(last, 1, logits, work);
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
    head(last, rows.length, logits, work);
  }

  private void normaliseLast(int row, Workspace work, float[] last, int to) {
    int width = config.width();
    weights.outputNorm().apply(work.x, work.normed, row * width);
    System.arraycopy(work.normed, row * width, last, to * width, width);
  }

  private void head(float[] last, int count, float[] logits, Workspace work) {
    int vocabulary = config.vocabularySize();
    compute.multiply(weights.output(), last, count, logits, work);
    for (int i = 0; i < count; i++) {
      weights.output().addBias(logits, i * vocabulary);
    }
    if (scales.outputCap() > 0) {
      int size = count * vocabulary;
      compute
          .team()
          .run(
              (size + CAP_TASK - 1) / CAP_TASK,
              work.scratch,
              (task, scratch) -> {
                int from = task * CAP_TASK;
                int length = Math.min(CAP_TASK, size - from);
                SoftCap.apply(compute.kernels(), logits, from, length, 1, scales.outputCap());
              });
    }
  }

  private void embed(int row, Workspace work) {
    int at = row * config.width();
    int position = work.batch.position(row);
    weights.embedding().copyRow(work.batch.id(row), work.x, at);
    if (scales.embedding() != 1) {
      for (int i = at; i < at + config.width(); i++) {
        work.x[i] *= scales.embedding();
      }
    }
    @Nullable Tensor positions = weights.positions();
    if (positions != null) {
      positions.copyRow(position, work.change, at);
      add(work.x, work.change, at, config.width());
    }
    int contextLength = work.batch.contextLength(row);
    for (int rope = 0; rope < ropes.size(); rope++) {
      ropes.get(rope).turns(position, contextLength, work.turns, work.turnsAt(rope, row));
    }
  }

  private void attend(Weights.Heads w, int layer, Workspace work) {
    int count = work.batch.rows();
    compute.multiply(
        work.normed,
        count,
        work,
        w.query().into(work.query),
        w.key().into(work.key),
        w.value().into(work.value));
    int rope = ropes.indexOf(w.rope());
    compute.eachRow(count, work, row -> turnAndStore(w, layer, rope, row, work));
    attention.apply(
        work.batch, layer, w.window(), work.query, work.attended, compute.team(), work.scratch);
    compute.multiply(w.output(), work.attended, count, work.change, work);
  }

  private void turnAndStore(Weights.Heads w, int layer, int rope, int row, Workspace work) {
    int query = row * config.queryWidth();
    int key = row * config.keyValueWidth();
    w.query().addBias(work.query, query);
    w.key().addBias(work.key, key);
    w.value().addBias(work.value, key);
    normaliseHeads(w.queryNorm(), work.query, query, config.heads());
    normaliseHeads(w.keyNorm(), work.key, key, config.keyValueHeads());
    if (rope >= 0) {
      int turn = work.turnsAt(rope, row);
      Rope turning = ropes.get(rope);
      turning.apply(work.query, query, config.heads(), config.headSize(), work.turns, turn);
      turning.apply(work.key, key, config.keyValueHeads(), config.headSize(), work.turns, turn);
    }
    work.batch.cache(row).store(layer, work.batch.position(row), work.key, work.value, key);
  }

  private void normaliseHeads(@Nullable Norm norm, float[] x, int offset, int heads) {
    if (norm != null) {
      for (int h = 0; h < heads; h++) {
        norm.apply(x, x, offset + h * config.headSize());
      }
    }
  }

  private void normalise(Norm norm, Workspace work) {
    compute.eachRow(
        work.batch.rows(), work, row -> norm.apply(work.x, work.normed, row * config.width()));
  }

  /** Adds what a block computed, after its bias and norm where they are there. */
  private void add(@Nullable Projection biased, @Nullable Norm norm, Workspace work) {
    int width = config.width();
    compute.eachRow(
        work.batch.rows(),
        work,
        row -> {
          if (biased != null) {
            biased.addBias(work.change, row * width);
          }
          if (norm != null) {
            norm.apply(work.change, work.change, row * width);
          }
          add(work.x, work.change, row * width, width);
        });
  }

  private static void add(float[] x, float[] change, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      x[i] += change[i];
    }
  }
}

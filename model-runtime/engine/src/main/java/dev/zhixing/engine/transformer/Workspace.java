package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Scratch;

/** The rows of one chunk on their way through the layers. Owned by one session. */
public final class Workspace {
  private static final int MAX_CHUNK = 256;
  private static final int MIN_CHUNK = 16;
  private static final int NUMBERS = 1 << 21;

  private final int capacity;

  final Scratch scratch = new Scratch();
  final float[] x; // [count][width]
  final float[] normed; // [count][width]
  final float[] change; // [count][width]
  final float[] query; // [count][heads][head size]
  final float[] key; // [count][key-value heads][head size]
  final float[] value; // [count][key-value heads][head size]
  final float[] attended; // [count][heads][head size]
  final float[] gate; // [count][feed-forward width]
  final float[] up; // [count][feed-forward width]
  final float[] turns; // [count][pair][2]
  final float[] last; // [width]

  /** Creates the memory for chunks of a size that suits the model. */
  public Workspace(ModelConfig config) {
    int perToken =
        3 * config.width()
            + 2 * config.queryWidth()
            + 2 * config.keyValueWidth()
            + 2 * config.feedForwardWidth();
    capacity =
        Math.min(config.contextLength(), Math.clamp(NUMBERS / perToken, MIN_CHUNK, MAX_CHUNK));
    x = new float[capacity * config.width()];
    normed = new float[x.length];
    change = new float[x.length];
    query = new float[capacity * config.queryWidth()];
    key = new float[capacity * config.keyValueWidth()];
    value = new float[key.length];
    attended = new float[query.length];
    gate = new float[capacity * config.feedForwardWidth()];
    up = new float[gate.length];
    turns = new float[capacity * config.ropeSize()];
    last = new float[config.width()];
  }

  /** Returns the greatest number of tokens of a chunk. */
  public int capacity() {
    return capacity;
  }
}

package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Scratch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one pass on their way through the layers. Used by one thread at a time; its memory
 * grows with the largest pass so far.
 */
public final class Workspace {
  private static final int MAX_ROWS = 256;
  private static final int MIN_ROWS = 16;

  /** At most 64 MiB, unless the model is so wide that {@link #MIN_ROWS} take more. */
  private static final int NUMBERS = 1 << 24;

  private final ModelConfig config;
  private final int capacity;
  private int room;

  final Scratch scratch = new Scratch();
  final Batch batch = new Batch();
  float[] x = {}; // [rows][width]
  float[] normed = {}; // [rows][width]
  float[] change = {}; // [rows][width]
  float[] query = {}; // [rows][heads][head size]
  float[] key = {}; // [rows][key-value heads][head size]
  float[] value = {}; // [rows][key-value heads][head size]
  float[] attended = {}; // [rows][heads][head size]
  float[] gate = {}; // [rows][feed-forward width]
  float[] up = {}; // [rows][feed-forward width]
  float[] turns = {}; // [rope][rows][pair][2]
  private float[] last = {}; // [rows with logits][width]
  private @Nullable Routing routing;

  /** Creates a workspace for passes of a size that suits the model. */
  public Workspace(ModelConfig config) {
    this.config = config;
    capacity =
        Math.min(config.contextLength(), Math.clamp(NUMBERS / numbersPerRow(), MIN_ROWS, MAX_ROWS));
  }

  private int numbersPerRow() {
    return 3 * config.width()
        + 2 * config.queryWidth()
        + 2 * config.keyValueWidth()
        + 2 * config.feedForwardWidth()
        + config.ropeSize();
  }

  /** Returns the greatest number of tokens of a pass. */
  public int capacity() {
    return capacity;
  }

  /** Takes the rows of a pass and makes room for them. */
  void begin(List<Span> spans, int ropes) {
    batch.set(spans, capacity);
    if (batch.rows() > room) {
      room = Math.min(capacity, Math.max(batch.rows(), 2 * room));
      x = new float[room * config.width()];
      normed = new float[x.length];
      change = new float[x.length];
      query = new float[room * config.queryWidth()];
      key = new float[room * config.keyValueWidth()];
      value = new float[key.length];
      attended = new float[query.length];
      gate = new float[room * config.feedForwardWidth()];
      up = new float[gate.length];
      turns = new float[ropes * room * config.ropeSize()];
    }
  }

  /** Returns where the turns of a row for a rope begin. */
  int turnsAt(int rope, int row) {
    return (rope * room + row) * config.ropeSize();
  }

  /** Returns memory for the choice of experts. */
  Routing routing(int experts, int used) {
    @Nullable Routing known = routing;
    if (known == null || !known.fits(room, experts, used)) {
      known = new Routing(room, experts, used, config.width());
      routing = known;
    }
    return known;
  }

  /** Returns memory for the normalised rows whose logits are wanted. */
  float[] last(int rows) {
    if (last.length < rows * config.width()) {
      last = new float[rows * config.width()];
    }
    return last;
  }
}

package dev.zhixing.engine.transformer;

/** Which experts the tokens of a pass have chosen. Owned by one workspace. */
final class Routing {
  private final int experts;
  private final int used;
  private final int[] chosen; // [rows][used], the best first
  private final float[] weights; // [rows][used]
  private final int[] rows; // those that chose one expert
  private final float[] rowWeights;

  final float[] logits; // [rows][experts]
  final float[] inputs; // [rows][width]
  final float[] outputs; // [rows][width]

  Routing(int room, int experts, int used, int width) {
    this.experts = experts;
    this.used = used;
    chosen = new int[room * used];
    weights = new float[room * used];
    rows = new int[room];
    rowWeights = new float[room];
    logits = new float[room * experts];
    inputs = new float[room * width];
    outputs = new float[room * width];
  }

  boolean fits(int room, int numberOfExperts, int numberUsed) {
    return experts == numberOfExperts && used == numberUsed && rows.length >= room;
  }

  /** Chooses a row's experts by its logits, of equal ones the first; weights are their softmax. */
  void choose(int row, float scale) {
    int from = row * used;
    for (int rank = 0; rank < used; rank++) {
      chosen[from + rank] = best(row, rank);
    }
    float greatest = logits[row * experts + chosen[from]];
    double sum = 0;
    for (int i = from; i < from + used; i++) {
      double weight = Math.exp(logits[row * experts + chosen[i]] - greatest);
      weights[i] = (float) weight;
      sum += weight;
    }
    for (int i = from; i < from + used; i++) {
      weights[i] = (float) (scale * (weights[i] / sum));
    }
  }

  private int best(int row, int rank) {
    int best = -1;
    for (int e = 0; e < experts; e++) {
      if (!isChosen(row, rank, e)
          && (best < 0 || logits[row * experts + e] > logits[row * experts + best])) {
        best = e;
      }
    }
    return best;
  }

  private boolean isChosen(int row, int ranks, int expert) {
    for (int i = row * used; i < row * used + ranks; i++) {
      if (chosen[i] == expert) {
        return true;
      }
    }
    return false;
  }

  /** Collects the rows that chose an expert, and returns how many. */
  int collect(int expert, int count) {
    int found = 0;
    for (int i = 0; i < count * used; i++) {
      if (chosen[i] == expert) {
        rows[found] = i / used;
        rowWeights[found] = weights[i];
        found++;
      }
    }
    return found;
  }

  /** Copies the input of the collected row number {@code i}. */
  void copyInput(float[] x, int i, int width) {
    System.arraycopy(x, rows[i] * width, inputs, i * width, width);
  }

  /** Adds the weighted output of the collected row number {@code i} to its row. */
  void addOutput(float[] y, int i, int width) {
    int to = rows[i] * width;
    for (int c = 0; c < width; c++) {
      y[to + c] += rowWeights[i] * outputs[i * width + c];
    }
  }
}

package dev.zhixing.engine.family;

import java.util.Map;
import java.util.Objects;

/**
 * A decoder of llama's kind in double precision, written straight from the papers: the oracle for
 * what no reference file covers. Weights are by GGUF name, matrices row after row.
 */
final class NaiveDecoder {
  static final int WIDTH = 32;
  static final int HEADS = 4;
  static final int KEY_VALUE_HEADS = 2;
  static final int HEAD = 8;
  static final int INNER = 24;
  static final int LAYERS = 2;
  static final int VOCABULARY = 40;
  static final double EPSILON = 1e-5;

  private final Map<String, float[]> weights;
  private final double[] frequencies;
  private final boolean halves;
  private final double magnitude;
  private final int window;

  /**
   * @param frequencies radians per position of each pair
   * @param halves whether pairs are numbers i and i + n/2, not neighbours
   * @param magnitude of the rotation
   * @param window positions that a token sees
   */
  NaiveDecoder(
      Map<String, float[]> weights,
      double[] frequencies,
      boolean halves,
      double magnitude,
      int window) {
    this.weights = weights;
    this.frequencies = frequencies;
    this.halves = halves;
    this.magnitude = magnitude;
    this.window = window;
  }

  /** Returns [positions][vocabulary]. */
  double[][] logits(int... ids) {
    double[][] x = new double[ids.length][WIDTH];
    for (int p = 0; p < ids.length; p++) {
      for (int i = 0; i < WIDTH; i++) {
        x[p][i] = weight("token_embd.weight")[ids[p] * WIDTH + i];
      }
    }
    for (int layer = 0; layer < LAYERS; layer++) {
      String block = "blk." + layer + ".";
      attend(block, x);
      for (double[] row : x) {
        double[] normed = norm(row, block + "ffn_norm.weight");
        double[] gate = times(block + "ffn_gate.weight", INNER, normed);
        double[] up = times(block + "ffn_up.weight", INNER, normed);
        for (int i = 0; i < INNER; i++) {
          gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
        }
        add(row, times(block + "ffn_down.weight", WIDTH, gate));
      }
    }
    double[][] logits = new double[ids.length][];
    for (int p = 0; p < ids.length; p++) {
      logits[p] = times("token_embd.weight", VOCABULARY, norm(x[p], "output_norm.weight"));
    }
    return logits;
  }

  private void attend(String block, double[][] x) {
    double[][] query = new double[x.length][];
    double[][] key = new double[x.length][];
    double[][] value = new double[x.length][];
    for (int p = 0; p < x.length; p++) {
      double[] normed = norm(x[p], block + "attn_norm.weight");
      query[p] = times(block + "attn_q.weight", HEADS * HEAD, normed);
      key[p] = times(block + "attn_k.weight", KEY_VALUE_HEADS * HEAD, normed);
      value[p] = times(block + "attn_v.weight", KEY_VALUE_HEADS * HEAD, normed);
      rotate(query[p], p);
      rotate(key[p], p);
    }
    for (int p = 0; p < x.length; p++) {
      double[] all = new double[HEADS * HEAD];
      for (int h = 0; h < HEADS; h++) {
        attendHead(h, p, query[p], key, value, all);
      }
      add(x[p], times(block + "attn_output.weight", WIDTH, all));
    }
  }

  private void attendHead(
      int h, int p, double[] query, double[][] key, double[][] value, double[] all) {
    int from = h * KEY_VALUE_HEADS / HEADS * HEAD;
    double[] weight = new double[p + 1];
    double sum = 0;
    for (int j = Math.max(0, p - window + 1); j <= p; j++) {
      double dot = 0;
      for (int i = 0; i < HEAD; i++) {
        dot += query[h * HEAD + i] * key[j][from + i];
      }
      weight[j] = Math.exp(dot / Math.sqrt(HEAD));
      sum += weight[j];
    }
    for (int j = 0; j <= p; j++) {
      for (int i = 0; i < HEAD; i++) {
        all[h * HEAD + i] += weight[j] / sum * value[j][from + i];
      }
    }
  }

  private void rotate(double[] x, int position) {
    int pairs = frequencies.length;
    for (int head = 0; head < x.length; head += HEAD) {
      for (int i = 0; i < pairs; i++) {
        int a = head + (halves ? i : 2 * i);
        int b = head + (halves ? i + pairs : 2 * i + 1);
        double cos = magnitude * Math.cos(position * frequencies[i]);
        double sin = magnitude * Math.sin(position * frequencies[i]);
        double turned = x[a] * cos - x[b] * sin;
        x[b] = x[a] * sin + x[b] * cos;
        x[a] = turned;
      }
    }
  }

  private double[] norm(double[] x, String name) {
    double squares = 0;
    for (double v : x) {
      squares += v * v;
    }
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] / Math.sqrt(squares / x.length + EPSILON) * weight(name)[i];
    }
    return y;
  }

  private double[] times(String name, int rows, double[] x) {
    float[] w = weight(name);
    double[] y = new double[rows];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < x.length; c++) {
        y[r] += w[r * x.length + c] * x[c];
      }
    }
    return y;
  }

  private float[] weight(String name) {
    return Objects.requireNonNull(weights.get(name));
  }

  private static void add(double[] x, double[] change) {
    for (int i = 0; i < x.length; i++) {
      x[i] += change[i];
    }
  }
}

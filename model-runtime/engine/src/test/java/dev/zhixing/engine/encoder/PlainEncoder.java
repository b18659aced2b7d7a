package dev.zhixing.engine.encoder;

import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.tensor.Tensor;

/** BERT as the paper says it, in double precision and plain loops: the oracle of the encoder. */
final class PlainEncoder {
  private final GgufFile file;
  private final int width;
  private final int heads;
  private final double epsilon;

  PlainEncoder(GgufFile file) {
    this.file = file;
    this.width = (int) file.metadata().integer("bert.embedding_length");
    this.heads = (int) file.metadata().integer("bert.attention.head_count");
    this.epsilon = file.metadata().real("bert.attention.layer_norm_epsilon");
  }

  /** Returns the vectors of all tokens, [token][width]. */
  double[][] tokenVectors(int... ids) {
    double[][] x = new double[ids.length][width];
    for (int i = 0; i < ids.length; i++) {
      for (int j = 0; j < width; j++) {
        x[i][j] =
            number("token_embd.weight", ids[i], j)
                + number("position_embd.weight", i, j)
                + number("token_types.weight", 0, j);
      }
      normalise(x[i], "token_embd_norm");
    }
    for (int layer = 0; layer < file.metadata().integer("bert.block_count"); layer++) {
      String block = "blk." + layer + ".";
      attend(x, block);
      for (double[] row : x) {
        double[] inner = gelu(times(block + "ffn_up", row));
        add(row, times(block + "ffn_down", inner));
        normalise(row, block + "layer_output_norm");
      }
    }
    return x;
  }

  double[] maskedLogits(int[] ids, int position) {
    double[] hidden = gelu(times("mlm_dense", tokenVectors(ids)[position]));
    normalise(hidden, "mlm_norm");
    double[] logits = new double[tensor("token_embd.weight").rows()];
    for (int id = 0; id < logits.length; id++) {
      logits[id] = tensor("mlm_output.bias").toFloats()[id];
      for (int j = 0; j < width; j++) {
        logits[id] += number("token_embd.weight", id, j) * hidden[j];
      }
    }
    return logits;
  }

  private void attend(double[][] x, String block) {
    int length = x.length;
    double[][][] projected = new double[3][length][];
    for (int i = 0; i < length; i++) {
      projected[0][i] = times(block + "attn_q", x[i]);
      projected[1][i] = times(block + "attn_k", x[i]);
      projected[2][i] = times(block + "attn_v", x[i]);
    }
    int size = width / heads;
    for (int i = 0; i < length; i++) {
      double[] mixed = new double[width];
      for (int from = 0; from < width; from += size) {
        double[] weights = new double[length];
        double sum = 0;
        for (int k = 0; k < length; k++) {
          double dot = 0;
          for (int d = from; d < from + size; d++) {
            dot += projected[0][i][d] * projected[1][k][d];
          }
          weights[k] = Math.exp(dot / Math.sqrt(size));
          sum += weights[k];
        }
        for (int k = 0; k < length; k++) {
          for (int d = from; d < from + size; d++) {
            mixed[d] += weights[k] / sum * projected[2][k][d];
          }
        }
      }
      add(x[i], times(block + "attn_output", mixed));
      normalise(x[i], block + "attn_output_norm");
    }
  }

  private double[] times(String name, double[] x) {
    Tensor w = tensor(name + ".weight");
    float[] weights = w.toFloats();
    float[] bias = tensor(name + ".bias").toFloats();
    double[] y = new double[w.rows()];
    for (int r = 0; r < y.length; r++) {
      y[r] = bias[r];
      for (int i = 0; i < x.length; i++) {
        y[r] += weights[r * x.length + i] * x[i];
      }
    }
    return y;
  }

  private void normalise(double[] x, String name) {
    float[] weight = tensor(name + ".weight").toFloats();
    float[] bias = tensor(name + ".bias").toFloats();
    double mean = 0;
    for (double v : x) {
      mean += v / x.length;
    }
    double variance = 0;
    for (double v : x) {
      variance += (v - mean) * (v - mean) / x.length;
    }
    for (int i = 0; i < x.length; i++) {
      x[i] = (x[i] - mean) / Math.sqrt(variance + epsilon) * weight[i] + bias[i];
    }
  }

  private static double[] gelu(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] / 2 * (1 + erf(x[i] / Math.sqrt(2)));
    }
    return y;
  }

  /** The Taylor series, which is exact enough for arguments of this size. */
  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return sum * 2 / Math.sqrt(Math.PI);
  }

  private Tensor tensor(String name) {
    return file.find(name).orElseThrow();
  }

  private double number(String name, int row, int column) {
    Tensor tensor = tensor(name);
    float[] numbers = new float[tensor.columns()];
    tensor.copyRow(row, numbers, 0);
    return numbers[column];
  }

  private static void add(double[] x, double[] change) {
    for (int i = 0; i < x.length; i++) {
      x[i] += change[i];
    }
  }
}

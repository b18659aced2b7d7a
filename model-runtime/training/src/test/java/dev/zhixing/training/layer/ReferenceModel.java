package dev.zhixing.training.layer;

/** The model's loss in plain double-precision loops, written for clearness: the tests' oracle. */
final class ReferenceModel {
  private final Layout layout;
  private final ModelShape shape;
  private final double[] w;

  ReferenceModel(Layout layout, float[] weights) {
    this.layout = layout;
    shape = layout.shape();
    w = new double[weights.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = weights[i];
    }
  }

  /** The weights, to be nudged. */
  double[] weights() {
    return w;
  }

  /** Weighted sum of the losses of one document. */
  double loss(int[] ids, float[] lossWeights) {
    double[][] logits = logits(ids);
    double sum = 0;
    for (int t = 1; t < ids.length; t++) {
      double total = 0;
      for (double logit : logits[t - 1]) {
        total += Math.exp(logit);
      }
      sum += lossWeights[t] * (Math.log(total) - logits[t - 1][ids[t]]);
    }
    return sum;
  }

  double[][] logits(int[] ids) {
    double[][] x = new double[ids.length][];
    for (int t = 0; t < ids.length; t++) {
      x[t] = slice(layout.embedding() + ids[t] * shape.dim(), shape.dim());
    }
    for (int l = 0; l < shape.layers(); l++) {
      attention(l, x);
      feedForward(l, x);
    }
    double[][] logits = new double[ids.length][];
    for (int t = 0; t < ids.length; t++) {
      double[] normed = norm(x[t], layout.finalNorm());
      logits[t] = multiply(layout.embedding(), shape.vocab(), normed);
    }
    return logits;
  }

  private void attention(int layer, double[][] x) {
    int width = shape.headWidth();
    double[][] qkv = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] normed = norm(x[t], layout.attentionNorm(layer));
      qkv[t] = multiply(layout.qkv(layer), shape.qkvWidth(), normed);
      rotate(qkv[t], t);
    }
    for (int t = 0; t < x.length; t++) {
      double[] out = new double[shape.dim()];
      for (int h = 0; h < shape.heads(); h++) {
        int key = shape.dim() + h / (shape.heads() / shape.kvHeads()) * width;
        double[] p = new double[t + 1];
        double total = 0;
        for (int s = 0; s <= t; s++) {
          double score = 0;
          for (int i = 0; i < width; i++) {
            score += qkv[t][h * width + i] * qkv[s][key + i];
          }
          p[s] = Math.exp(score / Math.sqrt(width));
          total += p[s];
        }
        for (int s = 0; s <= t; s++) {
          for (int i = 0; i < width; i++) {
            out[h * width + i] += p[s] / total * qkv[s][key + shape.kvWidth() + i];
          }
        }
      }
      add(x[t], multiply(layout.attentionOutput(layer), shape.dim(), out));
    }
  }

  private void feedForward(int layer, double[][] x) {
    for (double[] token : x) {
      double[] normed = norm(token, layout.ffnNorm(layer));
      double[] gateUp = multiply(layout.gateUp(layer), 2 * shape.ffn(), normed);
      double[] hidden = new double[shape.ffn()];
      for (int i = 0; i < hidden.length; i++) {
        hidden[i] = gateUp[i] / (1 + Math.exp(-gateUp[i])) * gateUp[shape.ffn() + i];
      }
      add(token, multiply(layout.down(layer), shape.dim(), hidden));
    }
  }

  private void rotate(double[] qkv, int position) {
    int width = shape.headWidth();
    for (int at = 0; at < shape.dim() + shape.kvWidth(); at += 2) {
      double angle = position * Math.pow(shape.ropeTheta(), -(double) (at % width) / width);
      double even = qkv[at];
      double odd = qkv[at + 1];
      qkv[at] = even * Math.cos(angle) - odd * Math.sin(angle);
      qkv[at + 1] = odd * Math.cos(angle) + even * Math.sin(angle);
    }
  }

  private double[] norm(double[] x, int weight) {
    double squares = 0;
    for (double value : x) {
      squares += value * value;
    }
    double inverse = 1 / Math.sqrt(squares / x.length + ModelShape.EPSILON);
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] * inverse * w[weight + i];
    }
    return y;
  }

  private double[] multiply(int offset, int rows, double[] x) {
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += w[offset + i * x.length + j] * x[j];
      }
    }
    return y;
  }

  private double[] slice(int offset, int n) {
    double[] y = new double[n];
    System.arraycopy(w, offset, y, 0, n);
    return y;
  }

  private static void add(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += y[i];
    }
  }
}

package dev.zhixing.training.optimizer;

import dev.zhixing.training.kernel.Gemm;
import dev.zhixing.training.kernel.Panels;
import dev.zhixing.training.kernel.Vectors;
import dev.zhixing.training.layer.Layout;
import dev.zhixing.training.layer.ModelShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Muon: the momentum of a matrix's gradient, made nearly orthogonal by five Newton-Schulz
 * iterations, is its update. For the matrices of the blocks; embedding and norms stay with {@link
 * AdamW}. Updates are scaled to the size that AdamW's have, so that one learning rate serves both.
 * An instance owns scratch memory: one thread at a time.
 *
 * @see <a href="https://kellerjordan.github.io/posts/muon/">Muon: an optimizer for hidden layers in
 *     neural networks</a>
 * @see <a href="https://arxiv.org/abs/2502.16982">Muon is scalable for LLM training</a>, section
 *     2.2 for the scale
 */
public final class Muon {
  private static final float MOMENTUM = 0.95f;
  private static final int ITERATIONS = 5;
  private static final float A = 3.4445f;
  private static final float B = -4.7750f;
  private static final float C = 2.0315f;
  private static final double SCALE = 0.2;

  /** A matrix that is updated as a whole, [rows, columns] at {@code offset} of the flat array. */
  public record Slice(int offset, int rows, int columns) {
    int size() {
      return rows * columns;
    }
  }

  private final Gemm gemm = new Gemm();
  private final Panels panels = new Panels();
  private final float[] x;
  private final float[] next;
  private final float[] gram;
  private final float[] square;

  /** Scratch for the largest of these matrices. */
  public Muon(List<Slice> slices) {
    int largest = slices.stream().mapToInt(Slice::size).max().orElse(0);
    int side = slices.stream().mapToInt(s -> Math.min(s.rows(), s.columns())).max().orElse(0);
    x = new float[largest];
    next = new float[largest];
    gram = new float[side * side];
    square = new float[side * side];
  }

  /** The matrices of a model's blocks: stacked projections are taken apart. */
  public static List<Slice> slices(Layout layout) {
    ModelShape shape = layout.shape();
    int dim = shape.dim();
    List<Slice> slices = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      int qkv = layout.qkv(layer);
      slices.add(new Slice(qkv, dim, dim));
      slices.add(new Slice(qkv + dim * dim, shape.kvWidth(), dim));
      slices.add(new Slice(qkv + (dim + shape.kvWidth()) * dim, shape.kvWidth(), dim));
      slices.add(new Slice(layout.attentionOutput(layer), dim, dim));
      slices.add(new Slice(layout.gateUp(layer), shape.ffn(), dim));
      slices.add(new Slice(layout.gateUp(layer) + shape.ffn() * dim, shape.ffn(), dim));
      slices.add(new Slice(layout.down(layer), dim, shape.ffn()));
    }
    return List.copyOf(slices);
  }

  /**
   * Updates one matrix.
   *
   * @param momenta the running gradients, changed
   * @param rate the learning rate
   * @param decay fraction of a weight lost, the rate included
   */
  public void update(
      float[] weights, float[] gradients, float[] momenta, Slice slice, double rate, double decay) {
    int offset = slice.offset();
    int size = slice.size();
    for (int i = 0; i < size; i++) {
      float momentum = MOMENTUM * momenta[offset + i] + (1 - MOMENTUM) * gradients[offset + i];
      momenta[offset + i] = momentum;
      x[i] = MOMENTUM * momentum + (1 - MOMENTUM) * gradients[offset + i];
    }
    orthogonalize(slice.rows(), slice.columns());
    float factor = (float) (rate * SCALE * Math.sqrt(Math.max(slice.rows(), slice.columns())));
    float keep = (float) (1 - decay);
    for (int i = 0; i < size; i++) {
      weights[offset + i] = weights[offset + i] * keep - factor * x[i];
    }
  }

  /** Brings the singular values of x near 1. */
  private void orthogonalize(int rows, int columns) {
    int size = rows * columns;
    float norm = (float) Math.sqrt(Vectors.squares(x, 0, size));
    Vectors.scale(x, 0, size, 1 / (norm + 1e-12f));
    int side = Math.min(rows, columns);
    for (int i = 0; i < ITERATIONS; i++) {
      if (rows > columns) {
        panels.packRows(x, 0, columns, rows, columns);
        gemm.multiplyTransposed(x, 0, columns, panels, gram, 0, side, side, false);
      } else {
        panels.packColumns(x, 0, columns, columns, rows);
        gemm.multiply(x, 0, columns, panels, gram, 0, side, side, false);
      }
      panels.packRows(gram, 0, side, side, side);
      gemm.multiply(gram, 0, side, panels, square, 0, side, side, false);
      for (int j = 0; j < side * side; j++) {
        gram[j] = B * gram[j] + C * square[j];
      }
      if (rows > columns) {
        panels.packRows(gram, 0, side, side, side);
        gemm.multiply(x, 0, columns, panels, next, 0, columns, rows, false);
      } else {
        panels.packRows(x, 0, columns, rows, columns);
        gemm.multiply(gram, 0, side, panels, next, 0, columns, rows, false);
      }
      for (int j = 0; j < size; j++) {
        x[j] = A * x[j] + next[j];
      }
    }
  }
}

package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A weight matrix with its bias, laid out once for {@link Dense}: panels of {@value #WIDTH} rows
 * side by side, [column][row], the last one filled up with zeros. Takes four bytes a weight on the
 * heap. Immutable, safe for all threads.
 */
public final class DenseWeights {
  /** Rows of a panel: two vectors of 512 bits. */
  static final int WIDTH = 32;

  private final int rows;
  private final int columns;
  private final float[][] panels; // [panel][column][row of the panel]
  private final float[] bias; // [panels * WIDTH]

  private DenseWeights(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    int count = (rows + WIDTH - 1) / WIDTH;
    this.panels = new float[count][columns * WIDTH];
    this.bias = new float[count * WIDTH];
  }

  /**
   * Lays out a matrix.
   *
   * @param w [rows, columns], of any type
   * @param bias [rows], or null for none
   */
  public static DenseWeights of(Tensor w, @Nullable Tensor bias) {
    DenseWeights packed = new DenseWeights(w.rows(), w.columns());
    packed.add(w, bias, 0);
    return packed;
  }

  /**
   * Lays out several matrices with as many columns, one below the other, as one.
   *
   * @param w each [rows, columns]
   * @param bias each [rows]
   */
  public static DenseWeights of(List<Tensor> w, List<@Nullable Tensor> bias) {
    int rows = w.stream().mapToInt(Tensor::rows).reduce(0, Math::addExact);
    DenseWeights packed = new DenseWeights(rows, w.getFirst().columns());
    int from = 0;
    for (int i = 0; i < w.size(); i++) {
      packed.add(w.get(i), bias.get(i), from);
      from += w.get(i).rows();
    }
    return packed;
  }

  private void add(Tensor w, @Nullable Tensor addedBias, int from) {
    float[] row = new float[columns];
    for (int r = 0; r < w.rows(); r++) {
      w.copyRow(r, row, 0);
      scatter(row, panels[(from + r) / WIDTH], (from + r) % WIDTH);
    }
    if (addedBias != null) {
      addedBias.copyRow(0, bias, from);
    }
  }

  private static void scatter(float[] row, float[] panel, int at) {
    for (int i = 0; i < row.length; i++) {
      panel[i * WIDTH + at] = row[i];
    }
  }

  /** Returns the number of results for each input. */
  public int rows() {
    return rows;
  }

  /** Returns the length of an input. */
  public int columns() {
    return columns;
  }

  /** Returns the room that {@link Dense} needs for each input's results. */
  public int stride() {
    return panels.length * WIDTH;
  }

  int panels() {
    return panels.length;
  }

  float[] panel(int index) {
    return panels[index];
  }

  float[] bias() {
    return bias;
  }
}

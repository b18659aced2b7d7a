package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import java.util.Arrays;

/**
 * Multiplies a weight matrix with one or many inputs on a team of threads. A result's bits do not
 * depend on how many inputs come together, nor on the number of threads.
 *
 * <p>One input reads each weight once, as it lies in the file. For many, a panel of rows is turned
 * into floats once, so that rows lie side by side, and serves them all. Safe for all threads.
 */
public final class Linear {
  /** Rows of a panel: two vectors of 512 bits. */
  private static final int PANEL_ROWS = 32;

  /** From here on making a panel costs less than reading the rows once more for each input. */
  private static final int PANEL_INPUTS = 6;

  /** Numbers that a thread should have to multiply before a task of its own is worth it. */
  private static final int TASK_NUMBERS = 1 << 17;

  private final Kernels kernels;

  /** Creates the operation on these kernels. */
  public Linear(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * Computes {@code y[c] = w · x[c]} for each input.
   *
   * @param w weights, [rows, columns]
   * @param x inputs, [count, columns]
   * @param count number of inputs
   * @param y results, [count, rows]; must not be {@code x}
   * @param team the threads to use
   * @param own the caller's scratch memory
   */
  public void apply(Tensor w, float[] x, int count, float[] y, Team team, Scratch own) {
    int rows = w.rows();
    if (count < PANEL_INPUTS) {
      int taskRows = Math.clamp(TASK_NUMBERS / w.columns(), 1, rows);
      team.run(
          (rows + taskRows - 1) / taskRows,
          own,
          (task, scratch) -> {
            int from = task * taskRows;
            int to = Math.min(rows, from + taskRows);
            for (int c = 0; c < count; c++) {
              kernels.multiplyRows(w, from, to, x, c * w.columns(), y, c * rows, scratch);
            }
          });
    } else {
      team.run(
          (rows + PANEL_ROWS - 1) / PANEL_ROWS,
          own,
          (task, scratch) -> {
            int from = task * PANEL_ROWS;
            multiplyPanel(w, from, Math.min(PANEL_ROWS, rows - from), x, count, y, scratch);
          });
    }
  }

  private void multiplyPanel(
      Tensor w, int fromRow, int width, float[] x, int count, float[] y, Scratch scratch) {
    int columns = w.columns();
    int rows = w.rows();
    float[] panel = scratch.panel(width * columns);
    pack(w, fromRow, width, panel, scratch);
    for (int c = 0; c < count; c++) {
      Arrays.fill(y, c * rows + fromRow, c * rows + fromRow + width, 0);
    }
    int terms = columns / Kernels.LANES;
    int longer = columns % Kernels.LANES; // the first groups have one term more
    if (longer > 0) {
      kernels.addProducts(
          panel, products(width, longer, terms + 1, 0, 0, count, columns, rows, fromRow), x, y);
    }
    kernels.addProducts(
        panel,
        products(
            width,
            Kernels.LANES - longer,
            terms,
            width * longer * (terms + 1),
            longer,
            count,
            columns,
            rows,
            fromRow),
        x,
        y);
  }

  private static Panel products(
      int width,
      int groups,
      int terms,
      int wOffset,
      int xOffset,
      int count,
      int columns,
      int rows,
      int fromRow) {
    return new Panel(
        width, groups, terms, wOffset, count, xOffset, columns, 1, Kernels.LANES, fromRow, rows);
  }

  /** Writes rows as [column % LANES][column / LANES][row]. */
  private static void pack(Tensor w, int fromRow, int width, float[] panel, Scratch scratch) {
    int columns = w.columns();
    float[] row = scratch.floats(columns);
    for (int r = 0; r < width; r++) {
      Rows.read(w, fromRow + r, row, 0, scratch);
      int at = r;
      for (int g = 0; g < Kernels.LANES; g++) {
        at = scatter(row, g, columns, panel, at, width);
      }
    }
  }

  private static int scatter(float[] row, int from, int columns, float[] panel, int at, int width) {
    int to = at;
    for (int i = from; i < columns; i += Kernels.LANES, to += width) {
      panel[to] = row[i];
    }
    return to;
  }
}

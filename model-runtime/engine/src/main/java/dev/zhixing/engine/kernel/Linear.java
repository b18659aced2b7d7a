package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

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
  private static final int PANEL_INPUTS = 32;

  /** Numbers of a panel that stay in the fastest cache while all inputs pass. */
  private static final int NEAR_NUMBERS = 6144;

  /** Inputs that a task prepares. */
  private static final int TASK_INPUTS = 16;

  /**
   * Weights of a task at most. Bands that are too far apart cost time, too: the tables that say
   * where their memory lies are read over and over.
   */
  private static final int MOST_WEIGHTS = 1 << 21;

  /** Weights of a task at least: the last ones are small, so that all threads end together. */
  private static final int LEAST_WEIGHTS = 1 << 16;

  /**
   * Bands have an odd number of rows. With a power of two, they would lie a multiple of 4 kB apart,
   * have to share a few places of the fastest cache, and drive each other's lines out before these
   * are read to their end.
   */
  private static final int ODD = 1;

  /** Rows of a product that one task computes. */
  private record Slice(Product product, int from, int to) {}

  private final Kernels kernels;
  private final int panelInputs;

  /** Creates the operation on these kernels. */
  public Linear(Kernels kernels) {
    this(kernels, PANEL_INPUTS);
  }

  /** As the other, with panels for so many inputs or more. */
  Linear(Kernels kernels, int panelInputs) {
    this.kernels = kernels;
    this.panelInputs = panelInputs;
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
    apply(x, count, team, own, new Product(w, y));
  }

  /**
   * Computes several products of the same inputs: those of one type after each other share what
   * inputs need to be prepared, and their threads wait for each other only once.
   *
   * @param products matrices of the same number of columns
   */
  public void apply(float[] x, int count, Team team, Scratch own, Product... products) {
    int from = 0;
    for (int i = 1; i <= products.length; i++) {
      if (i == products.length || type(products[i]) != type(products[from])) {
        applyAlike(x, count, team, own, List.of(products).subList(from, i));
        from = i;
      }
    }
  }

  private static TensorType type(Product product) {
    return product.weights().type();
  }

  private void applyAlike(float[] x, int count, Team team, Scratch own, List<Product> products) {
    TensorType type = type(products.getFirst());
    Inputs inputs = own.inputs();
    boolean byRows = count < panelInputs;
    CodeOrder order = byRows ? kernels.codeOrder(type) : null;
    inputs.start(type, x, count, products.getFirst().weights().columns(), order);
    if (Inputs.needPreparing(type)) {
      eachInput(count, team, own, c -> inputs.prepare(c, type));
    }
    if (byRows) {
      multiplyBands(products, inputs, team, own);
    } else {
      for (Product product : products) {
        multiplyPanels(product.weights(), inputs, product.results(), team, own);
      }
    }
  }

  /** Cuts the rows into tasks, and those of a task into bands. */
  private void multiplyBands(List<Product> products, Inputs x, Team team, Scratch own) {
    List<Slice> tasks = tasks(products, team.size());
    team.run(tasks.size(), own, (task, scratch) -> multiplyBands(tasks.get(task), x, scratch));
  }

  /** Cuts products into tasks, the smaller, the less is left for all threads. */
  private static List<Slice> tasks(List<Product> products, int threads) {
    List<Slice> tasks = new ArrayList<>();
    int left = 0;
    for (Product product : products) {
      left += product.weights().rows();
    }
    for (Product product : products) {
      Tensor w = product.weights();
      int from = 0;
      while (from < w.rows()) {
        int weights = Math.clamp(left / (2L * threads) * w.columns(), LEAST_WEIGHTS, MOST_WEIGHTS);
        int band = weights / w.columns() / Kernels.ROWS | ODD;
        int size = band * Kernels.ROWS;
        int to = Math.min(w.rows(), from + size);
        tasks.add(new Slice(product, from, to));
        left -= to - from;
        from = to;
      }
    }
    return tasks;
  }

  private void multiplyBands(Slice slice, Inputs x, Scratch scratch) {
    Tensor w = slice.product().weights();
    float[] y = slice.product().results();
    int to = slice.to();
    int band = (to - slice.from()) / Kernels.ROWS;
    int left = to - slice.from() - band * Kernels.ROWS; // a band of its own for each of them
    if (band > 0) {
      Bands bands = new Bands(slice.from(), slice.from() + band, band, Kernels.ROWS);
      kernels.multiplyRows(w, bands, x, y, scratch);
    }
    if (left > 0) {
      kernels.multiplyRows(w, new Bands(to - left, to - left + 1, 1, left), x, y, scratch);
    }
  }

  private void multiplyPanels(Tensor w, Inputs x, float[] y, Team team, Scratch own) {
    int rows = w.rows();
    float[] grouped = new float[0];
    if (!w.type().isQuantized()) {
      float[] inOrder = own.grouped(x.count() * w.columns());
      eachInput(x.count(), team, own, c -> group(x.floats(), c, w.columns(), inOrder));
      grouped = inOrder;
    }
    float[] in = grouped;
    team.run(
        (rows + PANEL_ROWS - 1) / PANEL_ROWS,
        own,
        (task, scratch) -> {
          int from = task * PANEL_ROWS;
          int width = Math.min(PANEL_ROWS, rows - from);
          for (int c = 0; c < x.count(); c++) {
            Arrays.fill(y, c * rows + from, c * rows + from + width, 0);
          }
          if (w.type().isQuantized()) {
            multiplyBlocks(w, from, width, x, y, scratch);
          } else {
            multiplyPanel(w, from, width, in, x.count(), y, scratch);
          }
        });
  }

  private static void eachInput(int count, Team team, Scratch own, IntConsumer step) {
    team.run(
        (count + TASK_INPUTS - 1) / TASK_INPUTS,
        own,
        (task, scratch) -> {
          int end = Math.min(count, (task + 1) * TASK_INPUTS);
          for (int c = task * TASK_INPUTS; c < end; c++) {
            step.accept(c);
          }
        });
  }

  private void multiplyBlocks(
      Tensor w, int fromRow, int width, Inputs x, float[] y, Scratch scratch) {
    TensorType type = w.type();
    BlockPanel panel = scratch.blockPanel();
    panel.fill(kernels, w, fromRow, width, scratch);
    int rows = w.rows();
    int blocks = w.columns() / type.blockSize();
    int near = Math.max(1, NEAR_NUMBERS / (width * type.blockSize()));
    for (int from = 0; from < blocks; from += near) {
      kernels.addBlocks(panel, type, from, Math.min(blocks, from + near), x, y, fromRow, rows);
    }
    if (BlockRows.hasMinimums(type)) {
      for (int c = 0; c < x.count(); c++) {
        panel.subtractMinimums(type, blocks, x, c, y, c * rows + fromRow);
      }
    }
  }

  /**
   * Writes an input as [column % LANES][column / LANES], so that a group's numbers are together.
   */
  private static void group(float[] x, int c, int columns, float[] grouped) {
    int at = c * columns;
    for (int g = 0; g < Kernels.LANES; g++) {
      at = gather(x, c * columns, g, columns, grouped, at);
    }
  }

  private static int gather(float[] x, int start, int from, int columns, float[] grouped, int at) {
    int to = at;
    for (int i = from; i < columns; i += Kernels.LANES) {
      grouped[to++] = x[start + i];
    }
    return to;
  }

  private void multiplyPanel(
      Tensor w, int fromRow, int width, float[] x, int count, float[] y, Scratch scratch) {
    int columns = w.columns();
    int rows = w.rows();
    float[] panel = scratch.panel(width * columns);
    pack(w, fromRow, width, panel, scratch);
    int longer = columns % Kernels.LANES; // the first groups have one term more
    int group = 0;
    int column = 0;
    while (group < Kernels.LANES) {
      int terms = columns / Kernels.LANES + (group < longer ? 1 : 0);
      int alike = group < longer ? longer - group : Kernels.LANES - group;
      int groups = Math.clamp(NEAR_NUMBERS / Math.max(1, width * terms), 1, alike);
      kernels.addProducts(
          panel,
          new Panel(
              width,
              groups,
              terms,
              width * column,
              count,
              column,
              columns,
              terms,
              1,
              fromRow,
              rows),
          x,
          y);
      group += groups;
      column += groups * terms;
    }
  }

  /** Writes rows as [column % LANES][column / LANES][row]. */
  private void pack(Tensor w, int fromRow, int width, float[] panel, Scratch scratch) {
    int columns = w.columns();
    float[] row = scratch.floats(columns);
    for (int r = 0; r < width; r++) {
      kernels.readRow(w, fromRow + r, row, scratch);
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

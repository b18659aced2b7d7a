package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.kernel.Linear;
import dev.zhixing.engine.kernel.Product;
import dev.zhixing.engine.kernel.Team;
import java.util.function.IntConsumer;

/**
 * The kernels and the threads that a decoder's blocks compute with. Safe for all threads.
 *
 * @param kernels for the steps between the matrices
 * @param linear multiplies matrices
 * @param team the threads
 */
record Compute(Kernels kernels, Linear linear, Team team) {
  /** Rows of a task in the steps between the matrices. */
  private static final int TASK_ROWS = 16;

  /** Computes a matrix product for some rows, without the bias. */
  void multiply(Projection projection, float[] x, int count, float[] y, Workspace work) {
    linear.apply(projection.weight(), x, count, y, team, work.scratch);
  }

  /** Computes several matrix products of the same rows. */
  void multiply(float[] x, int count, Workspace work, Product... products) {
    linear.apply(x, count, team, work.scratch, products);
  }

  /** Does a step for each of some rows, several rows a task. */
  void eachRow(int count, Workspace work, IntConsumer step) {
    team.run(
        (count + TASK_ROWS - 1) / TASK_ROWS,
        work.scratch,
        (task, scratch) -> {
          int end = Math.min(count, (task + 1) * TASK_ROWS);
          for (int row = task * TASK_ROWS; row < end; row++) {
            step.accept(row);
          }
        });
  }
}

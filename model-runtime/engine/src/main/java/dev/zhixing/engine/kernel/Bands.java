package dev.zhixing.engine.kernel;

/**
 * Rows of a matrix that are multiplied together: one row of each band at a time. Bands lie far
 * apart, so that the processor fetches several streams of memory ahead, where it would take
 * neighbouring rows for one.
 *
 * @param from the first row of the first band
 * @param to behind its last row
 * @param step from a band to the next one, in rows
 * @param count bands
 */
record Bands(int from, int to, int step, int count) {
  /** Returns the row of a band that belongs to a row of the first one. */
  int row(int row, int band) {
    return row + Math.min(band, count - 1) * step;
  }
}

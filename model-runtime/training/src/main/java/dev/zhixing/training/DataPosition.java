package dev.zhixing.training;

import java.util.List;

/**
 * Where a run stands in its {@link DocumentSource}.
 *
 * @param next index of the first document not looked at yet
 * @param waiting indices of earlier documents that did not fit into a row yet, in order
 */
record DataPosition(long next, List<Long> waiting) {
  static final DataPosition START = new DataPosition(0, List.of());

  DataPosition {
    waiting = List.copyOf(waiting);
  }
}

package dev.zhixing.training;

import dev.zhixing.training.layer.PackedRow;
import java.util.List;

/**
 * The rows of one step.
 *
 * @param rows the rows, each with at least one document
 * @param after where the data goes on after this batch
 */
record PackedBatch(List<PackedRow> rows, DataPosition after) {
  PackedBatch {
    rows = List.copyOf(rows);
  }

  long tokens() {
    return rows.stream().mapToLong(PackedRow::tokens).sum();
  }

  long predictions() {
    return rows.stream().mapToLong(PackedRow::predictions).sum();
  }

  long pairs() {
    return rows.stream().mapToLong(PackedRow::pairs).sum();
  }

  double totalWeight() {
    return rows.stream().mapToDouble(PackedRow::totalWeight).sum();
  }
}

package dev.zhixing.training;

import dev.zhixing.training.layer.PackedRow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays documents into rows: each into the row with the least room that still holds it. Documents
 * that fit nowhere wait for the next batch and come first there. Depends on the source and the
 * position alone. One thread.
 */
final class Packer {
  private static final Logger LOG = System.getLogger(Packer.class.getName());
  private static final int MOST_WAITING = 24;

  private final DocumentSource source;
  private final int rows;
  private final int rowLength;
  private final int longest;
  private final int vocab;
  private DataPosition position;
  private boolean warned;

  Packer(DocumentSource source, TrainingConfig config, DataPosition start) {
    this.source = source;
    rows = config.rowsPerStep();
    rowLength = config.rowLength();
    longest = config.longestDocument();
    vocab = config.model().vocab();
    position = start;
  }

  PackedBatch next() {
    List<PackedRow> open = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      open.add(new PackedRow(rowLength));
    }
    List<Long> waiting = new ArrayList<>();
    for (long index : position.waiting()) {
      if (!place(index, open)) {
        waiting.add(index);
      }
    }
    long next = position.next();
    while (waiting.size() < MOST_WAITING
        && open.stream().anyMatch(r -> r.room() > rowLength / 64)) {
      if (!place(next, open)) {
        waiting.add(next);
      }
      next++;
    }
    position = new DataPosition(next, waiting);
    open.removeIf(row -> row.tokens() == 0);
    return new PackedBatch(open, position);
  }

  private boolean place(long index, List<PackedRow> open) {
    TokenDocument document = source.at(index);
    int length = Math.min(document.ids().length, longest);
    if (length < document.ids().length && !warned) {
      warned = true;
      LOG.log(
          Level.WARNING,
          "document {0} has {1} tokens: cut to {2}, as are other long ones",
          index,
          document.ids().length,
          longest);
    }
    check(index, document.ids());
    @Nullable PackedRow best = null;
    for (PackedRow row : open) {
      if (row.room() >= length && (best == null || row.room() < best.room())) {
        best = row;
      }
    }
    if (best == null) {
      return false;
    }
    best.add(document.ids(), document.lossWeights(), length);
    return true;
  }

  private void check(long index, int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= vocab) {
        throw new IllegalArgumentException(
            "document %d, token %d: expected an id below the vocabulary's size %d, found %d"
                .formatted(index, i, vocab, ids[i]));
      }
    }
  }
}

package dev.zhixing.engine.transformer;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which row of a pass belongs to which sequence and position, and the blocks of queries that attend
 * together. Owned by one workspace.
 */
final class Batch {
  /** Queries of a sequence that share one reading of a page. */
  static final int BLOCK = 16;

  private @Nullable KeyValueCache[] caches = {};
  private int[] positions = {};
  private int[] contextLengths = {};
  private int[] ids = {};
  private int[] blockRows = {};
  private int[] blockSizes = {};
  private int rows;
  private int blocks;

  /** Takes the rows of all spans, one after another, and makes room in their caches. */
  void set(List<Span> spans, int capacity) {
    rows = 0;
    blocks = 0;
    for (Span span : spans) {
      if (span.count() < 1 || span.count() > capacity - rows) {
        throw new IllegalArgumentException(
            "spans: expected 1 to %d more tokens, found %d"
                .formatted(capacity - rows, span.count()));
      }
      grow(rows + span.count());
      span.cache().reserve(span.position(), span.position() + span.count());
      add(span);
    }
  }

  private void add(Span span) {
    for (int i = 0; i < span.count(); i++) {
      if (i % BLOCK == 0) {
        blockRows[blocks] = rows;
        blockSizes[blocks] = Math.min(BLOCK, span.count() - i);
        blocks++;
      }
      caches[rows] = span.cache();
      positions[rows] = span.position() + i;
      contextLengths[rows] = span.contextLength();
      ids[rows] = span.ids()[span.from() + i];
      rows++;
    }
  }

  private void grow(int needed) {
    if (needed > ids.length) {
      int size = Math.max(needed, 2 * ids.length);
      caches = Arrays.copyOf(caches, size);
      positions = Arrays.copyOf(positions, size);
      contextLengths = Arrays.copyOf(contextLengths, size);
      ids = Arrays.copyOf(ids, size);
      blockRows = Arrays.copyOf(blockRows, size);
      blockSizes = Arrays.copyOf(blockSizes, size);
    }
  }

  /** Lets go of the caches. */
  void clear() {
    Arrays.fill(caches, null);
  }

  int rows() {
    return rows;
  }

  KeyValueCache cache(int row) {
    return Objects.requireNonNull(caches[row]);
  }

  int position(int row) {
    return positions[row];
  }

  /** How long the row's sequence may become. */
  int contextLength(int row) {
    return contextLengths[row];
  }

  int id(int row) {
    return ids[row];
  }

  int blocks() {
    return blocks;
  }

  /** The first row of a block. */
  int blockRow(int block) {
    return blockRows[block];
  }

  int blockSize(int block) {
    return blockSizes[block];
  }
}

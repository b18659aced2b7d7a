package dev.zhixing.engine.tokenizer;

import org.jspecify.annotations.Nullable;

/** Reads merges, {@code "left right"} by rank, as ids. */
final class MergeReader {
  private final PackedStrings tokens;
  private final PackedStrings merges;
  private final ByteStrings ids;
  private byte[] joined = new byte[64];
  private @Nullable ByteStrings all;

  /**
   * @param ids finds the tokens that merge and are made
   */
  MergeReader(PackedStrings tokens, ByteStrings ids, PackedStrings merges) {
    this.tokens = tokens;
    this.merges = merges;
    this.ids = ids;
  }

  /**
   * The merges of tokens that are found.
   *
   * @throws IllegalArgumentException if one has no two parts, or names or makes what is no token
   */
  MergeTable read() {
    MergeTable table = new MergeTable(merges.size());
    for (int rank = 0; rank < merges.size(); rank++) {
      read(rank, table);
    }
    return table;
  }

  private void read(int rank, MergeTable table) {
    byte[] bytes = merges.bytes();
    int from = merges.start(rank);
    int to = merges.end(rank);
    int gap = from + 1;
    while (gap < to && bytes[gap] != ' ') {
      gap++;
    }
    if (gap >= to - 1) {
      throw new IllegalArgumentException(
          "tokenizer.ggml.merges: %d: expected two tokens parted by a space, found '%s'"
              .formatted(rank, Shown.of(merges.get(rank))));
    }
    join(bytes, from, gap, to);
    int left = ids.id(bytes, from, gap);
    int right = ids.id(bytes, gap + 1, to);
    int result = ids.id(joined, to - from - 1);
    if (left >= 0 && right >= 0 && result >= 0) {
      table.put(left, right, rank, result);
    } else if (left < 0) {
      check(rank, bytes, from, gap);
    } else if (right < 0) {
      check(rank, bytes, gap + 1, to);
    } else {
      check(rank, joined, 0, to - from - 1);
    }
  }

  private void join(byte[] bytes, int from, int gap, int to) {
    if (joined.length < to - from) {
      joined = new byte[2 * (to - from)];
    }
    System.arraycopy(bytes, from, joined, 0, gap - from);
    System.arraycopy(bytes, gap + 1, joined, gap - from, to - gap - 1);
  }

  /** A merge with a control token is one that ordinary text never makes, and is left out. */
  private void check(int rank, byte[] spelling, int from, int to) {
    if (all == null) {
      all = new ByteStrings(tokens);
      for (int id = 0; id < tokens.size(); id++) {
        all.put(id);
      }
    }
    if (all.id(spelling, from, to) < 0) {
      PackedStrings missing = new PackedStrings.Builder(1, 64).add(spelling, from, to).build();
      throw new IllegalArgumentException(
          "tokenizer.ggml.merges: %d: '%s': expected that both parts and their join are tokens, found no token '%s'"
              .formatted(rank, Shown.of(merges.get(rank)), Shown.of(missing.get(0))));
    }
  }
}

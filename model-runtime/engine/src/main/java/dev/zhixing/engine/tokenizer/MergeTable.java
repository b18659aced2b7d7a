package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/** From a pair of ids to the rank of their merge: open addressing over two arrays, no boxing. */
final class MergeTable {
  static final int NONE = Integer.MAX_VALUE;
  private static final long EMPTY = -1;

  private final long[] pairs;
  private final int[] ranks;
  private final int[] merged;
  private final int shift;

  /** A table for {@code merges} merges. */
  MergeTable(int merges) {
    int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(Math.max(1, merges)));
    pairs = new long[1 << bits];
    Arrays.fill(pairs, EMPTY);
    ranks = new int[1 << bits];
    merged = new int[merges];
    shift = 64 - bits;
  }

  /** Adds a merge; of two for the same pair the first one stays. */
  void put(int left, int right, int rank, int result) {
    long pair = (long) left << 32 | right;
    int slot = slot(pair);
    merged[rank] = result;
    if (pairs[slot] == EMPTY) {
      pairs[slot] = pair;
      ranks[slot] = rank;
    }
  }

  /** The rank of merging the two ids, {@link #NONE} if they do not merge or one is negative. */
  int rank(int left, int right) {
    if ((left | right) < 0) {
      return NONE;
    }
    long pair = (long) left << 32 | right;
    int slot = slot(pair);
    return pairs[slot] == pair ? ranks[slot] : NONE;
  }

  /** The id that the merge of {@code rank} makes. */
  int merged(int rank) {
    return merged[rank];
  }

  private int slot(long pair) {
    int slot = (int) ((pair * 0x9E3779B97F4A7C15L) >>> shift);
    while (pairs[slot] != EMPTY && pairs[slot] != pair) {
      slot = slot + 1 & pairs.length - 1;
    }
    return slot;
  }
}

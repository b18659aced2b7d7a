package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/**
 * From a pair of ids to the rank of their merge: open addressing, no boxing. A slot has a rank, so
 * that one that is free, as for most pairs, is found in four bytes.
 */
final class MergeTable {
  static final int NONE = Integer.MAX_VALUE;
  private static final int FREE = -1;

  private final int[] slots;
  private final long[] pairs; // by rank, as what follows
  private final int[] merged;
  private final int shift;

  /** A table for {@code merges} merges. */
  MergeTable(int merges) {
    int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(Math.max(1, merges)));
    slots = new int[1 << bits];
    Arrays.fill(slots, FREE);
    pairs = new long[merges];
    merged = new int[merges];
    shift = 64 - bits;
  }

  /** Adds a merge; of two for the same pair the first one stays. */
  void put(int left, int right, int rank, int result) {
    long pair = (long) left << 32 | right;
    int slot = slot(pair);
    merged[rank] = result;
    pairs[rank] = pair;
    if (slots[slot] == FREE) {
      slots[slot] = rank;
    }
  }

  /** The rank of merging the two ids, {@link #NONE} if they do not merge or one is negative. */
  int rank(int left, int right) {
    if ((left | right) < 0) {
      return NONE;
    }
    int rank = slots[slot((long) left << 32 | right)];
    return rank == FREE ? NONE : rank;
  }

  /** The id that the merge of {@code rank} makes. */
  int merged(int rank) {
    return merged[rank];
  }

  private int slot(long pair) {
    int slot = (int) ((pair * 0x9E3779B97F4A7C15L) >>> shift);
    while (slots[slot] != FREE && pairs[slots[slot]] != pair) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }
}

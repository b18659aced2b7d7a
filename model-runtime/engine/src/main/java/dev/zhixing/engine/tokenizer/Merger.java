package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/**
 * Merges the ids of one chunk, lowest rank first and leftmost among equals. Short chunks take a
 * linear search a merge, long ones (a clause of Han, a line of dashes) a heap over a linked list,
 * so that no input takes quadratic time. Scratch space of one encoding, for one thread.
 */
final class Merger {
  private static final int SHORT = 48;

  private final MergeTable merges;
  private int[] ids = new int[SHORT];
  private int[] ranks = new int[SHORT];
  private int[] next = new int[0];
  private int[] previous = new int[0];
  private long[] heap = new long[0];
  private int heapSize;

  Merger(MergeTable merges) {
    this.merges = merges;
  }

  /** Room for the {@code n} ids of a chunk, to be filled before {@link #merge}. */
  int[] ids(int n) {
    if (ids.length < n) {
      ids = new int[Math.max(n, ids.length * 2)];
    }
    return ids;
  }

  /** Merges the first {@code n} of {@link #ids}; returns how many are left at its start. */
  int merge(int n) {
    if (n < 2) {
      return n;
    }
    return n <= SHORT ? mergeShort(n) : mergeLong(n);
  }

  int mergeShort(int n) {
    if (ranks.length < n) {
      ranks = new int[ids.length];
    }
    for (int i = 0; i + 1 < n; i++) {
      ranks[i] = merges.rank(ids[i], ids[i + 1]);
    }
    while (n > 1) {
      int best = 0;
      for (int i = 1; i + 1 < n; i++) {
        if (ranks[i] < ranks[best]) {
          best = i;
        }
      }
      if (ranks[best] == MergeTable.NONE) {
        break;
      }
      ids[best] = merges.merged(ranks[best]);
      int tail = n - best - 2;
      System.arraycopy(ids, best + 2, ids, best + 1, tail);
      System.arraycopy(ranks, Math.min(best + 2, n - 1), ranks, best + 1, Math.max(0, tail - 1));
      n--;
      if (best > 0) {
        ranks[best - 1] = merges.rank(ids[best - 1], ids[best]);
      }
      if (best + 1 < n) {
        ranks[best] = merges.rank(ids[best], ids[best + 1]);
      }
    }
    return n;
  }

  int mergeLong(int n) {
    prepare(n);
    for (int i = 0; i < n; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
      ranks[i] = MergeTable.NONE;
    }
    for (int i = 0; i + 1 < n; i++) {
      offer(i, i + 1);
    }
    while (heapSize > 0) {
      long top = poll();
      int at = (int) top;
      int rank = (int) (top >>> 32);
      if (ranks[at] != rank) {
        continue; // one of the pair has merged with another since
      }
      int right = next[at];
      ids[at] = merges.merged(rank);
      ranks[right] = MergeTable.NONE;
      next[at] = next[right];
      if (next[at] < n) {
        previous[next[at]] = at;
      }
      offer(at, next[at] < n ? next[at] : -1);
      if (previous[at] >= 0) {
        offer(previous[at], at);
      }
    }
    int kept = 0;
    for (int i = 0; i < n; i = next[i]) {
      ids[kept++] = ids[i];
    }
    return kept;
  }

  private void prepare(int n) {
    if (next.length < n) {
      ranks = new int[ids.length];
      next = new int[ids.length];
      previous = new int[ids.length];
    }
    heap = heap.length < n ? new long[n] : heap;
    heapSize = 0;
  }

  private void offer(int left, int right) {
    int rank = right < 0 ? MergeTable.NONE : merges.rank(ids[left], ids[right]);
    ranks[left] = rank;
    if (rank == MergeTable.NONE) {
      return;
    }
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, heap.length * 2);
    }
    long value = (long) rank << 32 | left;
    int i = heapSize++;
    while (i > 0 && heap[(i - 1) / 2] > value) {
      heap[i] = heap[(i - 1) / 2];
      i = (i - 1) / 2;
    }
    heap[i] = value;
  }

  private long poll() {
    long top = heap[0];
    long value = heap[--heapSize];
    int i = 0;
    while (2 * i + 1 < heapSize) {
      int child = 2 * i + 1;
      if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= value) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = value;
    return top;
  }
}

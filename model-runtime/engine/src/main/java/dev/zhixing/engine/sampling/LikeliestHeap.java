package dev.zhixing.engine.sampling;

import java.util.Arrays;

/**
 * Finds the few greatest of many logits in one pass, which mostly only compares: a heap whose root
 * is the least of those found so far. An entry is a number that is greater for a greater logit, and
 * for a lower id among equal ones.
 */
final class LikeliestHeap {
  /** From how many on {@link PrefixSelection} is quicker. */
  static final int MOST = 512;

  private final long[] heap;
  private int size;

  private LikeliestHeap(int most) {
    heap = new long[most];
  }

  /**
   * Finds the greatest finite logits and writes them in the order of their ids.
   *
   * @param most how many at most, 1 or more
   * @return how many there are
   */
  static int select(float[] all, int most, int[] ids, float[] logits) {
    LikeliestHeap found = new LikeliestHeap(most);
    float least = Float.NEGATIVE_INFINITY; // what a logit must exceed
    for (int i = 0; i < all.length; i++) {
      float logit = all[i];
      if (logit > least && logit <= Float.MAX_VALUE) {
        least = found.offer(logit, i);
      }
    }
    return found.write(ids, logits);
  }

  private float offer(float logit, int id) {
    int bits = Float.floatToIntBits(logit + 0f); // 0 and -0 are equal
    long entry = (long) (bits ^ (bits >> 31 & 0x7fffffff)) << 32 | (~id & 0xffffffffL);
    if (size < heap.length) {
      up(entry);
    } else {
      down(entry);
    }
    return size < heap.length ? Float.NEGATIVE_INFINITY : logit(heap[0]);
  }

  private void up(long entry) {
    int at = size++;
    while (at > 0 && heap[(at - 1) / 2] > entry) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = entry;
  }

  private void down(long entry) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= entry) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = entry;
  }

  private int write(int[] ids, float[] logits) {
    for (int i = 0; i < size; i++) {
      heap[i] = (long) ~(int) heap[i] << 32 | heap[i] >>> 32; // id first
    }
    Arrays.sort(heap, 0, size);
    for (int i = 0; i < size; i++) {
      ids[i] = (int) (heap[i] >>> 32);
      logits[i] = logit(heap[i] << 32);
    }
    return size;
  }

  private static float logit(long entry) {
    int ordered = (int) (entry >> 32);
    return Float.intBitsToFloat(ordered ^ (ordered >> 31 & 0x7fffffff));
  }
}

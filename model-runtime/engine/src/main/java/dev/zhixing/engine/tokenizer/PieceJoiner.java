package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/**
 * Joins the characters of a text to pieces, the least rank first and leftmost among equals: a heap
 * over a linked list, so that no text takes quadratic time. Scratch space of one encoding.
 */
final class PieceJoiner {
  private static final int NEVER = PieceRanks.NEVER;

  private final SentencePieceTokenizer tokenizer;
  private byte[] text = new byte[0];
  private int[] starts = new int[64]; // one more than symbols: the last is the end
  private int[] ids = new int[64]; // of each symbol, -1 if it is no piece
  private int[] joined = new int[64]; // id of the symbol joined with the next
  private int[] ranks = new int[64]; // of that join
  private int[] next = new int[64];
  private int[] previous = new int[64];
  private long[] heap = new long[64];
  private int heapSize;

  PieceJoiner(SentencePieceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The id of the i-th piece, or -1 for a character that is none. */
  int id(int i) {
    return ids[i];
  }

  /** Where the i-th piece starts. */
  int start(int i) {
    return starts[i];
  }

  /** Joins {@code bytes[from, to)}; returns the number of pieces. */
  int join(byte[] bytes, int from, int to) {
    text = bytes;
    int n = symbols(from, to);
    if (n < 2) {
      ids[0] = tokenizer.piece(text, from, to);
      return n;
    }
    heapSize = 0;
    for (int i = 0; i < n; i++) {
      ids[i] = tokenizer.piece(text, starts[i], starts[i + 1]);
      next[i] = i + 1;
      previous[i] = i - 1;
    }
    for (int i = 0; i < n; i++) {
      offer(i, n);
    }
    while (heapSize > 0) {
      long top = poll();
      int left = (int) top;
      if (ranks[left] == (int) (top >>> 32)) { // else one of the two has joined another since
        joinNext(left, n);
      }
    }
    return compact(n);
  }

  private void joinNext(int left, int n) {
    int right = next[left];
    ids[left] = joined[left];
    ranks[right] = NEVER;
    next[left] = next[right];
    if (next[left] < n) {
      previous[next[left]] = left;
    }
    offer(left, n);
    if (previous[left] >= 0) {
      offer(previous[left], n);
    }
  }

  private int compact(int n) {
    int kept = 0;
    for (int i = 0; i < n; i = next[i]) {
      ids[kept] = ids[i];
      starts[kept++] = starts[i];
    }
    return kept;
  }

  private int symbols(int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      if ((text[i] & 0xc0) == 0x80) {
        continue; // not the first byte of a character
      }
      if (n + 1 >= starts.length) {
        grow();
      }
      starts[n++] = i;
    }
    starts[n] = to;
    return n;
  }

  private void grow() {
    int size = starts.length * 2;
    starts = Arrays.copyOf(starts, size);
    ids = new int[size];
    joined = new int[size];
    ranks = new int[size];
    next = new int[size];
    previous = new int[size];
  }

  private void offer(int left, int n) {
    ranks[left] = NEVER;
    int right = next[left];
    if (right >= n) {
      return;
    }
    int id = tokenizer.piece(text, starts[left], starts[next[right]]);
    int rank = id < 0 ? NEVER : tokenizer.rank(id);
    if (rank == NEVER) {
      return;
    }
    ranks[left] = rank;
    joined[left] = id;
    push((long) rank << 32 | left);
  }

  private void push(long value) {
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, heap.length * 2);
    }
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

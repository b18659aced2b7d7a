package dev.zhixing.chat;

import java.util.Arrays;

/** A growing list of token ids. One thread. */
final class TokenBuffer {

  private int[] ids = new int[64];
  private int size;

  TokenBuffer add(int... more) {
    if (size + more.length > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(ids.length * 2, size + more.length));
    }
    System.arraycopy(more, 0, ids, size, more.length);
    size += more.length;
    return this;
  }

  int size() {
    return size;
  }

  /** The latest id; there must be one. */
  int last() {
    return ids[size - 1];
  }

  int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}

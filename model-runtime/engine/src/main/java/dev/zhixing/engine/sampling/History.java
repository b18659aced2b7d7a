package dev.zhixing.engine.sampling;

import java.util.Arrays;

/** The tokens of a text so far. */
final class History {
  private int[] ids;
  private int size;

  History() {
    ids = new int[64];
  }

  private History(History other) {
    ids = Arrays.copyOf(other.ids, other.ids.length);
    size = other.size;
  }

  History copy() {
    return new History(this);
  }

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return ids[index];
  }

  /** A token counted from the end, 0 for the last one. */
  int fromEnd(int index) {
    return ids[size - 1 - index];
  }
}

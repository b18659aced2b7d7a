package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/** The ids of an encoding under way. For one thread. */
final class IdList {
  private int[] ids = new int[64];
  private int size;

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = id;
  }

  int size() {
    return size;
  }

  /** Forgets all but the first {@code kept}. */
  void cut(int kept) {
    size = kept;
  }

  int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}

package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/**
 * From a byte string to its id: open addressing, keys compared where they lie. Filled by one
 * thread, then immutable.
 */
final class ByteStrings {
  private final PackedStrings keys;
  private final int[] slots;

  /** An index of {@code keys}, none of which is found yet. */
  ByteStrings(PackedStrings keys) {
    this.keys = keys;
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(8, keys.size()));
    slots = new int[1 << bits];
    Arrays.fill(slots, -1);
  }

  /** Lets a key be found; of two equal ones the first stays. */
  void put(int id) {
    int slot = slot(keys.bytes(), keys.start(id), keys.end(id));
    if (slots[slot] < 0) {
      slots[slot] = id;
    }
  }

  /** The id of the first {@code n} bytes of {@code key}, or -1. */
  int id(byte[] key, int n) {
    return slots[slot(key, 0, n)];
  }

  /** The id of the bytes {@code [from, to)} of {@code key}, or -1. */
  int id(byte[] key, int from, int to) {
    return slots[slot(key, from, to)];
  }

  private int slot(byte[] key, int from, int to) {
    int hash = 0x811c9dc5;
    for (int i = from; i < to; i++) {
      hash = (hash ^ key[i]) * 0x01000193;
    }
    int slot = (hash ^ hash >>> 15) & slots.length - 1;
    while (slots[slot] >= 0 && !equal(slots[slot], key, from, to)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private boolean equal(int id, byte[] key, int from, int to) {
    return keys.length(id) == to - from
        && Arrays.equals(keys.bytes(), keys.start(id), keys.end(id), key, from, to);
  }
}

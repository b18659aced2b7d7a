package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/** From a byte string to its id: open addressing, keys compared where they lie. Immutable. */
final class ByteStrings {
  private final byte[][] keys;
  private final int[] slots;

  /**
   * The ids of {@code keys}; those left out are not found. Of two equal keys the first id counts.
   */
  ByteStrings(byte[][] keys, boolean[] leftOut) {
    this.keys = keys;
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(8, keys.length));
    slots = new int[1 << bits];
    Arrays.fill(slots, -1);
    for (int id = 0; id < keys.length; id++) {
      if (!leftOut[id]) {
        int slot = slot(keys[id], 0, keys[id].length);
        if (slots[slot] < 0) {
          slots[slot] = id;
        }
      }
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
    while (slots[slot] >= 0
        && !Arrays.equals(keys[slots[slot]], 0, keys[slots[slot]].length, key, from, to)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }
}

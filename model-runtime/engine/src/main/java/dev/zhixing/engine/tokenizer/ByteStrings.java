package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/** From a byte string to its id: open addressing, keys compared where they lie. Immutable. */
final class ByteStrings {
  private final byte[][] keys;
  private final int[] slots;

  /** The ids of {@code keys}; a null key is left out. Of two equal keys the first id counts. */
  ByteStrings(byte[][] keys, boolean[] leftOut) {
    this.keys = keys;
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(8, keys.length));
    slots = new int[1 << bits];
    Arrays.fill(slots, -1);
    for (int id = 0; id < keys.length; id++) {
      if (!leftOut[id]) {
        int slot = slot(keys[id], keys[id].length);
        if (slots[slot] < 0) {
          slots[slot] = id;
        }
      }
    }
  }

  /** The id of the first {@code n} bytes of {@code key}, or -1. */
  int id(byte[] key, int n) {
    return slots[slot(key, n)];
  }

  private int slot(byte[] key, int n) {
    int hash = 0x811c9dc5;
    for (int i = 0; i < n; i++) {
      hash = (hash ^ key[i]) * 0x01000193;
    }
    int slot = (hash ^ hash >>> 15) & slots.length - 1;
    while (slots[slot] >= 0
        && !Arrays.equals(keys[slots[slot]], 0, keys[slots[slot]].length, key, 0, n)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }
}

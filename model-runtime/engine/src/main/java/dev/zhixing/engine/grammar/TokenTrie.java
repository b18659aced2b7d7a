package dev.zhixing.engine.grammar;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * The bytes of a vocabulary's ordinary tokens as a tree, flattened in preorder: a branch that the
 * grammar does not allow is skipped as a whole. Immutable, safe for all threads.
 */
final class TokenTrie {
  private final int vocabulary;
  private final int longest;
  private final byte[] values;
  private final int[] depths;
  private final int[] ends; // first entry behind the branch
  private final int[] tokens; // token that ends at the entry, or -1
  private final int[] twins; // per token: another one of the same bytes, or -1

  TokenTrie(Tokenizer tokenizer) {
    vocabulary = tokenizer.size();
    int[] ids = sortedOrdinary(tokenizer);
    int room = 0;
    int most = 0;
    for (int id : ids) {
      room += tokenizer.bytes(id).length;
      most = Math.max(most, tokenizer.bytes(id).length);
    }
    longest = most;
    byte[] allValues = new byte[room];
    int[] allDepths = new int[room];
    int[] allTokens = new int[room];
    twins = new int[vocabulary];
    Arrays.fill(twins, -1);
    int n = 0;
    byte[] before = new byte[0];
    for (int id : ids) {
      byte[] bytes = tokenizer.bytes(id);
      int shared = Arrays.mismatch(before, bytes);
      if (shared < 0) {
        twins[id] = allTokens[n - 1];
        allTokens[n - 1] = id;
        continue;
      }
      for (int depth = shared; depth < bytes.length; depth++) {
        allValues[n] = bytes[depth];
        allDepths[n] = depth;
        allTokens[n++] = depth == bytes.length - 1 ? id : -1;
      }
      before = bytes;
    }
    values = Arrays.copyOf(allValues, n);
    depths = Arrays.copyOf(allDepths, n);
    tokens = Arrays.copyOf(allTokens, n);
    ends = ends(depths, longest);
  }

  /** The ordinary tokens by their bytes; compared as packed prefixes first, as that is fast. */
  private static int[] sortedOrdinary(Tokenizer tokenizer) {
    long[] keys = new long[tokenizer.size()];
    int n = 0;
    for (int id = 0; id < keys.length; id++) {
      if (!tokenizer.isSpecial(id) && tokenizer.bytes(id).length > 0) {
        keys[n++] = key(tokenizer.bytes(id), id);
      }
    }
    Arrays.sort(keys, 0, n);
    int[] ids = new int[n];
    for (int i = 0; i < n; i++) {
      int id = (int) (keys[i] & 0xff_ffff);
      int at = i; // insertion among the few with the same prefix
      while (at > 0
          && keys[at - 1] >> 24 == keys[i] >> 24
          && Arrays.compareUnsigned(tokenizer.bytes(ids[at - 1]), tokenizer.bytes(id)) > 0) {
        ids[at] = ids[at - 1];
        at--;
      }
      ids[at] = id;
    }
    return ids;
  }

  /** The first five bytes, in an order that is signed like the sort's, and the id. */
  private static long key(byte[] bytes, int id) {
    long prefix = 0;
    for (int i = 0; i < 5; i++) {
      prefix = prefix << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
    }
    return ((prefix << 24) ^ Long.MIN_VALUE) | id;
  }

  private static int[] ends(int[] depths, int longest) {
    int[] ends = new int[depths.length];
    int[] last = new int[longest + 1]; // per depth: the next entry at that depth or above
    Arrays.fill(last, depths.length);
    for (int i = depths.length - 1; i >= 0; i--) {
      ends[i] = last[depths[i]];
      for (int depth = depths[i]; depth <= longest; depth++) {
        last[depth] = i;
      }
    }
    return ends;
  }

  /** The length in bytes of the longest token. */
  int longest() {
    return longest;
  }

  /** The tokens whose bytes, or which as special ones, the grammar allows in {@code state}. */
  TokenSet allowed(State state) {
    long[] words = new long[(vocabulary + 63) / 64];
    for (int id : state.tokens()) {
      words[id >> 6] |= 1L << id;
    }
    State[] path = new State[longest + 1];
    path[0] = state;
    int i = 0;
    while (i < values.length) {
      int depth = depths[i];
      State next = path[depth].next(values[i] & 0xff);
      if (next.dead()) {
        i = ends[i];
        continue;
      }
      path[depth + 1] = next;
      for (int id = tokens[i]; id >= 0; id = twins[id]) {
        words[id >> 6] |= 1L << id;
      }
      i++;
    }
    return new TokenSet(words);
  }
}

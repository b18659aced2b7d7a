package dev.zhixing.engine.grammar;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a vocabulary's ordinary tokens as a tree, flattened in preorder: a branch that the
 * grammar does not allow is skipped as a whole. Immutable, safe for all threads.
 */
final class TokenTrie {
  /** Steps of heads into new states that one search may take; 50 times what tool sets need. */
  private static final int MOST_STEPS = 2_000_000;

  private final int vocabulary;
  private final int longest;
  private final byte[] values;
  private final int[] depths;
  private final int[] ends; // first entry behind the branch
  private final int[] tokens; // token that ends at the entry, or -1
  private final int[] lengths; // per token: its bytes, 0 for special ones
  private final int[] twins; // per token: another one of the same bytes, or -1

  TokenTrie(Tokenizer tokenizer) {
    vocabulary = tokenizer.size();
    int[] ids = TokenOrder.of(tokenizer);
    int room = 0;
    int most = 0;
    lengths = new int[vocabulary];
    for (int id : ids) {
      lengths[id] = tokenizer.bytes(id).length;
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
    ends = ends(depths);
  }

  private static int[] ends(int[] depths) {
    int[] ends = new int[depths.length];
    for (int i = depths.length - 1; i >= 0; i--) {
      int end = i + 1;
      while (end < depths.length && depths[end] > depths[i]) {
        end = ends[end];
      }
      ends[i] = end;
    }
    return ends;
  }

  /** The length in bytes of the longest token. */
  int longest() {
    return longest;
  }

  /** Tokens that spell {@code bytes}, each as long as it can be; null where one is lacking. */
  int @Nullable [] spell(byte[] bytes) {
    int[] ids = new int[bytes.length];
    int n = 0;
    int at = 0;
    while (at < bytes.length) {
      int id = longestAt(bytes, at);
      if (id < 0) {
        return null;
      }
      ids[n++] = id;
      at += lengths[id];
    }
    return Arrays.copyOf(ids, n);
  }

  private int longestAt(byte[] bytes, int from) {
    int longestId = -1;
    int entry = 0;
    int end = values.length;
    for (int at = from; at < bytes.length; at++) {
      while (entry < end && values[entry] != bytes[at]) {
        entry = ends[entry];
      }
      if (entry >= end) {
        break;
      }
      longestId = tokens[entry] >= 0 ? tokens[entry] : longestId;
      end = ends[entry];
      entry++;
    }
    return longestId;
  }

  /**
   * The tokens whose bytes, or which as special ones, the grammar allows in {@code state}.
   *
   * @throws IllegalStateException if the grammar is so ambiguous that the search does not end soon
   */
  TokenSet allowed(State state) {
    long[] words = new long[(vocabulary + 63) / 64];
    for (int id : state.tokens()) {
      words[id >> 6] |= 1L << id;
    }
    State[] path = new State[longest + 1];
    path[0] = state;
    int steps = 0;
    int i = 0;
    while (i < values.length) {
      int depth = depths[i];
      State next = path[depth].known(values[i] & 0xff);
      if (next == null) {
        steps += path[depth].width();
        if (steps > MOST_STEPS) {
          throw Closure.tooAmbiguous(steps + " steps to find the next tokens");
        }
        next = path[depth].next(values[i] & 0xff);
      }
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

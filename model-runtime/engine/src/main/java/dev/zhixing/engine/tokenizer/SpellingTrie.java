package dev.zhixing.engine.tokenizer;

import java.util.Arrays;

/**
 * Finds the longest of many spellings that begins at a place of a text, in time of its length
 * however many there are. A tree of characters whose edges lie in one open-addressed table. Several
 * trees may share it, each from a root of its own. To be filled by one thread, then immutable.
 */
final class SpellingTrie {
  /** What {@link #longest} returns where no spelling begins. */
  static final long NONE = -1;

  private static final int ABSENT = -1;

  /** Some times more than any vocabulary needs: each takes some 40 bytes. */
  private static final int MOST_NODES = 1 << 21;

  private long[] edges = new long[64]; // (node << 16 | character) + 1, 0 where free
  private int[] targets = new int[64];
  private int[] ids = new int[32];
  private int nodes;
  private int taken;

  /** A new, empty tree. */
  int newRoot() {
    if (nodes == MOST_NODES) {
      throw new IllegalArgumentException(
          "tokenizer.ggml.tokens: expected at most %d characters in tokens that are looked for by their spelling, found more"
              .formatted(MOST_NODES));
    }
    if (nodes == ids.length) {
      ids = Arrays.copyOf(ids, nodes * 2);
    }
    ids[nodes] = ABSENT;
    return nodes++;
  }

  /** Adds a spelling that is not empty; of two equal ones the first stays. */
  void put(int root, String spelling, int from, int id) {
    int node = root;
    for (int i = from; i < spelling.length(); i++) {
      node = childOrNew(node, spelling.charAt(i));
    }
    if (ids[node] == ABSENT) {
      ids[node] = id;
    }
  }

  /**
   * The longest spelling of {@code root}'s tree that begins at {@code i} and ends by {@code end}:
   * its id times 2^32 plus the index after it, or {@link #NONE}.
   */
  long longest(int root, CharSequence text, int i, int end) {
    int node = root;
    long best = NONE;
    while (i < end) {
      node = child(node, text.charAt(i));
      if (node < 0) {
        break;
      }
      i++;
      if (ids[node] != ABSENT) {
        best = (long) ids[node] << 32 | i;
      }
    }
    return best;
  }

  private int child(int node, char c) {
    int slot = slot(((long) node << 16 | c) + 1);
    return edges[slot] == 0 ? ABSENT : targets[slot];
  }

  private int childOrNew(int node, char c) {
    long edge = ((long) node << 16 | c) + 1;
    int slot = slot(edge);
    if (edges[slot] != 0) {
      return targets[slot];
    }
    if (2 * ++taken > edges.length) {
      grow();
      slot = slot(edge);
    }
    edges[slot] = edge;
    int added = newRoot();
    targets[slot] = added;
    return added;
  }

  private void grow() {
    long[] oldEdges = edges;
    int[] oldTargets = targets;
    edges = new long[oldEdges.length * 2];
    targets = new int[edges.length];
    for (int i = 0; i < oldEdges.length; i++) {
      if (oldEdges[i] != 0) {
        int slot = slot(oldEdges[i]);
        edges[slot] = oldEdges[i];
        targets[slot] = oldTargets[i];
      }
    }
  }

  private int slot(long edge) {
    int slot = (int) ((edge * 0x9E3779B97F4A7C15L) >>> 32) & edges.length - 1;
    while (edges[slot] != 0 && edges[slot] != edge) {
      slot = slot + 1 & edges.length - 1;
    }
    return slot;
  }
}

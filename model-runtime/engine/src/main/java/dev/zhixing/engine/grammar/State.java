package dev.zhixing.engine.grammar;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A state of the automaton that a grammar becomes: all heads that what was written so far leads to.
 * Transitions and masks are found when they are first asked for. Safe for all threads: what is
 * filled in later is written at most to the same effect by several, and is immutable itself.
 */
final class State {
  private final Automaton automaton;
  private final Frame[] heads;
  private final boolean complete;
  private @Nullable State @Nullable [] next;
  private @Nullable TokenSet allowed;
  private ShortestEnd.@Nullable Way way;
  private int forcedPlusTwo; // 0: not known yet, which is what a racing thread may see

  State(Automaton automaton, Set<Frame> heads, boolean complete) {
    this.automaton = automaton;
    this.heads = heads.toArray(new Frame[0]);
    this.complete = complete;
  }

  /** Whether the text may end here. */
  boolean complete() {
    return complete;
  }

  /** Whether nothing can be written here. */
  boolean stuck() {
    return heads.length == 0;
  }

  boolean dead() {
    return heads.length == 0 && !complete;
  }

  /** The tokens that spell {@code bytes}, as few as a greedy search finds; null if none do. */
  int @Nullable [] spell(byte[] bytes) {
    return automaton.vocabulary().trie().spell(bytes);
  }

  /** How many parts are still open, in the reading with the fewest. */
  int height() {
    int least = Integer.MAX_VALUE;
    for (Frame head : heads) {
      int open = 0;
      for (Frame at = head; at != null; at = at.rest) {
        open++;
      }
      least = Math.min(least, open);
    }
    return least;
  }

  /** How many heads there are. */
  int width() {
    return heads.length;
  }

  /** The state after one more byte if it was asked for before, else null. */
  @Nullable State known(int value) {
    @Nullable State @Nullable [] table = next;
    return table == null ? null : table[value];
  }

  /** The state after one more byte. */
  State next(int value) {
    @Nullable State @Nullable [] table = next;
    if (table == null) {
      table = new @Nullable State[256];
      next = table;
    }
    State known = table[value];
    if (known == null) {
      Closure closure = new Closure();
      step(value, closure);
      known = automaton.state(closure);
      table[value] = known;
    }
    return known;
  }

  private void step(int value, Closure closure) {
    for (Frame head : heads) {
      if (head.node.token() < 0) {
        head.node.step(value, head.rest, closure);
      }
    }
  }

  /** The state after a special token. */
  State nextToken(int id) {
    Closure closure = new Closure();
    for (Frame head : heads) {
      if (head.node.token() == id) {
        closure.resume(head.rest);
      }
    }
    return automaton.state(closure);
  }

  /** The state with counters bounded, which allows the same tokens. */
  State clamped(int most) {
    Closure closure = new Closure();
    for (Frame head : heads) {
      closure.add(head.node.clamp(most), Frame.clamp(head.rest, most));
    }
    if (complete) {
      closure.resume(null);
    }
    return automaton.state(closure);
  }

  /** The special tokens that may come next. */
  int[] tokens() {
    int[] ids = new int[heads.length];
    int n = 0;
    for (Frame head : heads) {
      int id = head.node.token();
      if (id >= 0) {
        ids[n++] = id;
      }
    }
    return Arrays.copyOf(ids, n);
  }

  /** The only byte that can come next, or -1 if there is a choice, a special token or an end. */
  int forced() {
    int known = forcedPlusTwo;
    if (known == 0) {
      known = findForced() + 2;
      forcedPlusTwo = known;
    }
    return known - 2;
  }

  private int findForced() {
    if (complete || tokens().length > 0) {
      return -1;
    }
    int only = -1;
    Closure probe = new Closure();
    for (int value = 0; value < 256; value++) {
      step(value, probe);
      if (!probe.isDead()) {
        if (only >= 0) {
          return -1;
        }
        only = value;
        probe = new Closure();
      }
    }
    return only;
  }

  /** How to come to an end soon, if it was asked for before. */
  ShortestEnd.@Nullable Way knownWay() {
    return way;
  }

  /**
   * Keeps what was found, unless another search was faster: two ways together could be a circle.
   */
  void keepWay(ShortestEnd.Way found) {
    way = way == null ? found : way;
  }

  /** Lets no other search of this grammar keep ways meanwhile. */
  void keepWays(Runnable keeping) {
    synchronized (automaton) {
      keeping.run();
    }
  }

  /** How to come to an end soon. */
  ShortestEnd.Way way() {
    ShortestEnd.Way known = way;
    if (known == null) {
      known = ShortestEnd.of(this);
      keepWay(known);
    }
    return known;
  }

  /** The tokens that may come next. */
  TokenSet allowed() {
    TokenSet known = allowed;
    if (known == null) {
      known = automaton.allowed(this);
      allowed = known;
    }
    return known;
  }
}

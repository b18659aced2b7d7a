package dev.zhixing.engine.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the heads from which the next byte or token may be taken. What follows a finished part
 * is kept for later instead of being entered at once, so that deep stacks need no deep calls, and
 * is entered once however many ways lead to it. For one thread.
 */
final class Closure {
  private static final int MOST_HEADS = 2_000;
  private static final int MOST_RESUMED = 100_000;

  private final Set<Frame> heads = new LinkedHashSet<>(8);
  private final Set<Frame> resumed = new HashSet<>(8);
  private final ArrayList<Frame> waiting = new ArrayList<>(0);
  private boolean complete;

  /** A node that takes a byte or a token itself. */
  void add(Node head, @Nullable Frame rest) {
    heads.add(new Frame(head, rest));
    if (heads.size() > MOST_HEADS) {
      throw tooAmbiguous("more than " + MOST_HEADS);
    }
  }

  /** Goes on with what follows. */
  void resume(@Nullable Frame rest) {
    if (rest == null) {
      complete = true;
    } else if (resumed.add(rest)) { // else: a repetition of nothing, or another way to the same
      waiting.add(rest);
      if (resumed.size() > MOST_RESUMED) {
        throw tooAmbiguous("more than " + MOST_RESUMED);
      }
    }
  }

  /** The heads, once all that follows was entered. */
  Set<Frame> heads() {
    while (!waiting.isEmpty()) {
      Frame next = waiting.removeLast();
      next.node.enter(next.rest, this);
    }
    return heads;
  }

  /** Whether the text may end; known after {@link #heads}. */
  boolean complete() {
    return complete;
  }

  /** Whether nothing can come and the text may not end; then the closure is as a new one. */
  boolean isDead() {
    boolean dead = heads().isEmpty() && !complete;
    if (dead) {
      resumed.clear();
    }
    return dead;
  }

  static IllegalStateException tooAmbiguous(String found) {
    return new IllegalStateException(
        "grammar: expected a few ways in which what was written can be read, found "
            + found
            + "; make rules that begin alike into one rule with choices inside");
  }
}

package dev.zhixing.engine.grammar;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the heads from which the next byte or token may be taken. For one thread. */
final class Closure {
  private final Set<Frame> heads = new LinkedHashSet<>();
  private final Set<Frame> resumed = new HashSet<>();
  private boolean complete;

  /** A node that takes a byte or a token itself. */
  void add(Node head, @Nullable Frame rest) {
    heads.add(new Frame(head, rest));
  }

  /** Goes on with what follows. */
  void resume(@Nullable Frame rest) {
    if (rest == null) {
      complete = true;
    } else if (resumed.add(rest)) { // else: a repetition of nothing
      rest.node.enter(rest.rest, this);
    }
  }

  Set<Frame> heads() {
    return heads;
  }

  boolean complete() {
    return complete;
  }
}

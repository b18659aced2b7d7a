package dev.zhixing.engine.grammar;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stack of nodes as an immutable list: this node first, then the rest; null is the end. */
final class Frame {
  final Node node;
  final @Nullable Frame rest;
  private final int hash;

  Frame(Node node, @Nullable Frame rest) {
    this.node = node;
    this.rest = rest;
    this.hash = node.hashCode() * 31 + (rest == null ? 0 : rest.hash * 17);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Frame that)) {
      return false;
    }
    Frame a = this;
    Frame b = that;
    while (a != b) {
      if (a.hash != b.hash || !a.node.equals(b.node)) {
        return false;
      }
      Frame nextA = a.rest;
      Frame nextB = b.rest;
      if (nextA == null || nextB == null) {
        return nextA == nextB;
      }
      a = nextA;
      b = nextB;
    }
    return true;
  }

  /** The stack with all counters bounded by {@code most}; this one if nothing changes. */
  @SuppressWarnings("ReferenceEquality") // identity says that nothing changed
  static @Nullable Frame clamp(@Nullable Frame frame, int most) {
    List<Frame> frames = new ArrayList<>();
    for (Frame at = frame; at != null; at = at.rest) {
      frames.add(at);
    }
    Frame clamped = null;
    for (Frame at : frames.reversed()) {
      Node node = at.node.clamp(most);
      clamped = node == at.node && clamped == at.rest ? at : new Frame(node, clamped);
    }
    return clamped;
  }
}

package dev.zhixing.engine.grammar;

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
    if (frame == null) {
      return null;
    }
    Node node = frame.node.clamp(most);
    Frame rest = clamp(frame.rest, most);
    return node == frame.node && rest == frame.rest ? frame : new Frame(node, rest);
  }
}

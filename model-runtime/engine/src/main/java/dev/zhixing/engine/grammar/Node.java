package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/**
 * A part of a compiled grammar that is yet to be written. Immutable; two nodes that are equal
 * accept the same continuations.
 */
interface Node {
  /** Adds to {@code out} all that can come when this is next and {@code rest} follows it. */
  void enter(@Nullable Frame rest, Closure out);

  /** Takes one byte; only called on what {@link #enter} put at the head of a frame. */
  default void step(int value, @Nullable Frame rest, Closure out) {
    throw new IllegalStateException("no byte can be written at " + this);
  }

  /** The id of the special token that this head waits for, or -1. */
  default int token() {
    return -1;
  }

  /** The same with counters bounded by {@code most}, so that far ends look alike. */
  default Node clamp(int most) {
    return this;
  }

  /** First one, then the other. */
  record Sequence(Node first, Node then) implements Node {
    @Override
    public void enter(@Nullable Frame rest, Closure out) {
      first.enter(new Frame(then, rest), out);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Nothing. */
  record Empty() implements Node {
    @Override
    public void enter(@Nullable Frame rest, Closure out) {
      out.resume(rest);
    }
  }

  /** A special token. */
  record Token(int id) implements Node {
    @Override
    public void enter(@Nullable Frame rest, Closure out) {
      out.add(this, rest);
    }

    @Override
    public int token() {
      return id;
    }
  }
}

package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/**
 * The items of an array from the first or a later one on, and its closing bracket.
 *
 * @param first an item
 * @param later a comma and an item
 * @param begun whether an item was written
 */
record ArrayBody(Node first, Node later, Node close, Bounds left, boolean begun) implements Node {
  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    if (left.mayEnd()) {
      close.enter(rest, out);
    }
    if (left.mayGoOn()) {
      Node next = begun ? later : first;
      next.enter(new Frame(new ArrayBody(first, later, close, left.less(), true), rest), out);
    }
  }

  @Override
  public Node clamp(int most) {
    Bounds near = left.clamp(most);
    return near.equals(left) ? this : new ArrayBody(first, later, close, near, begun);
  }
}

package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/** A node again and again. */
record Repeat(Node item, Bounds left) implements Node {
  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    if (left.mayEnd()) {
      out.resume(rest);
    }
    if (left.mayGoOn()) {
      item.enter(new Frame(new Repeat(item, left.less()), rest), out);
    }
  }

  @Override
  public Node clamp(int most) {
    Bounds near = left.clamp(most);
    return near.equals(left) ? this : new Repeat(item, near);
  }
}

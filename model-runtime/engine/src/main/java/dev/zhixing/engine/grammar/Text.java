package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/** Free text, counted in code points. */
record Text(Bounds left) implements Node {
  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    if (left.mayEnd()) {
      out.resume(rest);
    }
    if (left.mayGoOn()) {
      out.add(this, rest);
    }
  }

  @Override
  public void step(int value, @Nullable Frame rest, Closure out) {
    Node then = new Text(left.less());
    if (value < 0x80) {
      then.enter(rest, out);
      return;
    }
    Utf8Tail tail = Utf8Tail.after(value);
    if (tail != null) {
      tail.enter(new Frame(then, rest), out);
    }
  }

  @Override
  public Node clamp(int most) {
    Bounds near = left.clamp(most);
    return near.equals(left) ? this : new Text(near);
  }
}

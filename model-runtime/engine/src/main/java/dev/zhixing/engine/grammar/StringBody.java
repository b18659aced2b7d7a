package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/** The characters of a JSON string, counted in code points, and its closing quote. */
record StringBody(Bounds left) implements Node {
  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    out.add(this, rest);
  }

  @Override
  public void step(int value, @Nullable Frame rest, Closure out) {
    if (value == '"') {
      if (left.mayEnd()) {
        out.resume(rest);
      }
      return;
    }
    if (value < 0x20 || !left.mayGoOn()) {
      return;
    }
    Node then = new StringBody(left.less());
    if (value == '\\') {
      Escape.BEGUN.enter(new Frame(then, rest), out);
    } else if (value < 0x80) {
      then.enter(rest, out);
    } else {
      Utf8Tail tail = Utf8Tail.after(value);
      if (tail != null) {
        tail.enter(new Frame(then, rest), out);
      }
    }
  }

  @Override
  public Node clamp(int most) {
    Bounds near = left.clamp(most);
    return near.equals(left) ? this : new StringBody(near);
  }
}

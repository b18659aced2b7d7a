package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/** A fixed string of bytes, or what is left of it. */
final class Bytes implements Node {
  private final int value;
  private final Node then;

  private Bytes(int value, Node then) {
    this.value = value;
    this.then = then;
  }

  static Node of(byte[] bytes) {
    Node node = new Empty();
    for (int i = bytes.length - 1; i >= 0; i--) {
      node = new Bytes(bytes[i] & 0xff, node);
    }
    return node;
  }

  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    out.add(this, rest);
  }

  @Override
  public void step(int next, @Nullable Frame rest, Closure out) {
    if (next == value) {
      then.enter(rest, out);
    }
  }
}

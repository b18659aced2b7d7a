package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/** A node by its name, known once all of them are compiled. */
final class Reference implements Node {
  private final String name;
  private @Nullable Node target;

  Reference(String name) {
    this.name = name;
  }

  void define(Node node) {
    target = node;
  }

  /** Left for later, so that many references to one thing are followed once. */
  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    Node node = target;
    if (node == null) {
      throw new IllegalStateException(name + ": expected that it is defined before it is used");
    }
    out.resume(new Frame(node, rest));
  }
}

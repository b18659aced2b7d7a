package dev.zhixing.engine.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of several nodes. */
final class Alternatives implements Node {
  private final List<Node> options;

  Alternatives(List<Node> options) {
    this.options = List.copyOf(options);
  }

  Alternatives(Node... options) {
    this(List.of(options));
  }

  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    for (Node option : options) {
      option.enter(rest, out);
    }
  }
}

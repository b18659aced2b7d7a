package dev.zhixing.engine.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items of an array that are all different, and its closing bracket.
 *
 * @param options what an item can be, at most 64
 * @param used a bit for each option that was written
 * @param left how many more items there must be and may be
 */
record DifferentItems(List<Node> options, Node comma, Node close, long used, Bounds left)
    implements Node {
  static final int MOST = 64;

  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    if (left.mayEnd()) {
      close.enter(rest, out);
    }
    for (int i = 0; left.mayGoOn() && i < options.size(); i++) {
      if (((used >>> i) & 1) == 0) {
        Node then = new DifferentItems(options, comma, close, used | (1L << i), left.less());
        Node item = options.get(i);
        if (used == 0) {
          item.enter(new Frame(then, rest), out);
        } else {
          comma.enter(new Frame(item, new Frame(then, rest)), out);
        }
      }
    }
  }
}

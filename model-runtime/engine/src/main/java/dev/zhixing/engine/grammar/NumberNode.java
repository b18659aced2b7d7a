package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/**
 * A state within a number: which digits or point may come next, and whether the number may end.
 * Built by {@link NumberRange}; not changed afterwards.
 */
final class NumberNode implements Node {
  static final int POINT = 10;
  static final int MINUS = 11;

  private final @Nullable NumberNode[] next = new @Nullable NumberNode[12];
  private final boolean end;
  private boolean goesOn;

  NumberNode(boolean end) {
    this.end = end;
  }

  void digit(int digit, @Nullable NumberNode then) {
    put(digit, then);
  }

  void point(@Nullable NumberNode then) {
    put(POINT, then);
  }

  void minus(@Nullable NumberNode then) {
    put(MINUS, then);
  }

  void put(int symbol, @Nullable NumberNode then) {
    next[symbol] = then;
    goesOn |= then != null;
  }

  /**
   * The state after a digit, or after {@link #POINT} or {@link #MINUS}; null if it may not come.
   */
  @Nullable NumberNode after(int symbol) {
    return next[symbol];
  }

  /** Whether the number may end here. */
  boolean end() {
    return end;
  }

  /** Whether any number can be written from here. */
  boolean alive() {
    return end || goesOn;
  }

  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    if (goesOn) {
      out.add(this, rest);
    }
    if (end) {
      out.resume(rest);
    }
  }

  @Override
  public void step(int value, @Nullable Frame rest, Closure out) {
    int symbol =
        value >= '0' && value <= '9'
            ? value - '0'
            : value == '.' ? POINT : value == '-' ? MINUS : -1;
    NumberNode then = symbol < 0 ? null : next[symbol];
    if (then != null) {
      then.enter(rest, out);
    }
  }
}

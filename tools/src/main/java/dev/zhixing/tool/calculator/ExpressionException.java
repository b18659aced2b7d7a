package dev.zhixing.tool.calculator;

/**
 * An expression that cannot be evaluated. The message is written for the model that wrote the
 * expression: what is wrong, at which position (from 1), and what would be right.
 */
public final class ExpressionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final int position;

  ExpressionException(String message, int position) {
    super(message + " (at position " + position + ")");
    this.position = position;
  }

  /** The place in the expression, counted from 1. */
  public int position() {
    return position;
  }
}

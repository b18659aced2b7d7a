package dev.zhixing.tool.calculator;

/** A piece of an expression; {@code at} is its position, counted from 1. */
record Token(Kind kind, String text, int at) {

  enum Kind {
    NUMBER,
    NAME,
    PLUS,
    MINUS,
    TIMES,
    DIVIDE,
    POWER,
    PERCENT,
    REMAINDER,
    OPEN,
    CLOSE,
    COMMA,
    END
  }

  /** Whether an operand can begin here. A sign does not count, see {@link Expression}. */
  boolean beginsOperand() {
    return kind == Kind.NUMBER || kind == Kind.NAME || kind == Kind.OPEN;
  }

  /** As shown in messages. */
  String shown() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}

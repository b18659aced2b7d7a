package dev.zhixing.chat.template;

/**
 * A piece of a template's source.
 *
 * @param kind what it is
 * @param text its text; a string's content, an operator's signs
 * @param line where it begins, from 1
 */
record Token(Kind kind, String text, int line) {
  enum Kind {
    DATA,
    OUTPUT_BEGIN,
    OUTPUT_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean is(Kind wanted, String spelling) {
    return kind == wanted && text.equals(spelling);
  }

  /** For errors. */
  String shown() {
    return kind == Kind.END ? "the end" : text.isEmpty() ? "nothing" : "'" + text + "'";
  }
}

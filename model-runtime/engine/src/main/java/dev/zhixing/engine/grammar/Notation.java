package dev.zhixing.engine.grammar;

/** How values that are neither strings nor numbers are spelt. */
enum Notation {
  JSON("true", "false", "null"),
  PYTHON("True", "False", "None");

  final String isTrue;
  final String isFalse;
  final String none;

  Notation(String isTrue, String isFalse, String none) {
    this.isTrue = isTrue;
    this.isFalse = isFalse;
    this.none = none;
  }
}

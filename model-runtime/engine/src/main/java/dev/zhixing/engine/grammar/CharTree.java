package dev.zhixing.engine.grammar;

import java.util.List;

/** A regular expression over code points, parsed. Immutable. */
sealed interface CharTree {
  /** One code point of a set. */
  record Chars(CodePoints set) implements CharTree {}

  /** One after the other; nothing where the list is empty. */
  record Sequence(List<CharTree> parts) implements CharTree {}

  /** One of several. */
  record Choice(List<CharTree> options) implements CharTree {}

  /** {@code min} to {@code max} times; {@link Bounds#ANY} means no bound. */
  record Repeat(CharTree part, int min, int max) implements CharTree {}

  /** Nothing, at the beginning of the text only. */
  record Begin() implements CharTree {}

  /** Nothing, at the end of the text only. */
  record End() implements CharTree {}

  /** Exactly this text. */
  static CharTree literal(String text) {
    return new Sequence(
        text.codePoints().<CharTree>mapToObj(c -> new Chars(CodePoints.of(c, c))).toList());
  }

  /** A text in which the tree matches somewhere, as patterns of JSON Schema do. */
  static CharTree somewhere(CharTree tree) {
    CharTree any = new Repeat(new Chars(CodePoints.ALL), 0, Bounds.ANY);
    return new Sequence(List.of(any, tree, any));
  }
}

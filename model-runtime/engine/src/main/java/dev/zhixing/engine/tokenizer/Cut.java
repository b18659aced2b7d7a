package dev.zhixing.engine.tokenizer;

/** A regular expression of a pre-tokenizer, written by hand. Stateless. */
@FunctionalInterface
interface Cut {
  /**
   * The end of the match that begins exactly at {@code i} in {@code text[start, end)}, or -1. An
   * expression that failed at {@code i - 1} within the same white space need not look again.
   */
  int match(String text, int start, int i, int end);
}

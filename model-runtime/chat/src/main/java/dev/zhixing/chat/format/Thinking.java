package dev.zhixing.chat.format;

import org.jspecify.annotations.Nullable;

/**
 * How a model parts what it thinks from what it says.
 *
 * @param open what begins a thinking section
 * @param close what ends it
 */
public record Thinking(String open, String close) {
  private static final Thinking[] KNOWN = {
    new Thinking("<think>", "</think>"), new Thinking("[THINK]", "[/THINK]")
  };

  /** The one that a template speaks of, or that the vocabulary has as special tokens. */
  static @Nullable Thinking of(String template, java.util.function.Predicate<String> isSpecial) {
    for (Thinking thinking : KNOWN) {
      if (template.contains(thinking.close()) || isSpecial.test(thinking.close())) {
        return thinking;
      }
    }
    return null;
  }
}

package dev.zhixing.chat.format;

import org.jspecify.annotations.Nullable;

/**
 * How a model writes its turns: calls, thinking sections, special tokens. Immutable, safe for all
 * threads.
 */
public interface TurnFormat {
  /** How calls are written. */
  CallShape shape();

  /** How thinking is parted from text; null where the model doesn't. */
  @Nullable Thinking thinking();

  /** The vocabulary's special tokens. */
  Spellings spellings();

  /** The tokens that end a turn. Do not modify. */
  int[] ends();

  /** The special tokens that calls and thinking sections are made of. Do not modify. */
  int[] markTokens();

  /** The special tokens that a turn can't have. Do not modify. */
  int[] structure();

  /** Whether the model says something before calls that it has to make. */
  boolean speaksBeforeCalls();
}
